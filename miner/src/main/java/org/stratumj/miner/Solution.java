package org.stratumj.miner;

import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;

/// A header that meets the target of its work.
///
/// @param work       what was worked on
/// @param header     the whole header, with the version, time and nonce that were chosen
/// @param extranonce the extranonce behind the header's merkle root; empty where the work leaves no choice
/// @param hash       the header's hash
public record Solution(Work work, BlockHeader header, Extranonce extranonce, Hash256 hash) {}
