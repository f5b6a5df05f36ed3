package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final long SEED = 3;

    private final RandomTransactions random = new RandomTransactions(new SplittableRandom(SEED));

    /// Block 100000 of the main network and its four transactions.
    @Test
    void findsTheRootOfAKnownBlock() {
        List<Hash256> txids = List.of(
                Hash256.fromDisplayHex("8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87"),
                Hash256.fromDisplayHex("fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4"),
                Hash256.fromDisplayHex("6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4"),
                Hash256.fromDisplayHex("e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d"));
        Hash256 root = Hash256.fromDisplayHex("f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766");
        assertThat(MerkleTree.root(txids)).isEqualTo(root);
        assertThat(MerklePath.of(txids.subList(1, 4)).root(txids.getFirst())).isEqualTo(root);
    }

    @Test
    void agreesWithASimpleReckoning() {
        for (int count = 1; count <= 70; count++) {
            List<Hash256> leaves = leaves(count);
            assertThat(MerkleTree.root(leaves))
                    .as("seed %d count %d", SEED, count)
                    .isEqualTo(simpleRoot(leaves));
        }
        assertThat(MerkleTree.root(List.of())).isEqualTo(Hash256.ZERO);
    }

    @Test
    @Tag("MIN-082")
    void pathLeadsFromAnyCoinbaseToTheRoot() {
        for (int count = 1; count <= 70; count++) {
            List<Hash256> leaves = leaves(count);
            MerklePath path = MerklePath.of(leaves.subList(1, count));
            assertThat(path.root(leaves.getFirst())).as("count %d", count).isEqualTo(MerkleTree.root(leaves));
            assertThat(path.siblings()).hasSize(count == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(count - 1));
        }
        assertThat(MerklePath.of(List.of())).isEqualTo(MerklePath.EMPTY);
    }

    /// CVE-2012-2459: repeating the end of an odd level gives the same root.
    @Test
    void noticesRepetitionsThatKeepTheRoot() {
        List<Hash256> three = leaves(3);
        List<Hash256> four = new ArrayList<>(three);
        four.add(three.get(2));
        assertThat(MerkleTree.root(four)).isEqualTo(MerkleTree.root(three));
        assertThat(MerkleTree.isMutated(four)).isTrue();
        assertThat(MerkleTree.isMutated(three)).isFalse();

        List<Hash256> six = leaves(6);
        List<Hash256> eight = new ArrayList<>(six);
        eight.addAll(six.subList(4, 6));
        assertThat(MerkleTree.root(eight)).isEqualTo(MerkleTree.root(six));
        assertThat(MerkleTree.isMutated(eight)).isTrue();
        assertThat(MerkleTree.isMutated(six)).isFalse();
        assertThat(MerkleTree.isMutated(leaves(1))).isFalse();
    }

    @Test
    void showsHashesReversed() {
        Hash256 hash = Hash256.fromDisplayHex("0102" + "00".repeat(28) + "fe" + "ff");
        assertThat(hash.bytes()).startsWith(0xff, 0xfe).endsWith(2, 1);
        assertThat(Hash256.of(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThat(hash).isNotEqualTo(Hash256.ZERO);
        assertThatThrownBy(() -> Hash256.fromDisplayHex("00")).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> Hash256.fromDisplayHex("g".repeat(64))).isInstanceOf(BitcoinFormatException.class);
        assertThatThrownBy(() -> Hash256.of(new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThat(Hash256.of(new byte[40], 8)).isEqualTo(Hash256.ZERO);
        assertThatThrownBy(() -> Hash256.of(new byte[40], 9)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private List<Hash256> leaves(int count) {
        return IntStream.range(0, count).mapToObj(i -> random.hash()).toList();
    }

    private static Hash256 simpleRoot(List<Hash256> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        List<Hash256> parents = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i += 2) {
            Hash256 right = leaves.get(Math.min(i + 1, leaves.size() - 1));
            parents.add(Sha256d.hash(leaves.get(i).bytes(), right.bytes()));
        }
        return simpleRoot(parents);
    }
}
