package org.stratumj.noise.aead;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory outside the heap for the message that a thread is working on: one piece per thread, of one of two sizes.
///
/// Handing Java arrays themselves to native code saves the copies, but takes a segment object for each, which only
/// sometimes vanishes in compiled code; copying 64 KB there and back is some 5 % of sealing them.
final class ThreadScratch {
    /// Most bytes that any message needs.
    static final int BYTES_MAX = Aead.CIPHERTEXT_BYTES_MAX + Aead.ASSOCIATED_DATA_BYTES_MAX;

    private static final int SHORT_BYTES = 2048;
    private static final ThreadLocal<ThreadScratch> SCRATCH = ThreadLocal.withInitial(ThreadScratch::new);

    private MemorySegment memory = Arena.ofAuto().allocate(SHORT_BYTES);

    private ThreadScratch() {}

    /// Returns the memory of this thread; what is in it is of no meaning.
    ///
    /// @param bytes how many are needed at least, up to [#BYTES_MAX]
    static MemorySegment ofAtLeast(int bytes) {
        ThreadScratch scratch = SCRATCH.get();
        if (bytes > scratch.memory.byteSize()) {
            scratch.memory = Arena.ofAuto().allocate(BYTES_MAX);
        }
        return scratch.memory;
    }
}
