package org.stratumj.miner;

import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Sha256d;

/// The merkle roots that a job allows: one, or one for each extranonce.
public sealed interface MerkleRoots {
    /// The one root of a standard job.
    static MerkleRoots fixed(Hash256 root) {
        return new Fixed(root);
    }

    /// The roots of an extended job.
    ///
    /// @param prefix         the coinbase without BIP141 fields up to the extranonce, extranonce prefix included
    /// @param extranonceSize bytes of it that are free, 0 … [Extranonce#SIZE_MAX]
    /// @param suffix         the coinbase without BIP141 fields after the extranonce
    /// @param path           from the coinbase to the root
    static MerkleRoots rolled(byte[] prefix, int extranonceSize, byte[] suffix, MerklePath path) {
        return new Rolled(prefix, extranonceSize, suffix, path);
    }

    /// Bytes of extranonce to choose.
    int extranonceSize();

    /// The root with this extranonce.
    ///
    /// @throws IllegalArgumentException if it has not [#extranonceSize] bytes
    Hash256 root(Extranonce extranonce);

    /// See [MerkleRoots#fixed].
    ///
    /// @param root the only root
    record Fixed(Hash256 root) implements MerkleRoots {
        @Override
        public int extranonceSize() {
            return 0;
        }

        @Override
        public Hash256 root(Extranonce extranonce) {
            checkSize(this, extranonce);
            return root;
        }
    }

    /// See [MerkleRoots#rolled]. Not a record: the arrays are its own.
    final class Rolled implements MerkleRoots {
        private final byte[] prefix;
        private final int extranonceSize;
        private final byte[] suffix;
        private final MerklePath path;

        private Rolled(byte[] prefix, int extranonceSize, byte[] suffix, MerklePath path) {
            Extranonce.checkSize(extranonceSize);
            this.prefix = prefix.clone();
            this.extranonceSize = extranonceSize;
            this.suffix = suffix.clone();
            this.path = path;
        }

        @Override
        public int extranonceSize() {
            return extranonceSize;
        }

        @Override
        public Hash256 root(Extranonce extranonce) {
            checkSize(this, extranonce);
            return path.root(Sha256d.hash(prefix, extranonce.bytes(), suffix));
        }
    }

    private static void checkSize(MerkleRoots roots, Extranonce extranonce) {
        if (extranonce.size() != roots.extranonceSize()) {
            throw new IllegalArgumentException(
                    "extranonce has %d bytes, the job takes %d".formatted(extranonce.size(), roots.extranonceSize()));
        }
    }
}
