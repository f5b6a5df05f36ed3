package org.stratumj.node;

import org.stratumj.bitcoin.Hash256;

/// The best block of a chain.
///
/// @param hash   its id
/// @param height its height, genesis is 0
public record ChainTip(Hash256 hash, int height) {}
