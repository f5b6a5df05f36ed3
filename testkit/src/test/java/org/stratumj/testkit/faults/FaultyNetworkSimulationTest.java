package org.stratumj.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.testkit.faults.Flow.INCOMING;
import static org.stratumj.testkit.faults.Flow.OUTGOING;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.TestBed;

@ParameterizedClass(name = "seed {0}")
@ValueSource(longs = {1, 2, 3, 20261120})
final class FaultyNetworkSimulationTest extends FaultyNetworkContract {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    @Parameter
    private long seed;

    @Override
    TestBed openBed() {
        return TestBed.simulated(seed);
    }

    @Test
    void delaysByTheTimeItWasTold() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Delay(OUTGOING, SECOND, SECOND, Duration.ofSeconds(10))));
        pair.client().send(bytes(10));
        advance(SECOND.minusNanos(1));
        assertThat(pair.server().receivedBytes()).isZero();
        advance(Duration.ofNanos(1));
        assertThat(pair.server().receivedBytes()).isEqualTo(10);
        advance(Duration.ofSeconds(9));
        pair.client().send(bytes(10));
        sim().run();
        assertThat(pair.server().receivedBytes()).isEqualTo(20); // the span is over
    }

    @Test
    void stallsForItsSpan() {
        Pair pair = Pair.open(
                bed, FaultPlan.none().after(Duration.ofSeconds(5), new Fault.Stall(INCOMING, Duration.ofSeconds(3))));
        advance(Duration.ofSeconds(5));
        pair.server().send(bytes(10));
        advance(Duration.ofSeconds(3).minusNanos(1));
        assertThat(pair.client().receivedBytes()).isZero();
        advance(Duration.ofNanos(1));
        assertThat(pair.client().receivedBytes()).isEqualTo(10);
    }

    @Test
    void waitsWhileTheOwnerDoesNotRead() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Delay(INCOMING, SECOND)));
        pair.server().send(bytes(100));
        pair.server().close();
        sim().run();
        pair.client().onLane(() -> pair.client().pipe().readable(false));
        advance(Duration.ofMinutes(1));
        assertThat(pair.client().events).isEmpty();
        pair.client().onLane(() -> pair.client().pipe().readable(true));
        sim().run();
        assertThat(pair.client().receivedBytes()).isEqualTo(100);
        assertThat(pair.client().isClosed()).isTrue();
    }

    @Test
    void waitsForTheFlush() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Delay(OUTGOING, SECOND)));
        pair.client().onLane(() -> pair.client().pipe().write(bytes(10), 0, 10));
        advance(Duration.ofMinutes(1));
        assertThat(pair.server().receivedBytes()).isZero();
        assertThat(pair.client().pipe().queuedBytes()).isEqualTo(10);
        pair.client().onLane(() -> pair.client().pipe().flush());
        advance(SECOND);
        assertThat(pair.server().receivedBytes()).isEqualTo(10);
        assertThat(pair.client().pipe().queuedBytes()).isZero();
    }

    @Test
    void boundsTheTimeOfAClose() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Stall(OUTGOING)));
        pair.client().send(bytes(10));
        pair.client().close();
        advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(pair.client().isClosed()).isFalse();
        advance(Duration.ofNanos(1));
        assertThat(pair.client().isClosed()).isTrue();
        assertThat(pair.client().failure).isNull();
        assertThat(pair.server().receivedBytes()).isZero();
    }

    @Test
    void holdsNoMoreThanItsBound() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Delay(INCOMING, SECOND)));
        pair.server().send(bytes(2 << 20));
        sim().run();
        long held = (2 << 20) - pair.server().pipe().queuedBytes();
        assertThat(held).isBetween((long) FaultyPipe.WAITING_BYTES_MAX, FaultyPipe.WAITING_BYTES_MAX + (128L << 10));
        bed.await(() -> pair.client().receivedBytes() == 2 << 20);
        assertThat(pair.client().received()).isEqualTo(bytes(2 << 20));
    }

    @Test
    void replaysExactly() {
        FaultRates rates = FaultRates.each(600).withDelayMax(SECOND).withSpanMax(Duration.ofSeconds(10));
        List<String> first = storm(seed, rates);
        assertThat(first).hasSizeGreaterThan(20);
        assertThat(storm(seed, rates)).isEqualTo(first);
        assertThat(storm(seed + 1, rates)).isNotEqualTo(first);
    }

    /// Ten minutes of a client that talks each second and dials again when its connection is gone: all that happens.
    private static List<String> storm(long seed, FaultRates rates) {
        List<String> events = new ArrayList<>();
        try (SimBed bed = new SimBed(new SimNetwork(seed))) {
            FaultyNetwork network = new FaultyNetwork(
                    bed.network(), Faults.seeded(seed, rates), (pipe, fault) -> events.add(pipe + ": " + fault));
            while (bed.network().clock().instant().isBefore(START.plus(Duration.ofMinutes(10)))) {
                Pair pair = Pair.open(bed, network);
                while (!pair.client().isClosed()) {
                    pair.client().send(bytes(100));
                    pair.server().send(bytes(100));
                    bed.network().advance(SECOND);
                }
                events.add(pair.client().failure + " " + pair.client().pieces + " " + pair.server().pieces);
                pair.server().close();
            }
            bed.network().advance(Duration.ofMinutes(1));
            events.add(network.injectedByKind().toString());
            assertThat(network.pipes()).isEmpty();
            assertThat(network.injectedByKind().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(network.injected());
            assertThat(network.injectedByKind())
                    .allSatisfy((_, count) -> assertThat(count).isPositive());
        }
        return events;
    }

    @Test
    void plansAsOftenAsItWasTold() {
        Map<FaultKind, Integer> planned = new HashMap<>();
        FaultRates rates = FaultRates.none().with(FaultKind.STALL, 10).with(FaultKind.CORRUPT, 1);
        Faults faults = Faults.seeded(seed, rates);
        for (int pipe = 0; pipe < 20; pipe++) {
            PipeOrigin origin = new PipeOrigin(pipe, true, InetSocketAddress.createUnresolved("x", 1));
            faults.plan(origin)
                    .faults()
                    .forEach(fault -> planned.merge(fault.what().kind(), 1, Integer::sum));
        }
        assertThat(planned).containsOnlyKeys(FaultKind.STALL, FaultKind.CORRUPT);
        assertThat(planned.get(FaultKind.STALL)).isBetween(4_500, 5_100); // of 20 pipes, 24 hours, 10 an hour
        assertThat(planned.get(FaultKind.CORRUPT)).isBetween(400, 560);
    }

    private SimNetwork sim() {
        return ((SimBed) bed).network();
    }

    private void advance(Duration duration) {
        sim().advance(duration);
    }
}
