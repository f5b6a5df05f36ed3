package org.stratumj.codec.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.codec.buffer.BufferPool.Mode;

/// The pool's modes and bounds. Ten bytes and four pieces, if a test does not say otherwise.
class BufferPoolTest {
    private final BufferPool pool = BufferPool.tracing(10, 4);

    @Test
    void lendsItsWholeCapacity() {
        var all = pool.take(10);
        assertThat(all.isPooled()).isTrue();
        assertThat(all.array()).hasSize(pool.capacity());
        assertThat(all.offset()).isZero();
        assertThat(all.length()).isEqualTo(10);
    }

    @Test
    void laysPiecesOneBehindTheOther() {
        assertThat(offsets(take(3, 3, 3))).containsExactly(0, 3, 6);
        assertThat(pool.mode()).isEqualTo(Mode.BACK);
    }

    @Test
    void goesToTheHeapBeyondItsBytes() {
        take(6);
        var beyond = pool.take(5);
        assertThat(beyond.isPooled()).isFalse();
        assertThat(beyond.array()).hasSize(5);
        assertThat(pool.mode()).isEqualTo(Mode.ALLOCATING);
        assertThat(pool.take(4).isPooled()).isTrue();
    }

    @Test
    void goesToTheHeapBeyondItsPieces() {
        var four = take(1, 1, 1, 1);
        assertThat(pool.take(1).isPooled()).isFalse();
        four.getFirst().release();
        assertThat(pool.take(1).isPooled()).isTrue();
    }

    @Test
    void goesFromBackToFrontAndBack() {
        var pieces = take(4, 4);
        pieces.get(0).release();
        var front = pool.take(3);
        assertThat(front.offset()).isZero();
        assertThat(pool.mode()).isEqualTo(Mode.FRONT);
        pieces.get(1).release();
        assertThat(pool.take(7).offset()).isEqualTo(3);
        assertThat(pool.mode()).isEqualTo(Mode.BACK);
    }

    @Test
    void goesFromFrontToTheHeapAndBackToTheFront() {
        var pieces = take(4, 6);
        pieces.get(0).release();
        take(3);
        assertThat(pool.take(2).isPooled()).isFalse();
        assertThat(pool.take(1).offset()).isEqualTo(3);
        assertThat(pool.mode()).isEqualTo(Mode.FRONT);
    }

    @Test
    void goesFromTheHeapToTheFront() {
        var pieces = take(5, 5);
        assertThat(pool.take(5).isPooled()).isFalse();
        pieces.get(0).release();
        assertThat(pool.take(5).offset()).isZero();
        assertThat(pool.mode()).isEqualTo(Mode.FRONT);
    }

    @Test
    void goesFromTheHeapToTheBack() {
        var pieces = take(5, 5);
        assertThat(pool.take(5).isPooled()).isFalse();
        pieces.get(1).release();
        assertThat(pool.take(5).offset()).isEqualTo(5);
        assertThat(pool.mode()).isEqualTo(Mode.BACK);
    }

    @Test
    void keepsRoomBetweenPiecesThatAreHeld() {
        var pieces = take(3, 4, 3);
        pieces.get(1).release();
        assertThat(pool.take(4).isPooled()).isFalse();
        pieces.get(2).release();
        assertThat(pool.take(4).offset()).isEqualTo(3);
    }

    @Test
    void beginsAnewWhenNothingIsHeld() {
        take(3, 3, 3).forEach(Lease::release);
        assertThat(pool.take(10).offset()).isZero();
    }

    @Test
    void freesASplitPieceWithItsLastPart() {
        var first = pool.take(10);
        var rest = first.split(4);
        var last = rest.split(6);
        assertThat(List.of(first.length(), rest.length(), last.length())).containsExactly(4, 6, 0);
        assertThat(offsets(List.of(first, rest, last))).containsExactly(0, 4, 10);
        rest.release();
        first.release();
        assertThat(pool.take(1).isPooled()).isFalse();
        last.release();
        assertThat(pool.take(10).isPooled()).isTrue();
    }

    @Test
    void splitsWhatTheHeapLent() {
        take(10);
        var heap = pool.take(8);
        var rest = heap.split(3);
        assertThat(rest.isPooled()).isFalse();
        assertThat(rest.array()).isSameAs(heap.array());
        assertThat(pool.held()).isEqualTo(3);
    }

    @Test
    void lendsNothingWithoutRoom() {
        take(10);
        assertThat(pool.take(0).length()).isZero();
        assertThat(pool.mode()).isEqualTo(Mode.BACK);
    }

    @Test
    void refusesWhatIsReleased() {
        var lease = pool.take(3);
        lease.close();
        assertThatIllegalStateException().isThrownBy(lease::release).withMessageContaining("has been released");
        assertThatIllegalStateException().isThrownBy(lease::array);
        assertThatIllegalStateException().isThrownBy(() -> lease.split(1));
        assertThat(pool.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4})
    void refusesToSplitOutsideOfALease(int at) {
        var lease = pool.take(3);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> lease.split(at));
    }

    @Test
    void refusesNegativeLengths() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool.take(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BufferPool(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BufferPool(1, 0));
    }

    @Test
    void tellsWhereALeaseWasTakenThatIsNotReleased() {
        pool.requireAllReleased();
        take(1).getFirst().release();
        take(2);
        assertThatIllegalStateException()
                .isThrownBy(pool::requireAllReleased)
                .withMessage("leases not released: 1")
                .satisfies(leak -> assertThat(leak.getSuppressed())
                        .singleElement()
                        .satisfies(taken -> assertThat(taken)
                                .hasMessageContaining("2 bytes")
                                .hasStackTraceContaining("tellsWhereALeaseWasTakenThatIsNotReleased")));
    }

    @Test
    void countsLeaksWithoutATrace() {
        var plain = new BufferPool(10, 4);
        plain.take(1);
        assertThatIllegalStateException()
                .isThrownBy(plain::requireAllReleased)
                .satisfies(leak -> assertThat(leak.getSuppressed()).isEmpty());
    }

    @Test
    void saysInALogWhatItIs() {
        var lease = take(4, 6).getLast();
        assertThat(lease).hasToString("Lease[6 bytes at 4]");
        lease.release();
        assertThat(lease).hasToString("Lease[6 bytes at 4, released]");
        assertThat(pool.take(9)).hasToString("Lease[9 bytes at 0, heap]");
    }

    private List<Lease> take(int... lengths) {
        var leases = new ArrayList<Lease>();
        for (int length : lengths) {
            leases.add(pool.take(length));
        }
        return leases;
    }

    private static List<Integer> offsets(List<Lease> leases) {
        return leases.stream().map(Lease::offset).toList();
    }
}
