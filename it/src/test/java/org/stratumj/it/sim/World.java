package org.stratumj.it.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.connection.Lane;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.it.sim.Chronicle.Count;
import org.stratumj.miner.Solution;
import org.stratumj.node.SubmitOutcome;

/// A node, a template provider, two pools, some proxies and some dozens of miners, on one thread and virtual time; what
/// the seed decides, and what is checked.
///
/// Each simulated hour ends with some minutes in which nothing goes wrong: then everybody has to mine again.
final class World {
    /// The quiet end of each hour.
    private static final Duration QUIET = Duration.ofMinutes(7);

    /// The last part of it, when everybody has had the time to find a way.
    private static final Duration CALM = Duration.ofMinutes(4);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SCAN_EVERY = Duration.ofMinutes(1);

    /// Timers of one end of a connection and what stands behind it, and of a process besides.
    private static final int TIMERS_PER_PIPE = 4;

    private static final int TIMERS_PER_SITE = 4;

    /// Open ends of connections per site, on average: who comes back before the old connection is missed has two, with
    /// two ends each.
    private static final int PIPES_PER_SITE = 4;

    private final SimNetwork network;
    private final Lane lane;
    private final Chronicle chronicle;
    private final BlockBooks blocks;
    private final SimNode node;
    private final Cast cast;
    private final Chaos chaos;
    private final Map<Site, MiningBooks> books = new LinkedHashMap<>();
    private final Grants grants = new Grants();
    private final Map<String, Long> refusals = new TreeMap<>();
    private boolean calm;
    private long pipesTapped;

    World(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        network = new SimNetwork(seed);
        lane = network.newLane();
        chronicle = new Chronicle(lane::nanoTime);
        blocks = new BlockBooks(chronicle, lane::nanoTime);
        node = new SimNode(network.process("node", 1, "10.0.1.1"), random.nextLong(), this::judged);
        chaos = new Chaos(this, random.split());
        cast = new Cast(this, random.split());
    }

    /// Lets so many hours pass, or less if an invariant does not hold.
    World run(int hours) {
        return run(hours, HOUR);
    }

    /// The same with rounds that are not an hour long.
    World run(int rounds, Duration length) {
        cast.all().forEach(site -> site.start(false));
        for (int round = 0; round < rounds && isSound(); round++) {
            chaos.begin();
            pass(length.minus(QUIET));
            chaos.end();
            pass(QUIET.minus(CALM));
            Map<Site, Long> before = credited();
            calm = true;
            pass(CALM);
            calm = false;
            checkThatEverybodyMines(before);
        }
        if (isSound()) {
            end();
        }
        return this;
    }

    Chronicle chronicle() {
        return chronicle;
    }

    BlockBooks blocks() {
        return blocks;
    }

    /// Refused shares by error code.
    Map<String, Long> refusals() {
        Map<String, Long> all = new TreeMap<>(refusals);
        books.values().forEach(book -> add(all, book));
        return all;
    }

    Chaos chaos() {
        return chaos;
    }

    Cast cast() {
        return cast;
    }

    SimNode node() {
        return node;
    }

    SimNetwork network() {
        return network;
    }

    /// For what the world itself does.
    Lane lane() {
        return lane;
    }

    /// A mining server starts anew: its wire is seen from now on.
    Network tapped(Site site, Network below) {
        Optional<String> grantee = cast.isPool(site) ? Optional.empty() : Optional.of(site.address());
        MiningBooks fresh = new MiningBooks(site + "." + site.started(), grants, grantee, chronicle);
        books.put(site, fresh);
        return new TappedNetwork(below, pipe -> tapped(fresh, pipe));
    }

    /// The process of a mining server is gone.
    void gone(Site site) {
        add(refusals, books.remove(site));
        blocks.lostWith(site.toString());
    }

    /// Bytes are altered or lost on connections from this site.
    void altered(Site site) {
        books.values().stream()
                .flatMap(book -> book.taps().stream())
                .filter(tap -> tap.source().equals(site.address()))
                .forEach(MiningTap::suspect);
    }

    /// A miner found what makes a block.
    void solved(Site site, Solution solution) {
        if (calm && solution.work().prevHash().equals(node.tip().hash())) {
            blocks.solvedInCalm(site.toString(), solution.hash());
        }
    }

