package org.stratumj.app.mining;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.stratumj.bitcoin.Target;
import org.stratumj.protocol.ErrorCode;

/// The shares of all connections, counted. Any thread, without a lock on the way of a share.
public final class ShareCounts {
    /// Samples in the window over which the hashrate is estimated: five minutes at one every five seconds.
    static final int SAMPLES_MAX = 61;

    private static final double HASHES_PER_DIFFICULTY = Target.DIFFICULTY_1.expectedHashes();
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongAdder credited = new LongAdder();
    private final DoubleAdder difficulty = new DoubleAdder();
    private final Map<ErrorCode, LongAdder> refused = new ConcurrentHashMap<>();
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanoTime, double difficulty) {}

    void credited(double shareDifficulty) {
        credited.increment();
        difficulty.add(shareDifficulty);
    }

    void refused(ErrorCode code) {
        refused.computeIfAbsent(code, _ -> new LongAdder()).increment();
    }

    /// How many were credited since the start.
    public long credited() {
        return credited.sum();
    }

    /// How many were refused since the start, by error code.
    public Map<String, Long> refused() {
        return refused.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().code(),
                        entry -> entry.getValue().sum()));
    }

    /// Remembers what was credited up to now, for the hashrate; to be called every few seconds.
    synchronized void sample(long nanoTime) {
        samples.addLast(new Sample(nanoTime, difficulty.sum()));
        if (samples.size() > SAMPLES_MAX) {
            samples.removeFirst();
        }
    }

    /// The hashrate of all miners over the last minutes, as their shares tell; empty before there are two
    /// samples.
    public synchronized OptionalDouble hashesPerSecond() {
        if (samples.size() < 2) {
            return OptionalDouble.empty();
        }
        double seconds = (samples.getLast().nanoTime() - samples.getFirst().nanoTime()) / NANOS_PER_SECOND;
        double done = samples.getLast().difficulty() - samples.getFirst().difficulty();
        return seconds > 0 ? OptionalDouble.of(done * HASHES_PER_DIFFICULTY / seconds) : OptionalDouble.empty();
    }
}
