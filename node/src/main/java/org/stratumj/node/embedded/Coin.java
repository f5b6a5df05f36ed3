package org.stratumj.node.embedded;

import org.stratumj.bitcoin.TxOut;

/// An output that is not spent.
///
/// @param output   value and script
/// @param height   height of the block that created it
/// @param coinbase whether a coinbase created it, which may be spent only 100 blocks later
record Coin(TxOut output, int height, boolean coinbase) {}
