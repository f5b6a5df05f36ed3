package org.stratumj.channels.job;

import org.stratumj.bitcoin.Coinbase;
import org.stratumj.protocol.wire.Bytes;

/// A coinbase around its extranonce, without BIP141 fields, as `NewExtendedMiningJob` carries it. Spec: 05
/// §5.3.16.
///
/// @param prefix  bytes before the extranonce; the scriptSig length in them counts the whole extranonce
/// @param suffix  bytes after the extranonce
/// @param witness whether the coinbase of a block must carry the BIP141 fields: it does where an output commits
///                to witnesses, and must not where none does (consensus refuses a witness nobody committed to)
public record CoinbaseParts(Bytes prefix, Bytes suffix, boolean witness) {
    /// The coinbase without BIP141 fields, whose double hash is the leaf of the merkle tree.
    ///
    /// @param extranonce the full extranonce
    public byte[] stripped(Bytes extranonce) {
        return prefix.concat(extranonce).concat(suffix).bytes();
    }

    /// The coinbase as it stands in a block.
    ///
    /// @param extranonce the full extranonce
    public byte[] complete(Bytes extranonce) {
        byte[] stripped = stripped(extranonce);
        return witness ? Coinbase.unstrip(stripped) : stripped;
    }
}
