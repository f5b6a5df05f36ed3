package org.stratumj.connection;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.stratumj.connection.CloseReason.SlowConsumer;
import org.stratumj.connection.CloseReason.SlowConsumer.Unit;

/// The bytes that wait on all connections of a listener, against [ConnectionLimits#outboundTotalBytesMax]. Any thread.
///
/// Over the bound, the connection with the longest queue is closed, until the others are within. The longest
/// queue is at least the average, so a connection is never closed for others while it holds less than the
/// bound divided by the number of connections.
///
/// Only what the network did not take at the end of a turn is counted ([Outbox]). Peers that read touch nothing that
/// lanes share.
final class OutboundBudget {
    private final long bytesMax;
    private final AtomicLong total = new AtomicLong();
    private final Set<Account> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean shedding = new AtomicBoolean();

    OutboundBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// @param closer closes the connection, and drops what waits for its peer
    Account open(Consumer<CloseReason> closer) {
        return new Account(closer);
    }

    long total() {
        return total.get();
    }

    /// Accounts with bytes that wait.
    int accounts() {
        return waiting.size();
    }

    /// One thread at a time, or two would close two where one is enough.
    private void shed() {
        while (total.get() > bytesMax && shedding.compareAndSet(false, true)) {
            try {
                closeLongest();
            } finally {
                shedding.set(false);
            }
        }
    }

    private void closeLongest() {
        while (total.get() > bytesMax) {
            Optional<Longest> longest = longest();
            if (longest.isEmpty()) {
                return;
            }
            longest.get().account().evict(longest.get().bytes());
        }
    }

    private Optional<Longest> longest() {
        return waiting.stream()
                .map(account -> new Longest(account, account.bytes.get()))
                .filter(queue -> queue.bytes() > 0)
                .max(Comparator.comparingLong(Longest::bytes));
    }

    private record Longest(Account account, long bytes) {}

    /// The queue of one connection. [#waiting] is for its lane only.
    final class Account {
        private static final long CLOSED = -1;

        private final AtomicLong bytes = new AtomicLong();
        private final Consumer<CloseReason> closer;

        private Account(Consumer<CloseReason> closer) {
            this.closer = closer;
        }

        /// So many bytes wait now. Nothing happens once it is closed.
        void waiting(long now) {
            long before = bytes.get();
            if (before == CLOSED || !bytes.compareAndSet(before, now)) { // closed in the meantime
                return;
            }
            if (now == 0) {
                waiting.remove(this);
            } else if (before == 0) {
                waiting.add(this);
                if (bytes.get() == CLOSED) { // between the two, so that its end did not find it
                    waiting.remove(this);
                }
            }
            if (total.addAndGet(now - before) > bytesMax && now > before) {
                shed();
            }
        }

        /// The connection is gone. Idempotent.
        void close() {
            long before = bytes.getAndSet(CLOSED);
            if (before != CLOSED) {
                waiting.remove(this);
                total.addAndGet(-before);
            }
        }

        private void evict(long seen) {
            if (bytes.compareAndSet(seen, CLOSED)) {
                waiting.remove(this);
                total.addAndGet(-seen);
                closer.accept(new SlowConsumer(seen, bytesMax, Unit.BYTES_OF_ALL));
            }
        }
    }
}
