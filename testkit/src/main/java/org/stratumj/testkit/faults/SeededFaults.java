package org.stratumj.testkit.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.stratumj.testkit.faults.FaultPlan.Planned;
import org.stratumj.testkit.faults.FaultPlan.Trigger.After;

/// Faults of each kind as a Poisson process, up to the first that ends the pipe.
record SeededFaults(long seed, FaultRates rates) implements Faults {
    /// Pipes that live longer are left in peace afterwards.
    static final Duration PLANNED_MAX = Duration.ofDays(1);

    /// Faults of one kind on one pipe, at most.
    static final int OF_ONE_KIND_MAX = 1_000;

    private static final double NANOS_PER_HOUR = 3.6e12;
    private static final int SPLIT_BYTES_MAX = 64;

    @Override
    public FaultPlan plan(PipeOrigin pipe) {
        var random = new SplittableRandom(seed ^ (pipe.number() + 1) * 0x9e3779b97f4a7c15L);
        List<Planned> planned = new ArrayList<>();
        long end = planEnd(random, planned);
        for (FaultKind kind : List.of(FaultKind.DELAY, FaultKind.SPLIT, FaultKind.CORRUPT, FaultKind.STALL)) {
            planUntil(end, kind, random, planned);
        }
        return new FaultPlan(random.nextLong(), planned);
    }

    /// Plans the fault that ends the pipe, the first of its kinds.
    ///
    /// @return its time
    private long planEnd(RandomGenerator random, List<Planned> planned) {
        long end = PLANNED_MAX.toNanos();
        FaultKind how = null;
        for (FaultKind kind : List.of(FaultKind.DROP, FaultKind.HALF_CLOSE, FaultKind.CUT)) {
            long at = next(0, kind, random);
            if (at < end) {
                end = at;
                how = kind;
            }
        }
        if (how != null) {
            planned.add(at(end, fault(how, random)));
        }
        if (how == FaultKind.DROP) { // as a network does that lost a route: at last somebody gives up
            planned.add(at(end + span(random).toNanos(), new Fault.Cut()));
        }
        return end;
    }

    private void planUntil(long end, FaultKind kind, RandomGenerator random, List<Planned> planned) {
        long at = next(0, kind, random);
        for (int i = 0; i < OF_ONE_KIND_MAX && at < end; i++) {
            planned.add(at(at, fault(kind, random)));
            at = next(at, kind, random);
        }
    }

    /// The time of the next fault of a kind, in nanoseconds since the pipe opened.
    private long next(long from, FaultKind kind, RandomGenerator random) {
        double rate = rates.of(kind);
        return rate == 0
                ? Long.MAX_VALUE
                : from
                        + (long) Math.min(
                                random.nextExponential() * NANOS_PER_HOUR / rate, (double) PLANNED_MAX.toNanos());
    }

    private Fault fault(FaultKind kind, RandomGenerator random) {
        Flow flow = random.nextBoolean() ? Flow.INCOMING : Flow.OUTGOING;
        return switch (kind) {
            case DELAY -> new Fault.Delay(flow, Duration.ZERO, upTo(rates.delayMax(), random), span(random));
            case SPLIT -> new Fault.Split(flow, 1 + random.nextInt(SPLIT_BYTES_MAX), span(random));
            case CORRUPT -> new Fault.Corrupt(flow, random.nextInt(Byte.SIZE));
            case DROP -> new Fault.Drop(flow);
            case STALL -> new Fault.Stall(flow, span(random));
            case HALF_CLOSE -> new Fault.HalfClose(flow, span(random));
            case CUT -> new Fault.Cut();
        };
    }

    private Duration span(RandomGenerator random) {
        return upTo(rates.spanMax(), random);
    }

    private static Duration upTo(Duration max, RandomGenerator random) {
        return Duration.ofNanos(1 + random.nextLong(max.toNanos()));
    }

    private static Planned at(long nanos, Fault fault) {
        return new Planned(new After(Duration.ofNanos(nanos)), fault);
    }
}
