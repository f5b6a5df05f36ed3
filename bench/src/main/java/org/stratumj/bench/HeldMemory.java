package org.stratumj.bench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.stratumj.codec.buffer.BufferPool;
import org.stratumj.codec.buffer.Lease;

/// Where copies of payloads are kept while somebody needs them.
public enum HeldMemory {
    /// A fresh array for each.
    HEAP {
        @Override
        Window window(int held, int bytesMax) {
            return new Copies(held);
        }
    },
    /// A pool with room for all of them.
    POOL {
        @Override
        Window window(int held, int bytesMax) {
            return new Leases(held, new BufferPool(Math.multiplyExact(held + 1, bytesMax), held + 1));
        }
    },
    /// A pool of eight pieces, whatever is asked of it.
    POOL_OF_8 {
        @Override
        Window window(int held, int bytesMax) {
            return new Leases(held, new BufferPool(8 * bytesMax, 8));
        }
    };

    /// @param held     how many are kept at a time
    /// @param bytesMax the largest of them
    abstract Window window(int held, int bytesMax);

    /// The payloads that are held.
    abstract static sealed class Window {
        int next;

        /// Keeps a copy, lets the oldest one go.
        abstract Object slide(byte[] source, int length);

        /// Keeps a copy; when all places are taken, lets all go first.
        abstract Object pileUp(byte[] source, int length);
    }

    private static final class Copies extends Window {
        private final byte[] @Nullable [] kept;

        Copies(int held) {
            kept = new byte[held][];
        }

        @Override
        Object slide(byte[] source, int length) {
            next = next + 1 < kept.length ? next + 1 : 0;
            var copy = Arrays.copyOf(source, length);
            kept[next] = copy;
            return copy;
        }

        @Override
        Object pileUp(byte[] source, int length) {
            if (next == kept.length) {
                Arrays.fill(kept, null);
                next = 0;
            }
            var copy = Arrays.copyOf(source, length);
            kept[next++] = copy;
            return copy;
        }
    }

    private static final class Leases extends Window {
        private final @Nullable Lease[] kept;
        private final BufferPool pool;

        Leases(int held, BufferPool pool) {
            this.kept = new Lease[held];
            this.pool = pool;
        }

        @Override
        Object slide(byte[] source, int length) {
            next = next + 1 < kept.length ? next + 1 : 0;
            var oldest = kept[next];
            if (oldest != null) {
                oldest.release();
            }
            return keep(next, source, length);
        }

        @Override
        Object pileUp(byte[] source, int length) {
            if (next == kept.length) {
                for (var lease : kept) {
                    if (lease != null) {
                        lease.release();
                    }
                }
                Arrays.fill(kept, null);
                next = 0;
            }
            return keep(next++, source, length);
        }

        private Lease keep(int place, byte[] source, int length) {
            var lease = pool.take(length);
            System.arraycopy(source, 0, lease.array(), lease.offset(), length);
            kept[place] = lease;
            return lease;
        }
    }
}
