package org.stratumj.channels.client;

import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.protocol.wire.Bytes;

/// A job as a client received it, with the extranonce prefix that it has to be mined with.
public sealed interface MiningJob {
    /// The server's id for it, U32.
    long id();

    /// The header version, U32.
    long version();

    /// Whether version bits may be changed.
    boolean versionRollingAllowed();

    /// A job of a standard channel.
    ///
    /// @param merkleRoot header field
    record StandardJob(long id, long version, boolean versionRollingAllowed, Hash256 merkleRoot) implements MiningJob {}

    /// A job of an extended channel.
    ///
    /// @param merklePath       from the coinbase up to the root
    /// @param coinbase         the coinbase around the extranonce; whether a block needs BIP141 fields is not
    ///                         known
    /// @param extranoncePrefix first bytes of the extranonce
    /// @param extranonceSize   bytes of it to roll
    record ExtendedJob(
            long id,
            long version,
            boolean versionRollingAllowed,
            MerklePath merklePath,
            CoinbaseParts coinbase,
            Bytes extranoncePrefix,
            int extranonceSize)
            implements MiningJob {
        /// The merkle root with this extranonce.
        ///
        /// @param extranonce the rolled bytes
        /// @throws IllegalArgumentException if they are not [#extranonceSize]
        public Hash256 merkleRoot(Bytes extranonce) {
            if (extranonce.size() != extranonceSize) {
                throw new IllegalArgumentException(
                        "extranonce of " + extranonce.size() + " bytes, not " + extranonceSize);
            }
            byte[] transaction = coinbase.stripped(extranoncePrefix.concat(extranonce));
            return merklePath.root(Sha256d.hash(transaction));
        }
    }
}
