package org.stratumj.bitcoin;

import java.util.List;

/// Bitcoin's merkle tree: pairs are hashed level by level, the last of an odd level with itself.
public final class MerkleTree {
    private MerkleTree() {}

    /// The root over these leaves; [Hash256#ZERO] of none.
    public static Hash256 root(List<Hash256> leaves) {
        if (leaves.isEmpty()) {
            return Hash256.ZERO;
        }
        byte[] level = concatenated(leaves);
        Sha256d hasher = new Sha256d();
        for (int count = leaves.size(); count > 1; count = (count + 1) / 2) {
            hashPairs(level, count, hasher);
        }
        return Hash256.of(level, 0);
    }

    /// Whether some level, the padding of odd ones aside, has a pair of equal nodes. Two different lists of
    /// transactions then have the same root (CVE-2012-2459), and the block with the repetition is to be refused
    /// without remembering its id as invalid.
    public static boolean isMutated(List<Hash256> leaves) {
        byte[] level = concatenated(leaves);
        Sha256d hasher = new Sha256d();
        for (int count = leaves.size(); count > 1; count = (count + 1) / 2) {
            for (int i = 0; i + 1 < count; i += 2) {
                if (node(level, i).equals(node(level, i + 1))) {
                    return true;
                }
            }
            hashPairs(level, count, hasher);
        }
        return false;
    }

    /// Replaces the first `count` nodes by their parents.
    static void hashPairs(byte[] level, int count, Sha256d hasher) {
        for (int i = 0; i < count; i += 2) {
            int right = Math.min(i + 1, count - 1);
            hasher.update(level, i * Hash256.SIZE, Hash256.SIZE)
                    .update(level, right * Hash256.SIZE, Hash256.SIZE)
                    .finish(level, i / 2 * Hash256.SIZE);
        }
    }

    static byte[] concatenated(List<Hash256> leaves) {
        byte[] bytes = new byte[Math.multiplyExact(leaves.size(), Hash256.SIZE)];
        int at = 0;
        for (Hash256 leaf : leaves) {
            leaf.copyTo(bytes, at);
            at += Hash256.SIZE;
        }
        return bytes;
    }

    static Hash256 node(byte[] level, int index) {
        return Hash256.of(level, index * Hash256.SIZE);
    }
}
