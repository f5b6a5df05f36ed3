package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.codec.buffer.BufferPool;
import org.stratumj.codec.buffer.Lease;

/// The buffer pool beside a model that is a list of pieces. The input is the pool's bounds, then what is taken, split
/// and released. Each lease keeps what was written to it, lies where the model says, and is counted.
class BufferPoolFuzzTest {
    private static final int STEPS_MAX = 300;

    /// What was taken together, in the order of taking.
    private static final class Piece {
        final int start;
        final int end;
        int parts = 1;

        Piece(int start, int end) {
            this.start = start;
            this.end = end;
        }
    }

    /// A lease, what it was filled with, and its piece; none if it is of the heap.
    private record Held(Lease lease, byte mark, Piece piece) {}

    private static final Piece HEAP = new Piece(0, 0);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0f03" + "0004" + "0004" + "0200" + "0003" + "0200" + "0007", // back, front, back
                        "0702" + "0004" + "0003" + "0001" + "0200" + "0002" + "0201", // beyond pieces and bytes
                        "1ff7" + "000a" + "010003" + "010101" + "0201" + "0200" + "0014", // split
                        "ff0f" + "0040".repeat(8) + "0200".repeat(8) + "00ff")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void behavesLikeItsModel(byte[] data) {
        var in = new Input(data);
        int bytes = 1 + in.u8();
        int kind = in.u8();
        int piecesMax = 1 + kind % 16;
        var pool = kind < 0xf0 ? new BufferPool(bytes, piecesMax) : BufferPool.tracing(bytes, piecesMax);
        var held = new ArrayList<Held>();
        var pieces = new ArrayList<Piece>();
        for (int step = 0; step < STEPS_MAX && !in.isEmpty(); step++) {
            switch (in.u8() % 3) {
                case 0 -> held.add(take(pool, in.u8(), (byte) step, pieces, piecesMax));
                case 1 -> split(held, in);
                default -> release(held, in);
            }
            held.forEach(BufferPoolFuzzTest::requireUntouched);
            requireEqual(held.size(), pool.held(), "leases held");
        }
        while (!held.isEmpty()) {
            release(held, in);
        }
        pool.requireAllReleased();
        require(pool.take(bytes).isPooled(), "all of the pool when nothing is held");
    }

    private static Held take(BufferPool pool, int length, byte mark, List<Piece> pieces, int piecesMax) {
        var piece = length == 0 ? HEAP : place(pieces, piecesMax, pool.capacity(), length);
        var lease = pool.take(length);
        requireEqual(piece != HEAP, lease.isPooled(), "of the pool");
        requireEqual(piece.start, lease.offset(), "place");
        requireEqual(length, lease.length(), "length");
        Arrays.fill(lease.array(), lease.offset(), lease.offset() + length, mark);
        return new Held(lease, mark, piece);
    }

    private static Piece place(List<Piece> pieces, int piecesMax, int capacity, int length) {
        while (!pieces.isEmpty() && pieces.getFirst().parts == 0) {
            pieces.removeFirst();
        }
        while (!pieces.isEmpty() && pieces.getLast().parts == 0) {
            pieces.removeLast();
        }
        if (pieces.size() == piecesMax) {
            return HEAP;
        }
        int start = pieces.isEmpty() ? 0 : pieces.getLast().end;
        if (!isFree(pieces, start, start + length, capacity)) {
            start = 0;
        }
        if (!isFree(pieces, start, start + length, capacity)) {
            return HEAP;
        }
        var piece = new Piece(start, start + length);
        pieces.add(piece);
        return piece;
    }

    // Pieces that were released and lie between others still count.
    private static boolean isFree(List<Piece> pieces, int start, int end, int capacity) {
        return end <= capacity && pieces.stream().noneMatch(piece -> piece.start < end && start < piece.end);
    }

    private static void split(List<Held> held, Input in) {
        if (held.isEmpty()) {
            return;
        }
        var whole = held.get(in.u8() % held.size());
        int length = whole.lease.length();
        int at = in.u8() % (length + 1);
        var rest = whole.lease.split(at);
        requireEqual(length, whole.lease.length() + rest.length(), "length of both parts");
        requireEqual(whole.lease.offset() + at, rest.offset(), "place of the second part");
        whole.piece.parts++;
        held.add(new Held(rest, whole.mark, whole.piece));
    }

    private static void release(List<Held> held, Input in) {
        if (held.isEmpty()) {
            return;
        }
        var released = held.remove(in.u8() % held.size());
        requireUntouched(released);
        Arrays.fill(
                released.lease.array(),
                released.lease.offset(),
                released.lease.offset() + released.lease.length(),
                (byte) 0xee);
        released.piece.parts--;
        released.lease.release();
    }

    private static void requireUntouched(Held held) {
        var lease = held.lease;
        for (int i = 0; i < lease.length(); i++) {
            require(lease.array()[lease.offset() + i] == held.mark, "what was written to a lease stays");
        }
    }
}
