package org.stratumj.noise.aead;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;

/// A key outside the Java heap, where no garbage collection copies it, with room for the nonce of the call behind it.
///
/// A message is copied to the memory of the thread, with its associated data behind it, and worked on in place.
final class NativeAeadKey implements AeadKey {
    private static final int NONCE_BYTES = 12;
    private static final int COUNTER_OFFSET = Aead.KEY_BYTES + 4;
    private static final ValueLayout.OfInt PREFIX = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong COUNTER = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment memory = Arena.ofAuto().allocate(Aead.KEY_BYTES + NONCE_BYTES);
    private boolean destroyed;

    NativeAeadKey(byte[] bytes) {
        this(bytes, 0);
    }

    /// @param noncePrefix first four bytes of each nonce, little-endian: 0 in Noise, others in test vectors
    NativeAeadKey(byte[] bytes, int noncePrefix) {
        Ranges.requireKey(bytes);
        MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 0, Aead.KEY_BYTES);
        memory.set(PREFIX, Aead.KEY_BYTES, noncePrefix);
    }

    @Override
    public int seal(
            long nonce, byte[] associatedData, byte[] plaintext, int offset, int length, byte[] into, int intoOffset) {
        Ranges.requirePlaintext(associatedData, plaintext, offset, length, into, intoOffset);
        setNonce(nonce);
        int written = length + Aead.TAG_BYTES;
        MemorySegment scratch = ThreadScratch.ofAtLeast(written + associatedData.length);
        MemorySegment.copy(plaintext, offset, scratch, JAVA_BYTE, 0, length);
        MemorySegment.copy(associatedData, 0, scratch, JAVA_BYTE, written, associatedData.length);
        long text = scratch.address();
        try {
            NativeAead.encrypt(text, length, text + written, associatedData.length, nonce(), key());
            MemorySegment.copy(scratch, JAVA_BYTE, 0, into, intoOffset, written);
            return written;
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Override
    public boolean open(
            long nonce, byte[] associatedData, byte[] ciphertext, int offset, int length, byte[] into, int intoOffset) {
        Ranges.requireCiphertext(associatedData, ciphertext, offset, length, into, intoOffset);
        setNonce(nonce);
        MemorySegment scratch = ThreadScratch.ofAtLeast(length + associatedData.length);
        MemorySegment.copy(ciphertext, offset, scratch, JAVA_BYTE, 0, length);
        MemorySegment.copy(associatedData, 0, scratch, JAVA_BYTE, length, associatedData.length);
        long text = scratch.address();
        try {
            boolean authentic = NativeAead.decrypt(text, length, text + length, associatedData.length, nonce(), key());
            if (authentic) {
                MemorySegment.copy(scratch, JAVA_BYTE, 0, into, intoOffset, length - Aead.TAG_BYTES);
            }
            return authentic;
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Override
    public void destroy() {
        destroyed = true;
        memory.fill((byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "AeadKey[redacted]";
    }

    byte[] bytes() {
        return memory.asSlice(0, Aead.KEY_BYTES).toArray(JAVA_BYTE);
    }

    private void setNonce(long counter) {
        if (destroyed) {
            throw new IllegalStateException("the key has been erased");
        }
        memory.set(COUNTER, COUNTER_OFFSET, counter);
    }

    private long key() {
        return memory.address();
    }

    private long nonce() {
        return memory.address() + Aead.KEY_BYTES;
    }
}
