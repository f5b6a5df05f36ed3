package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();

    private long now;

    @Test
    void admitsUpToConnectionsMax() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(2).perSourceMax(9).halfOpenMax(9)));
        assertThat(admission.admit(from("10.0.0.1"), 0)).isInstanceOf(Admission.Slot.class);
        assertThat(admission.admit(from("10.0.0.2"), 0)).isInstanceOf(Admission.Slot.class);
        assertThat(refusal(admission, "10.0.0.3")).isEqualTo("connectionsMax of 2 reached");
    }

    @Test
    void countsHalfOpenUntilSetUpOrGone() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(9).perSourceMax(9).halfOpenMax(2)));
        Admission.Slot first = admitted(admission, "10.0.0.1");
        Admission.Slot second = admitted(admission, "10.0.0.1");
        assertThat(refusal(admission, "10.0.0.1")).isEqualTo("halfOpenMax of 2 reached");

        first.setUp();
        first.setUp();
        second.release();
        admitted(admission, "10.0.0.1");
        admitted(admission, "10.0.0.1");
        assertThat(refusal(admission, "10.0.0.1")).isEqualTo("halfOpenMax of 2 reached");
        assertThat(admission.open()).isEqualTo(3);
    }

    @Test
    void countsIpv4AddressesOneByOne() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(9).perSourceMax(1).halfOpenMax(9)));
        admitted(admission, "10.0.0.1");
        assertThat(refusal(admission, "10.0.0.1")).isEqualTo("perSourceMax of 1 reached for 10.0.0.1");
        admitted(admission, "10.0.0.2");
    }

    @Test
    void countsDevicesThatSayWhoTheyAre() {
        Admission admission = new Admission(LIMITS.with(change -> change.perDeviceMax(2)));
        Admission.Slot first = admitted(admission, "10.0.0.1");
        assertThat(first.identify("device-7")).isTrue();
        assertThat(admitted(admission, "10.0.0.2").identify("device-7")).isTrue();
        Admission.Slot third = admitted(admission, "10.0.0.3");
        assertThat(third.identify("device-7")).isFalse();
        third.release();
        for (int i = 0; i < 3; i++) {
            assertThat(admitted(admission, "10.0.0.4").identify("")).isTrue();
            assertThat(admitted(admission, "10.0.0.4").identify("device-" + i)).isTrue();
        }

        first.release();
        first.release();
        assertThat(admitted(admission, "10.0.0.3").identify("device-7")).isTrue();
        assertThat(admitted(admission, "10.0.0.3").identify("device-7")).isFalse();
        assertThat(admission.devices()).isEqualTo(4);
    }

    @Test
    void keepsNoDevicesWithoutABound() {
        Admission admission = new Admission(LIMITS);
        assertThat(admitted(admission, "10.0.0.1").identify("device-7")).isTrue();
        assertThat(admission.devices()).isZero();
    }

    @Test
    void countsIpv6AddressesByTheirNetwork() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(9).perSourceMax(1).halfOpenMax(9)));
        admitted(admission, "2001:db8:1:2::1");
        assertThat(refusal(admission, "2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isEqualTo("perSourceMax of 1 reached for 2001:db8:1:2:0:0:0:0");
        admitted(admission, "2001:db8:1:3::1");
    }

    @Test
    void forgetsSourcesWithoutConnections() {
        Admission admission = new Admission(LIMITS);
        Admission.Slot slot = admitted(admission, "10.0.0.1");
        slot.release();
        slot.release();
        assertThat(admission.sources()).isZero();
        assertThat(admission.open()).isZero();
        assertThat(admission.halfOpen()).isZero();
    }

    @Test
    void refusalsLeaveNoTrace() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(9).perSourceMax(1).halfOpenMax(9)));
        Admission.Slot slot = admitted(admission, "10.0.0.1");
        refusal(admission, "10.0.0.1");
        assertThat(admission.open()).isEqualTo(1);
        slot.release();
        admitted(admission, "10.0.0.1");
    }

    @Test
    void halfOpenStormPushesItselfOutAndNotWhoCameJustNow() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(9).perSourceMax(9).halfOpenMax(2)));
        List<CloseReason> pushedOut = new ArrayList<>();
        Admission.Slot oldest = admitted(admission, "10.0.0.1");
        oldest.occupy(pushedOut::add);
        now = Admission.UNDISTURBED.toNanos() - 1;
        admitted(admission, "10.0.0.1").occupy(reason -> fail("pushed out: " + reason));
        assertThat(refusal(admission, "10.0.0.2")).isEqualTo("halfOpenMax of 2 reached");
        assertThat(pushedOut).isEmpty();

        now++;
        admitted(admission, "10.0.0.2");
        assertThat(pushedOut)
                .singleElement()
                .satisfies(reason ->
                        assertThat(reason.text()).isEqualTo("halfOpenMax of 2 reached, and not set up after 1000 ms"));
        assertThat(refusal(admission, "10.0.0.2")).isEqualTo("halfOpenMax of 2 reached");
        assertThat(admission.halfOpen()).isEqualTo(2);

        oldest.release();
        assertThat(admission.halfOpen()).isEqualTo(2);
        assertThat(admission.open()).isEqualTo(2);
    }

    /// Goal: one address that opens connections without end keeps no other out, and loses its own. Method: it takes its
    /// places again and again, each time with more time gone.
    @Test
    void oneSourcePushesOutOnlyItsOwn() {
        Admission admission = new Admission(LIMITS.with(change ->
                change.connectionsMax(99).perSourceMax(99).halfOpenMax(4).halfOpenPerSourceMax(3)));
        List<String> pushedOut = new ArrayList<>();
        Admission.Slot honest = admitted(admission, "10.0.0.2");
        honest.occupy(reason -> fail("pushed out: " + reason));
        for (int i = 0; i < 3; i++) {
            int number = i;
            admitted(admission, "10.0.0.1").occupy(reason -> pushedOut.add(number + ": " + reason.text()));
        }
        assertThat(refusal(admission, "10.0.0.1")).isEqualTo("halfOpenPerSourceMax of 3 reached for 10.0.0.1");
        assertThat(refusal(admission, "10.0.0.3")).isEqualTo("halfOpenMax of 4 reached");

        now = Admission.UNDISTURBED.toNanos();
        admitted(admission, "10.0.0.1").occupy(reason -> {});
        admitted(admission, "10.0.0.1").occupy(reason -> {});
        String text = ": halfOpenPerSourceMax of 3 reached for 10.0.0.1, and not set up after 1000 ms";
        assertThat(pushedOut).containsExactly("0" + text, "1" + text);
        assertThat(admission.halfOpen()).isEqualTo(4);

        honest.setUp();
        admitted(admission, "10.0.0.3");
        assertThat(admission.halfOpen()).isEqualTo(4);
        assertThat(admission.halfOpenSources()).isEqualTo(2);
    }

    /// Goal: a place that another source takes is counted for that one, and no longer for the first.
    @Test
    void placeTakenByAnotherSourceCountsForIt() {
        Admission admission = new Admission(LIMITS.with(change ->
                change.connectionsMax(99).perSourceMax(99).halfOpenMax(2).halfOpenPerSourceMax(2)));
        List<CloseReason> pushedOut = new ArrayList<>();
        Admission.Slot first = admitted(admission, "10.0.0.1");
        Admission.Slot second = admitted(admission, "10.0.0.1");
        first.occupy(pushedOut::add);
        second.occupy(pushedOut::add);
        now = Admission.UNDISTURBED.toNanos();
        Admission.Slot third = admitted(admission, "10.0.0.2");
        Admission.Slot fourth = admitted(admission, "10.0.0.3");
        assertThat(pushedOut).hasSize(2);
        assertThat(admission.halfOpenSources()).isEqualTo(2);

        List.of(first, second, third, fourth).forEach(Admission.Slot::release);
        assertThat(admission.halfOpen()).isZero();
        assertThat(admission.halfOpenSources()).isZero();
    }

    @Test
    void countsHalfOpenIpv6AddressesByTheirNetwork() {
        Admission admission = new Admission(LIMITS.with(change -> change.halfOpenPerSourceMax(1)));
        admitted(admission, "2001:db8:1:2::1");
        assertThat(refusal(admission, "2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isEqualTo("halfOpenPerSourceMax of 1 reached for 2001:db8:1:2:0:0:0:0");
        admitted(admission, "2001:db8:1:3::1");
    }

    @Test
    void pushesNobodyOutForWhoIsRefused() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(9).perSourceMax(1).halfOpenMax(1)));
        admitted(admission, "10.0.0.1").occupy(reason -> fail("pushed out: " + reason));
        now = Duration.ofHours(1).toNanos();
        assertThat(refusal(admission, "10.0.0.1")).isEqualTo("perSourceMax of 1 reached for 10.0.0.1");
    }

    @Test
    void pushesNobodyOutWhoIsSetUp() {
        Admission admission = new Admission(
                LIMITS.with(change -> change.connectionsMax(9).perSourceMax(9).halfOpenMax(1)));
        Admission.Slot slot = admitted(admission, "10.0.0.1");
        slot.occupy(reason -> fail("pushed out: " + reason));
        slot.setUp();
        now = Duration.ofHours(1).toNanos();
        admitted(admission, "10.0.0.2");
        assertThat(refusal(admission, "10.0.0.3")).isEqualTo("halfOpenMax of 1 reached");
    }

    @Test
    void holdsItsBoundsFromManyThreads() {
        Admission admission = new Admission(LIMITS.with(change ->
                change.connectionsMax(50).perSourceMax(20).halfOpenMax(30).halfOpenPerSourceMax(10)));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                RandomGenerator random = new Random(seed);
                all.add(CompletableFuture.runAsync(() -> comeAndGo(admission, random), threads));
            }
            all.forEach(CompletableFuture::join);
        }
        assertThat(admission.open()).isZero();
        assertThat(admission.halfOpen()).isZero();
        assertThat(admission.sources()).isZero();
        assertThat(admission.halfOpenSources()).isZero();
    }

    private static void comeAndGo(Admission admission, RandomGenerator random) {
        List<Admission.Slot> slots = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (!slots.isEmpty() && random.nextInt(100) < 45) {
                slots.remove(random.nextInt(slots.size())).release();
            } else if (admission.admit(
                            from("10.0.0." + random.nextInt(5)),
                            i * Duration.ofMillis(1).toNanos())
                    instanceof Admission.Slot slot) {
                slot.occupy(reason -> {});
                slots.add(slot);
            }
            if (admission.open() > 50) {
                throw new AssertionError("over the bound: " + admission.open());
            }
        }
        slots.forEach(Admission.Slot::release);
    }

    private Admission.Slot admitted(Admission admission, String source) {
        return (Admission.Slot) admission.admit(from(source), now);
    }

    private String refusal(Admission admission, String source) {
        return ((Admission.Refusal) admission.admit(from(source), now)).reason().text();
    }

    private static InetSocketAddress from(String source) {
        try {
            return new InetSocketAddress(InetAddress.getByName(source), 1);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
