package org.stratumj.miner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;

/// Threads that hash the work they are given until they are given other work.
///
/// Each thread has an engine of its own and takes segments of the work's search space that no other thread gets.
/// New work is taken up within a slice of hashing, about 20 ms. Every method may be called from any thread, also from
/// the consumer of solutions.
public final class MiningRig implements AutoCloseable {
    /// The most threads a rig has.
    public static final int THREADS_MAX = 1024;

    /// How long [#close] waits for the threads.
    private static final long CLOSE_MILLIS = 1000;

    private static final System.Logger LOG = System.getLogger(MiningRig.class.getName());

    private final List<Thread> threads = new ArrayList<>();
    private final HashrateMeter meter = new HashrateMeter();
    private final LongSupplier nanoTime;
    private final Consumer<Solution> solutions;
    private volatile @Nullable SearchSpace space;
    private volatile double hashesPerSecondMax = Double.POSITIVE_INFINITY;
    private volatile boolean closed;

    private MiningRig(Consumer<Solution> solutions, LongSupplier nanoTime) {
        this.solutions = solutions;
        this.nanoTime = nanoTime;
    }

    /// Starts a rig that waits for work.
    ///
    /// @param name      of the threads, which get a number after it
    /// @param threads   how many, 1 … [#THREADS_MAX]
    /// @param engines   makes each thread's engine, on that thread
    /// @param solutions called on the mining threads, several at a time; must not block. Gets a solution
    ///                  of replaced work if that was found in the slice under way
    /// @throws IllegalArgumentException if `threads` is out of range
    public static MiningRig start(
            String name, int threads, Supplier<HashEngine> engines, Consumer<Solution> solutions) {
        return start(name, threads, engines, solutions, System::nanoTime);
    }

    static MiningRig start(
            String name,
            int threads,
            Supplier<HashEngine> engines,
            Consumer<Solution> solutions,
            LongSupplier nanoTime) {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("a rig has 1 to " + THREADS_MAX + " threads, not " + threads);
        }
        MiningRig rig = new MiningRig(solutions, nanoTime);
        for (int i = 0; i < threads; i++) {
            rig.threads.add(Thread.ofPlatform()
                    .name(name + "-" + i)
                    .daemon()
                    .unstarted(() -> new MiningThread(rig, engines.get()).run()));
        }
        rig.threads.forEach(Thread::start);
        return rig;
    }

    /// Gives the threads this work instead of what they have. From now on each second allows one more header time.
    public void assign(Work work) {
        replace(new SearchSpace(work, nanoTime.getAsLong()));
    }

    /// Goes on with the present work at another target: nothing is hashed twice, as it would be if the work were
    /// assigned again. Does nothing where there is no work.
    public void retarget(Target target) {
        SearchSpace present = space;
        if (present != null) {
            present.retarget(target);
        }
    }

    /// Takes away the work; the threads rest until there is other work.
    public void idle() {
        replace(null);
    }

    /// Limits all threads together; each gets an equal part.
    ///
    /// @param hashesPerSecondMax greater than 0; infinite for no limit, which is how a rig starts
    public void limit(double hashesPerSecondMax) {
        if (!(hashesPerSecondMax > 0)) {
            throw new IllegalArgumentException("a limit is greater than zero, not " + hashesPerSecondMax);
        }
        this.hashesPerSecondMax = hashesPerSecondMax;
        wake();
    }

    /// Measured speed of all threads together, a fading average over some ten seconds.
    public double hashesPerSecond() {
        return meter.hashesPerSecond(nanoTime.getAsLong());
    }

    /// Hashes done since the start.
    public long hashesTotal() {
        return meter.hashesTotal();
    }

    /// How many threads there are.
    public int threads() {
        return threads.size();
    }

    /// Stops and waits for the threads, a second at most. No solution is reported after that.
    @Override
    public void close() {
        closed = true;
        replace(null);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        for (Thread thread : threads) {
            if (!thread.equals(Thread.currentThread()) && !joined(thread, deadline - System.nanoTime())) {
                LOG.log(System.Logger.Level.WARNING, "{0} is still busy after {1} ms", thread.getName(), CLOSE_MILLIS);
            }
        }
    }

    private static boolean joined(Thread thread, long nanos) {
        try {
            return thread.join(Duration.ofNanos(Math.max(0, nanos)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !thread.isAlive();
        }
    }

    private synchronized void replace(@Nullable SearchSpace next) {
        space = closed ? null : next;
        wake();
    }

    private void wake() {
        threads.forEach(LockSupport::unpark);
    }

    List<Thread> threadList() {
        return List.copyOf(threads);
    }

    boolean closed() {
        return closed;
    }

    @Nullable
    SearchSpace space() {
        return space;
    }

    /// Each thread's part of the limit.
    double threadHashesPerSecondMax() {
        return hashesPerSecondMax / threads.size();
    }

    HashrateMeter meter() {
        return meter;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /// Passes a solution on. What the consumer throws is its own fault and ends no thread.
    void solved(Solution solution) {
        if (closed) {
            return;
        }
        try {
            solutions.accept(solution);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "solution " + solution.hash() + " was not taken", e);
        }
    }
}
