package org.stratumj.codec.buffer;

import java.util.Objects;

/// Some bytes of a [BufferPool], or of the heap where the pool had no room, until they are given back. What they hold
/// at first is undefined. Used by the owner of the pool only.
///
/// Each lease is released exactly once; its array must not be touched afterwards, since others write to it.
public final class Lease implements AutoCloseable {
    private final BufferPool pool;
    private final int slot;
    private final byte[] array;
    private final int offset;
    private int length;
    private boolean released;

    Lease(BufferPool pool, int slot, byte[] array, int offset, int length) {
        this.pool = pool;
        this.slot = slot;
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// The array that the bytes are in, together with bytes of others.
    ///
    /// @throws IllegalStateException after the release
    public byte[] array() {
        requireHeld();
        return array;
    }

    /// Where in [#array()] the bytes begin.
    public int offset() {
        return offset;
    }

    /// How many bytes there are.
    public int length() {
        return length;
    }

    /// Whether the bytes are the pool's, not the heap's.
    public boolean isPooled() {
        return slot != BufferPool.NO_SLOT;
    }

    /// Keeps the first `at` bytes and returns a lease of the others. Both have to be released; the room is free again
    /// when the last of them is.
    ///
    /// @param at 0 to [#length()]
    /// @throws IndexOutOfBoundsException if it is not
    /// @throws IllegalStateException after the release
    public Lease split(int at) {
        requireHeld();
        Objects.checkFromToIndex(at, length, length);
        var rest = new Lease(pool, slot, array, offset + at, length - at);
        pool.onSplit(slot, rest);
        length = at;
        return rest;
    }

    /// Gives the bytes back.
    ///
    /// @throws IllegalStateException if that was done before
    public void release() {
        requireHeld();
        released = true;
        pool.onRelease(slot, this);
    }

    /// Releases, for `try`.
    @Override
    public void close() {
        release();
    }

    private void requireHeld() {
        if (released) {
            throw new IllegalStateException("the lease of " + length + " bytes has been released");
        }
    }

    @Override
    public String toString() {
        return "Lease[" + length + " bytes at " + offset + (isPooled() ? "" : ", heap")
                + (released ? ", released]" : "]");
    }
}
