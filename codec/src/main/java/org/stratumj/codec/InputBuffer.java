package org.stratumj.codec;

import java.util.Objects;

/// Bytes that arrived and are not consumed yet, in one piece.
final class InputBuffer {
    /// What an empty buffer keeps; a larger array, grown for a large frame, is given back.
    static final int RETAINED_BYTES_MAX = 16 * 1024;

    private static final int CAPACITY_MIN = 256;
    private static final byte[] NONE = {};

    private byte[] content = NONE;
    private int start;
    private int end;

    void add(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        makeRoom(length);
        System.arraycopy(bytes, offset, content, end, length);
        end += length;
    }

    int available() {
        return end - start;
    }

    /// Consumes `length` bytes and tells where in [#content()] they begin; they stay there until the next [#add].
    int take(int length) {
        Objects.checkIndex(length, available() + 1);
        int taken = start;
        start += length;
        return taken;
    }

    byte[] content() {
        return content;
    }

    /// Gives a large array back if there is nothing in it.
    void trim() {
        if (available() == 0 && content.length > RETAINED_BYTES_MAX) {
            content = NONE;
            start = 0;
            end = 0;
        }
    }

    private void makeRoom(int length) {
        if (length <= content.length - end) {
            return;
        }
        int available = available();
        int needed = Math.addExact(available, length);
        var roomy = needed <= content.length ? content : new byte[capacityFor(needed)];
        System.arraycopy(content, start, roomy, 0, available);
        content = roomy;
        start = 0;
        end = available;
    }

    // Doubling keeps the copies of a payload that arrives in small pieces linear in its size.
    private int capacityFor(int needed) {
        return Math.max(needed, Math.max(CAPACITY_MIN, (int) Math.min(2L * content.length, Integer.MAX_VALUE - 8L)));
    }
}
