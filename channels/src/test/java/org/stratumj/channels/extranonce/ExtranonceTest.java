package org.stratumj.channels.extranonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.wire.Bytes;

/// The layout of extranonces, and the leases on their indexes.
class ExtranonceTest {
    private static final Bytes GIVEN = Bytes.ofHex("a1b2");

    @Test
    @Tag("MIN-008")
    void laysOutGivenBytesIndexAndTheRest() {
        ExtranonceSpace space = new ExtranonceSpace(GIVEN, 3, 12);

        assertThat(space.prefixSize()).isEqualTo(5);
        assertThat(space.rollableSize()).isEqualTo(7);
        assertThat(space.extendedPrefix(0x01_0203)).isEqualTo(Bytes.ofHex("a1b2010203"));
        assertThat(space.standardPrefix(0x01_0203)).isEqualTo(Bytes.ofHex("a1b201020300000000000000"));
    }

    @Test
    void takesAllSizesThatFit() {
        assertThat(new ExtranonceSpace(Bytes.EMPTY, 4, 4).rollableSize()).isZero();
        assertThat(new ExtranonceSpace(GIVEN, 1, 32).rollableSize()).isEqualTo(29);
    }

    @Test
    void hasNoPrefixForAnIndexThatDoesNotFit() {
        ExtranonceSpace space = new ExtranonceSpace(GIVEN, 2, 12);

        assertThat(space.extendedPrefix(0xffff)).isEqualTo(Bytes.ofHex("a1b2ffff"));
        assertThatThrownBy(() -> space.extendedPrefix(0x1_0000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> space.standardPrefix(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesSizesThatDoNotFit() {
        assertThatThrownBy(() -> new ExtranonceSpace(GIVEN, 1, 33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExtranonceSpace(GIVEN, 3, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExtranonceSpace(GIVEN, 0, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExtranonceSpace(GIVEN, 5, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExtranonceLeases(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExtranonceLeases(5, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leasesEveryIndexOnceAndThenNone() {
        ExtranonceLeases leases = new ExtranonceLeases(1, 200);
        Set<Long> indexes = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            indexes.add(leases.lease().orElseThrow().index());
        }

        assertThat(indexes).hasSize(256).allMatch(index -> index >= 0 && index < 256);
        assertThat(leases.capacity()).isEqualTo(256);
        assertThat(leases.lease()).isEmpty();
    }

    @Test
    void startsWhereItIsTold() {
        assertThat(new ExtranonceLeases(2, 70_000).lease().orElseThrow().index())
                .isEqualTo(70_000 - 65_536);
        assertThat(new ExtranonceLeases(2, -1).lease().orElseThrow().index()).isEqualTo(65_535);
    }

    /// A client that knew the next index could mine on it before it opens the channel.
    @Test
    void leasesIndexesInTheOrderThatRandomNumbersDecide() {
        Iterator<Long> numbers = List.of(77L, 256L + 5, -1L, 5L, 255L).iterator();
        ExtranonceLeases leases = new ExtranonceLeases(1, numbers::next);

        assertThat(IntStream.range(0, 5)
                        .mapToObj(_ -> leases.lease().orElseThrow().index()))
                .containsExactly(77L, 5L, 255L, 6L, 0L);
    }

    /// A returned index could carry another's jobs until two tips later.
    @Test
    @Tag("MIN-002")
    void leasesAReturnedIndexOnlyAfterTwoTips() {
        ExtranonceLeases leases = new ExtranonceLeases(1, 0);
        List<ExtranonceLease> all = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            all.add(leases.lease().orElseThrow());
        }
        all.get(77).close();

        assertThat(leases.lease()).isEmpty();
        leases.newTip();
        assertThat(leases.lease()).isEmpty();
        leases.newTip();
        assertThat(leases.lease().orElseThrow().index()).isEqualTo(77);
        assertThat(leases.lease()).isEmpty();
    }

    @Test
    void countsLeasesInUseWithoutThoseThatRest() {
        ExtranonceLeases leases = new ExtranonceLeases(1, 0);
        ExtranonceLease first = leases.lease().orElseThrow();
        ExtranonceLease second = leases.lease().orElseThrow();
        assertThat(second.index()).isNotEqualTo(first.index());
        assertThat(leases.inUse()).isEqualTo(2);
        first.close();
        first.close();
        assertThat(leases.inUse()).isEqualTo(1);
        assertThat(leases.taken()).isEqualTo(2);
        leases.newTip();
        assertThat(leases.inUse()).isEqualTo(1);
        leases.newTip();
        assertThat(leases.inUse()).isEqualTo(1);
        assertThat(leases.taken()).isEqualTo(1);
    }

    @Test
    void takesALeaseBackOnce() {
        ExtranonceLeases leases = new ExtranonceLeases(1, 0);
        ExtranonceLease lease = leases.lease().orElseThrow();
        lease.close();
        leases.newTip();
        leases.newTip();
        while (leases.lease().isPresent()) {
            // Take them all, that one too.
        }
        lease.close();
        leases.newTip();
        leases.newTip();

        assertThat(leases.lease()).isEmpty();
    }

    @Test
    @Tag("MIN-002")
    void leasesNoIndexToTwoThreads() throws InterruptedException {
        ExtranonceLeases leases = new ExtranonceLeases(2, 65_000);
        ConcurrentLinkedQueue<Long> indexes = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int j = 0; j < 5_000; j++) {
                    indexes.add(leases.lease().orElseThrow().index());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(new HashSet<>(indexes)).hasSize(20_000);
        assertThat(leases.taken()).isEqualTo(20_000);
    }
}
