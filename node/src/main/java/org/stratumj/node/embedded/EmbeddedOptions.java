package org.stratumj.node.embedded;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How an embedded node behaves.
///
/// @param profile               rules of the chain
/// @param clock                 where the time comes from
/// @param seed                  start of the generator behind the transactions made up for the chain
/// @param transactionsAtStart   made-up transactions that wait for the first block
/// @param transactionsPerMinute made-up transactions after that, 0 for none
/// @param file                  keeps the blocks over the life of the process; none to forget them with it
public record EmbeddedOptions(
        ChainProfile profile,
        InstantSource clock,
        long seed,
        int transactionsAtStart,
        int transactionsPerMinute,
        @Nullable Path file) {
    /// Most made-up transactions per minute.
    public static final int TRANSACTIONS_PER_MINUTE_MAX = 6000;

    /// Checks the numbers.
    public EmbeddedOptions {
        if (transactionsAtStart < 0 || transactionsAtStart > Mempool.TRANSACTIONS_MAX) {
            throw new IllegalArgumentException("transactions at start are 0 to %d, not %d"
                    .formatted(Mempool.TRANSACTIONS_MAX, transactionsAtStart));
        }
        if (transactionsPerMinute < 0 || transactionsPerMinute > TRANSACTIONS_PER_MINUTE_MAX) {
            throw new IllegalArgumentException("transactions per minute are 0 to %d, not %d"
                    .formatted(TRANSACTIONS_PER_MINUTE_MAX, transactionsPerMinute));
        }
    }

    /// A chain with this profile on the system's clock, and a modest rate of transactions.
    public static EmbeddedOptions of(ChainProfile profile) {
        return new EmbeddedOptions(profile, InstantSource.system(), 1, 20, 30, null);
    }

    /// The same without made-up transactions.
    public EmbeddedOptions withoutTransactions() {
        return new EmbeddedOptions(profile, clock, seed, 0, 0, file);
    }

    /// The same on another clock.
    public EmbeddedOptions withClock(InstantSource other) {
        return new EmbeddedOptions(profile, other, seed, transactionsAtStart, transactionsPerMinute, file);
    }

    /// The same with the blocks kept in this file, which is made if there is none.
    public EmbeddedOptions withFile(Path kept) {
        return new EmbeddedOptions(profile, clock, seed, transactionsAtStart, transactionsPerMinute, kept);
    }
}
