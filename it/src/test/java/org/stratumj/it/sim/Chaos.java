package org.stratumj.it.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.stratumj.it.sim.Chronicle.Count;
import org.stratumj.testkit.faults.Fault;
import org.stratumj.testkit.faults.FaultKind;
import org.stratumj.testkit.faults.FaultPlan;
import org.stratumj.testkit.faults.FaultPlan.Planned;
import org.stratumj.testkit.faults.FaultPlan.Trigger.After;
import org.stratumj.testkit.faults.FaultRates;
import org.stratumj.testkit.faults.Faults;

/// What goes wrong in a world, by its seed: processes crash or are stopped and come back, the node is away, and
/// connections suffer all that [FaultKind] has.
///
/// The transport is in plaintext, where an altered byte may make another valid message, as it could not with Noise. So
/// bytes are altered only between miners and their servers, where one connection has the damage, and such a connection
/// is cut before long: in life it would have been closed at once.
final class Chaos {
    /// How much worse than the mildest the worst world is.
    private static final double INTENSITY_MAX = 8;

    /// A process crashes, or is stopped, or the node goes, on average so often in the mildest world.
    private static final Duration PROCESS_FAULT_EVERY = Duration.ofMinutes(2);

    private static final Duration DOWN_MAX = Duration.ofSeconds(90);
    private static final Duration ALTERED_MAX = Duration.ofSeconds(20);

    /// Faults of each kind per connection and hour, in the mildest.
    private static final double PER_HOUR = 0.7;

    private final World world;
    private final SplittableRandom random;
    private final double intensity;
    private final Map<String, Long> byKind = new TreeMap<>();
    private boolean on;

    Chaos(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
        intensity = Math.pow(INTENSITY_MAX, random.nextDouble());
    }

    /// Faults so far, by kind.
    Map<String, Long> byKind() {
        return byKind;
    }

    void begin() {
        on = true;
        world.cast().all().forEach(site -> site.faults(true));
        next();
    }

    /// Nothing goes wrong from now on, and all that is down comes back.
    void end() {
        on = false;
        world.node().away(false);
        world.cast().all().forEach(site -> {
            site.faults(false);
            if (!site.isRunning()) {
                site.start(false);
            }
        });
    }

    /// What goes wrong on the connections that a site dials, of one process.
    ///
    /// @param altering whether bytes may be altered
    Faults faults(boolean altering) {
        double perHour = PER_HOUR * intensity;
        FaultRates rates = FaultRates.each(perHour).with(FaultKind.CORRUPT, altering ? perHour : 0);
        Faults seeded = Faults.seeded(random.nextLong(), rates);
        return pipe -> endingAltered(seeded.plan(pipe));
    }

    void onFault(Site site, Fault fault) {
        counted(site.toString(), fault.kind().name(), fault);
        if (fault.kind() == FaultKind.CORRUPT || fault.kind() == FaultKind.DROP) {
            world.altered(site);
        }
    }

    private FaultPlan endingAltered(FaultPlan plan) {
        List<Planned> faults = new ArrayList<>(plan.faults());
        for (Planned planned : plan.faults()) {
            if (planned.what() instanceof Fault.Corrupt && planned.when() instanceof After(Duration time)) {
                faults.add(new Planned(new After(time.plus(upTo(ALTERED_MAX))), new Fault.Cut()));
            }
        }
        return new FaultPlan(plan.seed(), faults);
    }

    private void next() {
        double millis = -Math.log(1 - random.nextDouble()) * PROCESS_FAULT_EVERY.toMillis() / intensity;
        world.lane().schedule(this::strike, Duration.ofMillis((long) millis));
    }

    private void strike() {
        if (!on) {
            return;
        }
        int choice = random.nextInt(10);
        if (choice == 0) {
            leave();
        } else {
            Site site = anySite();
            if (site.isRunning()) {
                if (choice < 6) {
                    crash(site);
                } else {
                    stop(site);
                }
            }
        }
        next();
    }

    private void leave() {
        if (!world.node().isAway()) {
            counted("node", "NODE_AWAY", "away");
            world.node().away(true);
            world.lane().schedule(() -> world.node().away(false), upTo(DOWN_MAX));
        }
    }

    private void crash(Site site) {
        counted(site.toString(), "CRASH", "crash");
        site.crash();
        startLater(site);
    }

    private void stop(Site site) {
        counted(site.toString(), "STOP", "stop");
        AtomicBoolean stopped = new AtomicBoolean();
        int which = site.started();
        site.stop().thenRun(() -> {
            stopped.set(true);
            startLater(site);
        });
        world.lane()
                .schedule(
                        () -> world.chronicle()
                                .check(
                                        stopped.get() || site.started() != which,
                                        site.toString(),
                                        "it did not stop within " + Site.STOP_MAX.toSeconds() + " s"),
                        Site.STOP_MAX);
    }

    private void startLater(Site site) {
        world.lane().schedule(() -> start(site), upTo(DOWN_MAX));
    }

    /// Some servers may start at any time; a template provider needs its node.
    private void start(Site site) {
        if (site.isRunning()) {
            return;
        }
        if (world.node().isAway() && world.cast().needsNode(site)) {
            startLater(site);
        } else {
            world.chronicle().tell(site.toString(), "start");
            site.start(on);
        }
    }

    private Site anySite() {
        List<Site> sites = world.cast().all();
        return sites.get(random.nextInt(sites.size()));
    }

    private void counted(String where, String kind, Object what) {
        world.chronicle().count(Count.FAULTS);
        world.chronicle().tell(where, what);
        world.chronicle().digest(kind.hashCode());
        byKind.merge(kind, 1L, Long::sum);
    }

    private Duration upTo(Duration max) {
        return Duration.ofMillis(1 + random.nextLong(max.toMillis()));
    }
}
