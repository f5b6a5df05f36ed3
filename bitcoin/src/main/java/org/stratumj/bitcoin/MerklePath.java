package org.stratumj.bitcoin;

import java.util.ArrayList;
import java.util.List;

/// What has to be hashed with the coinbase's id, on the right and in this order, to come to the merkle root of a
/// block. It stays the same whatever the coinbase is.
///
/// @param siblings one node per level, the leaf level first; empty in a block with only a coinbase
public record MerklePath(List<Hash256> siblings) {
    /// The path of a block with only a coinbase.
    public static final MerklePath EMPTY = new MerklePath(List.of());

    /// Copies the list.
    public MerklePath {
        siblings = List.copyOf(siblings);
    }

    /// The path of the coinbase in front of these transaction ids.
    public static MerklePath of(List<Hash256> txidsWithoutCoinbase) {
        List<Hash256> leaves = new ArrayList<>(txidsWithoutCoinbase.size() + 1);
        leaves.add(Hash256.ZERO);
        leaves.addAll(txidsWithoutCoinbase);
        byte[] level = MerkleTree.concatenated(leaves);
        Sha256d hasher = new Sha256d();
        List<Hash256> siblings = new ArrayList<>();
        for (int count = leaves.size(); count > 1; count = (count + 1) / 2) {
            siblings.add(MerkleTree.node(level, 1));
            MerkleTree.hashPairs(level, count, hasher);
        }
        return new MerklePath(siblings);
    }

    /// The merkle root above this leaf, the coinbase's id.
    public Hash256 root(Hash256 leaf) {
        Sha256d hasher = new Sha256d();
        Hash256 node = leaf;
        for (Hash256 sibling : siblings) {
            node = hasher.update(node).update(sibling).finish();
        }
        return node;
    }
}
