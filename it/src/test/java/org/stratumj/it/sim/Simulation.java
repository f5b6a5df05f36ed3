package org.stratumj.it.sim;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.log.Logging;
import org.stratumj.it.sim.Chronicle.Count;

/// `./check sim`: runs worlds and says what happened in them. The last line is a summary; the exit status is 1 if an
/// invariant did not hold.
public final class Simulation {
    private static final int LINES_SHOWN = 60;
    private static final long ADVERSARY_HASHES = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int hours;
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<String, Long> faults = new TreeMap<>();
    private long broken;

    private Simulation(int hours) {
        this.hours = hours;
    }

    /// Runs one world for each seed.
    ///
    /// @param arguments the first seed, how many from there on, simulated hours of each
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        int seeds = Integer.parseInt(arguments[1]);
        Simulation simulation = new Simulation(Integer.parseInt(arguments[2]));
        for (long seed = first; seed < first + seeds; seed++) {
            simulation.run(seed);
        }
        simulation.summary(seeds);
        if (simulation.broken > 0) {
            System.exit(1);
        }
    }

    private void run(long seed) {
        long begun = cpuNanos();
        World world = new World(seed);
        Chronicle chronicle = world.chronicle();
        // Errors are our own faults, never those of peers.
        Logging.to(line -> chronicle.broken("log", line), LogLevel.ERROR, true);
        world.run(hours);
        double seconds = (cpuNanos() - begun) / NANOS_PER_SECOND;
        System.out.printf(
                "seed %d, %s: %s, refused %s, %d blocks accepted, %d tasks, digest %s, %.1f s of one core%n",
                seed,
                world.cast(),
                text(chronicle.counts()),
                world.refusals(),
                world.blocks().accepted(),
                world.network().tasksRun(),
                chronicle.digest(),
                seconds);
        chronicle
                .violation()
                .ifPresent(violation -> System.out.printf(
                        "%sBROKEN with seed %d at %s%n", chronicle.lastLines(LINES_SHOWN), seed, violation));
        List<String> paid = new CreditAdversary(seed).run(ADVERSARY_HASHES).paid();
        if (!paid.isEmpty()) {
            System.out.printf("BROKEN with seed %d: an adversary was credited more than its work, %s%n", seed, paid);
        }
        broken += chronicle.violation().isPresent() || !paid.isEmpty() ? 1 : 0;
        chronicle.counts().forEach((count, number) -> counts.merge(count, number, Long::sum));
        world.chaos().byKind().forEach((kind, number) -> faults.merge(kind, number, Long::sum));
    }

    private void summary(int seeds) {
        System.out.println("faults: " + faults);
        System.out.printf("%d seeds of %d simulated hours: %s; %d broken%n", seeds, hours, text(counts), broken);
    }

    private static String text(Map<Count, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
