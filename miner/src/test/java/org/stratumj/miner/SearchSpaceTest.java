package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;

class SearchSpaceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGAN = -5 * SECOND;
    private static final int RUNS = 4096;
    private static final long N_TIME = 1_700_000_000L;
    private static final Hash256 PREV_HASH = Sha256d.hash(new byte[] {1});
    private static final Hash256 ROOT = Sha256d.hash(new byte[] {2});
    private static final MerkleRoots ROLLED_BYTE =
            MerkleRoots.rolled(new byte[] {3}, 1, new byte[] {4}, MerklePath.EMPTY);

    @Test
    @Tag("MIN-005")
    void handsOutTheNoncesOfAnUnrollableJobOnce() {
        SearchSpace space = space(0x20000000, 0, MerkleRoots.fixed(ROOT));
        Set<BlockHeader> headers = take(space, RUNS, BEGAN);
        assertThat(headers).allSatisfy(header -> {
            assertThat(header.version()).isEqualTo(0x20000000);
            assertThat(header.prevHash()).isEqualTo(PREV_HASH);
            assertThat(header.merkleRoot()).isEqualTo(ROOT);
            assertThat(header.time()).isEqualTo(N_TIME);
            assertThat(header.nBits()).isEqualTo(0x1d00ffff);
            assertThat(header.nonce() % SearchSpace.SEGMENT_NONCES).isZero();
        });
        assertThat(space.next(BEGAN)).isEmpty();
    }

    @Test
    @Tag("MIN-005")
    @Tag("MIN-076")
    void handsOutEveryVersionWithEveryRunOfNonces() {
        SearchSpace space = space(0xf0000001L, 0x00006000, MerkleRoots.fixed(ROOT));
        Set<BlockHeader> headers = take(space, 4 * RUNS, BEGAN);
        assertThat(headers.stream().map(BlockHeader::version).distinct())
                .containsExactlyInAnyOrder(0xf0000001L, 0xf0002001L, 0xf0004001L, 0xf0006001L);
        assertThat(space.next(BEGAN)).isEmpty();
    }

    @Test
    void handsOutEveryExtranonceWithEveryRunOfNonces() {
        SearchSpace space = space(1, 0, ROLLED_BYTE);
        BitSet places = new BitSet();
        for (int i = 0; i < 256 * RUNS; i++) {
            SearchSpace.Segment segment = space.next(BEGAN).orElseThrow();
            int run = (int) (segment.header().nonce() / SearchSpace.SEGMENT_NONCES);
            places.set(Byte.toUnsignedInt(segment.extranonce().bytes()[0]) * RUNS + run);
        }
        assertThat(places.cardinality()).isEqualTo(256 * RUNS);
        assertThat(space.next(BEGAN)).isEmpty();
    }

    @Test
    void variesVersionAndExtranonceFromTheStart() {
        SearchSpace space = space(0x20000000, Work.BIP323_MASK, ROLLED_BYTE);
        Set<BlockHeader> headers = take(space, 64, BEGAN);
        assertThat(headers.stream().map(BlockHeader::version).distinct()).hasSizeGreaterThan(32);
        assertThat(headers.stream().map(BlockHeader::merkleRoot).distinct()).hasSizeGreaterThan(32);
        assertThat(headers)
                .allSatisfy(header ->
                        assertThat(header.version() & ~Work.BIP323_MASK).isEqualTo(0x20000000));
    }

    @Test
    void namesTheExtranonceBehindTheRoot() {
        SearchSpace space = space(1, 0, MerkleRoots.rolled(new byte[] {3}, 32, new byte[0], MerklePath.EMPTY));
        for (int i = 0; i < 100; i++) {
            SearchSpace.Segment segment = space.next(BEGAN).orElseThrow();
            assertThat(segment.extranonce().size()).isEqualTo(32);
            assertThat(segment.header().merkleRoot())
                    .isEqualTo(Sha256d.hash(new byte[] {3}, segment.extranonce().bytes()));
        }
    }

    @Test
    @Tag("MIN-060")
    @Tag("NTM-002")
    @Tag("TDP-043")
    void headerTimeFollowsTheClockFromTheFirstTime() {
        SearchSpace space = space(1, 0, MerkleRoots.fixed(ROOT));
        assertThat(timeAt(space, BEGAN - 1)).isEqualTo(N_TIME);
        assertThat(timeAt(space, BEGAN + SECOND - 1)).isEqualTo(N_TIME);
        assertThat(timeAt(space, BEGAN + SECOND)).isEqualTo(N_TIME + 1);
        assertThat(timeAt(space, BEGAN + 100 * SECOND)).isEqualTo(N_TIME + 100);
        assertThat(timeAt(space, BEGAN + 99 * SECOND))
                .as("a thread that read the clock earlier")
                .isEqualTo(N_TIME + 100);
    }

    @Test
    void usedUpSpaceComesAgainWithLaterTimesOnly() {
        SearchSpace space = space(1, 0, MerkleRoots.fixed(ROOT));
        Set<BlockHeader> headers = take(space, RUNS - 1, BEGAN);
        headers.add(space.next(BEGAN + 3 * SECOND).orElseThrow().header());
        assertThat(space.next(BEGAN + 4 * SECOND - 1)).isEmpty();
        assertThat(space.nanosToNextSecond(BEGAN + 4 * SECOND - 1)).isEqualTo(1);
        for (int i = 0; i < RUNS; i++) {
            BlockHeader header = space.next(BEGAN + 4 * SECOND).orElseThrow().header();
            assertThat(header.time()).isEqualTo(N_TIME + 4);
            assertThat(headers.add(header)).isTrue();
        }
        assertThat(space.next(BEGAN + 4 * SECOND)).isEmpty();
        assertThat(space.nanosToNextSecond(BEGAN + 4 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void endsWhereTimeDoesNotFitInAHeader() {
        SearchSpace space = new SearchSpace(
                new Work(1, 1, 0, PREV_HASH, MerkleRoots.fixed(ROOT), 0xffffffffL, 0x1d00ffff, Target.MAX), BEGAN);
        assertThat(space.next(BEGAN)).isPresent();
        assertThat(space.next(BEGAN + SECOND)).isEmpty();
    }

    @Test
    void workHoldsNumbersOf32Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> space(-1, 0, ROLLED_BYTE));
        assertThatIllegalArgumentException().isThrownBy(() -> space(1, 1L << 32, ROLLED_BYTE));
    }

    private static SearchSpace space(long version, long mask, MerkleRoots roots) {
        return new SearchSpace(new Work(7, version, mask, PREV_HASH, roots, N_TIME, 0x1d00ffff, Target.MAX), BEGAN);
    }

    private static long timeAt(SearchSpace space, long nanoTime) {
        return space.next(nanoTime).orElseThrow().header().time();
    }

    private static Set<BlockHeader> take(SearchSpace space, int count, long nanoTime) {
        Set<BlockHeader> headers = new HashSet<>();
        for (int i = 0; i < count; i++) {
            assertThat(headers.add(space.next(nanoTime).orElseThrow().header())).isTrue();
        }
        return headers;
    }
}
