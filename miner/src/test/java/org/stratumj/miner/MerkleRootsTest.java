package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Sha256d;

class MerkleRootsTest {
    private static final Hash256 OTHER = Sha256d.hash(new byte[] {42});

    @Test
    void standardJobHasOneRootAndNoExtranonce() {
        MerkleRoots roots = MerkleRoots.fixed(OTHER);
        assertThat(roots.extranonceSize()).isZero();
        assertThat(roots.root(Extranonce.NONE)).isEqualTo(OTHER);
        assertThatIllegalArgumentException().isThrownBy(() -> roots.root(Extranonce.ofNumber(0, 1)));
    }

    @Test
    @Tag("MIN-011")
    @Tag("MIN-082")
    void extendedJobHashesPrefixExtranonceAndSuffixUpThePath() {
        MerkleRoots roots = MerkleRoots.rolled(new byte[] {1, 2}, 3, new byte[] {9}, new MerklePath(List.of(OTHER)));
        Hash256 coinbase = Sha256d.hash(new byte[] {1, 2, 7, 8, 0, 9});
        assertThat(roots.root(Extranonce.of(new byte[] {7, 8, 0})))
                .isEqualTo(Sha256d.hash(coinbase.bytes(), OTHER.bytes()));
        assertThat(roots.extranonceSize()).isEqualTo(3);
    }

    @Test
    void extranonceMustHaveTheSizeOfTheJob() {
        MerkleRoots roots = MerkleRoots.rolled(new byte[0], 3, new byte[0], MerklePath.EMPTY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> roots.root(Extranonce.ofNumber(0, 2)))
                .withMessage("extranonce has 2 bytes, the job takes 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleRoots.rolled(new byte[0], 33, new byte[0], MerklePath.EMPTY));
    }

    @Test
    void keepsCopiesOfThePartsOfTheCoinbase() {
        byte[] prefix = {1};
        byte[] suffix = {2};
        MerkleRoots roots = MerkleRoots.rolled(prefix, 0, suffix, MerklePath.EMPTY);
        prefix[0] = 5;
        suffix[0] = 5;
        assertThat(roots.root(Extranonce.NONE)).isEqualTo(Sha256d.hash(new byte[] {1, 2}));
    }
}