    void onEvent(Site site, RoleEvent event) {
        chronicle.tell(site.toString(), event);
        switch (event) {
            case RoleEvent.BlockFound found
            when cast.isPool(site) -> blocks.foundByPool(site.toString(), hash(found.hash()));
            case RoleEvent.BlockOvertaken overtaken -> blocks.explained(hash(overtaken.hash()));
            case RoleEvent.BlockRejected rejected -> blocks.explained(hash(rejected.hash()));
            case RoleEvent.BlockAccepted accepted -> blocks.explained(hash(accepted.hash()));
            default -> {}
        }
    }

    /// Everybody stops, and nothing is left over.
    private void end() {
        cast.all().reversed().forEach(Site::stop);
        network.advance(Site.STOP_MAX);
        cast.all().forEach(site -> chronicle.check(!site.isRunning(), site.toString(), "it does not stop"));
        chronicle.check(network.pipes() == 0, "network", () -> network.pipes() + " ends of connections are left");
        chronicle.check(node.watches() == 0, "node", () -> node.watches() + " still watch for templates");
        chronicle.check(network.timers() <= TIMERS_PER_SITE, "network", () -> network.timers() + " timers are left");
    }

    private boolean isSound() {
        return chronicle.violation().isEmpty();
    }

    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO;
                passed.compareTo(time) < 0 && isSound();
                passed = passed.plus(SCAN_EVERY)) {
            network.advance(SCAN_EVERY);
            scan();
        }
    }

    private void judged(Hash256 block, SubmitOutcome outcome) {
        blocks.judged(block, outcome);
        if (outcome instanceof SubmitOutcome.Accepted) {
            blocks.tipChanged();
        }
    }

    private TappedPipe tapped(MiningBooks server, Pipe pipe) {
        long number = pipesTapped++;
        String source = pipe.remoteAddress().getAddress().getHostAddress();
        String name = server + " " + cast.nameOf(source) + " #" + number;
        return new TappedPipe(pipe, new MiningTap(server, name, source, lane::nanoTime), chronicle, name, number);
    }

    private void scan() {
        blocks.scan();
        books.forEach(this::scan);
        int sites = cast.all().size();
        int pipes = network.pipes();
        chronicle.check(pipes <= PIPES_PER_SITE * sites, "network", () -> pipes + " ends of connections are open");
        int timers = network.timers();
        chronicle.check(
                timers <= TIMERS_PER_PIPE * pipes + TIMERS_PER_SITE * sites,
                "network",
                () -> timers + " timers wait, for " + pipes + " ends of connections");
        chronicle.check(node.watches() <= 1, "node", () -> node.watches() + " watch for templates");
        chronicle.digest(chronicle.counted(Count.MESSAGES));
    }

    private void scan(Site site, MiningBooks book) {
        book.taps().forEach(MiningTap::scan);
        int channels = site.status().channels();
        chronicle.check(
                channels == book.channels(),
                book.toString(),
                () -> channels + " channels hold search space, " + book.channels() + " are open");
        int connections = site.status().connections();
        chronicle.check(
                connections <= book.taps().size() + 1,
                book.toString(),
                () -> connections + " connections are counted, " + book.taps().size() + " from clients are open");
    }

    /// Acknowledged shares of each site, at all servers.
    private Map<Site, Long> credited() {
        Map<Site, Long> credited = new HashMap<>();
        cast.clients().forEach(site -> credited.put(site, credited(site)));
        return credited;
    }

    private long credited(Site site) {
        return books.values().stream()
                .mapToLong(book -> book.credited(site.address()))
                .sum();
    }

    private void checkThatEverybodyMines(Map<Site, Long> before) {
        before.forEach((site, shares) -> chronicle.check(
                credited(site) > shares || !isSound() || hasNothingToPassOn(site),
                site.toString(),
                () -> "no share of it was acknowledged in the last " + CALM.toMinutes() + " minutes: " + note(site)));
    }

    /// Whether it is a proxy that all miners have turned away from.
    private boolean hasNothingToPassOn(Site site) {
        return books.containsKey(site) && books.get(site).channels() == 0;
    }

    private static String note(Site site) {
        return site.isRunning() ? site.status().note() : "it does not run";
    }

    private static void add(Map<String, Long> sums, MiningBooks book) {
        Optional.ofNullable(book)
                .ifPresent(some -> some.refusals().forEach((code, count) -> sums.merge(code, count, Long::sum)));
    }

    private static Hash256 hash(String displayHex) {
        return Hash256.fromDisplayHex(displayHex);
    }
}
