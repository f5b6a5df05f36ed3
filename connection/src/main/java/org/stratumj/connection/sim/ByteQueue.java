package org.stratumj.connection.sim;

import java.util.Arrays;

/// Bytes in the order they came, in one array that grows to what waits at the same time.
final class ByteQueue {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int head;
    private int tail;

    int size() {
        return tail - head;
    }

    void add(byte[] source, int offset, int length) {
        makeRoom(length);
        System.arraycopy(source, offset, bytes, tail, length);
        tail += length;
    }

    /// Moves the first `length` bytes to the end of another queue.
    void moveTo(ByteQueue other, int length) {
        other.add(bytes, head, length);
        skip(length);
    }

    /// Where [#head] and what follows lies; valid until something is added.
    byte[] array() {
        return bytes;
    }

    int head() {
        return head;
    }

    void skip(int length) {
        head += length;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    void clear() {
        bytes = NOTHING;
        head = 0;
        tail = 0;
    }

    private void makeRoom(int length) {
        if (bytes.length - tail >= length) {
            return;
        }
        int size = size();
        byte[] target = bytes.length - size >= length ? bytes : Arrays.copyOf(NOTHING, 2 * (size + length));
        System.arraycopy(bytes, head, target, 0, size);
        bytes = target;
        head = 0;
        tail = size;
    }
}
