package org.stratumj.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.testkit.faults.Flow.INCOMING;
import static org.stratumj.testkit.faults.Flow.OUTGOING;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.sim.TestBed;

/// What each fault does to a connection, on any network.
abstract class FaultyNetworkContract {
    private static final Duration SOON = Duration.ofMillis(20);

    TestBed bed;

    abstract TestBed openBed();

    @BeforeEach
    void open() {
        bed = openBed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void passesEverythingWhenNothingIsWrong() {
        Pair pair = Pair.open(bed, FaultPlan.none());
        byte[] there = bytes(300_000);
        byte[] back = bytes(200_000);
        pair.client().send(there);
        pair.server().send(back);
        await(pair.server(), there.length);
        await(pair.client(), back.length);
        assertThat(pair.server().received()).isEqualTo(there);
        assertThat(pair.client().received()).isEqualTo(back);
        assertThat(pair.client().events).contains("read complete");
        pair.client().close();
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.client().failure).isNull();
        assertThat(pair.client().events.getLast()).isEqualTo("closed");
        assertThat(pair.network().injected()).isZero();
        assertThat(pair.network().pipes()).isEmpty();
    }

    @Test
    void keepsTheOrderOfDelayedBytes() {
        Pair pair = Pair.open(
                bed,
                FaultPlan.of(
                        new Fault.Delay(OUTGOING, Duration.ZERO, SOON, Fault.FOREVER),
                        new Fault.Delay(INCOMING, Duration.ZERO, SOON, Fault.FOREVER)));
        byte[] sent = bytes(1_000);
        for (int i = 0; i < sent.length; i += 10) {
            pair.client().send(Arrays.copyOfRange(sent, i, i + 10));
            pair.server().send(Arrays.copyOfRange(sent, i, i + 10));
        }
        await(pair.server(), sent.length);
        await(pair.client(), sent.length);
        assertThat(pair.server().received()).isEqualTo(sent);
        assertThat(pair.client().received()).isEqualTo(sent);
        assertThat(pair.network().injected(FaultKind.DELAY)).isEqualTo(2);
    }

    @Test
    void splitsToSingleBytes() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Split(INCOMING, 1), new Fault.Split(OUTGOING, 1)));
        byte[] sent = bytes(500);
        pair.server().send(sent);
        pair.client().send(sent);
        await(pair.client(), sent.length);
        await(pair.server(), sent.length);
        assertThat(pair.client().received()).isEqualTo(sent);
        assertThat(pair.server().received()).isEqualTo(sent);
        assertThat(pair.client().pieces).hasSize(500).containsOnly(1);
        assertThat(pair.network().injected(FaultKind.SPLIT)).isEqualTo(2);
    }

    @Test
    void flipsOneBitAtAPosition() {
        Pair pair = Pair.open(
                bed,
                FaultPlan.none()
                        .at(OUTGOING, 0, new Fault.Corrupt(OUTGOING, 7))
                        .at(OUTGOING, 123, new Fault.Corrupt(OUTGOING, 0))
                        .at(INCOMING, 499, new Fault.Corrupt(INCOMING, 3)));
        byte[] sent = bytes(500);
        pair.client().send(sent);
        pair.server().send(sent);
        await(pair.server(), sent.length);
        await(pair.client(), sent.length);
        byte[] there = sent.clone();
        there[0] ^= (byte) 0x80;
        there[123] ^= 1;
        byte[] back = sent.clone();
        back[499] ^= 8;
        assertThat(pair.server().received()).isEqualTo(there);
        assertThat(pair.client().received()).isEqualTo(back);
        assertThat(pair.network().injected(FaultKind.CORRUPT)).isEqualTo(3);
    }

    @Test
    void swallowsBytesFromAPositionOn() {
        Pair pair = Pair.open(
                bed,
                FaultPlan.none()
                        .at(OUTGOING, 100, new Fault.Drop(OUTGOING, 50))
                        .at(OUTGOING, 400, new Fault.Drop(OUTGOING)));
        byte[] sent = bytes(1_000);
        pair.client().send(sent);
        pair.client().close();
        bed.await(() -> pair.server().isClosed());
        byte[] left = new byte[350];
        System.arraycopy(sent, 0, left, 0, 100);
        System.arraycopy(sent, 150, left, 100, 250);
        assertThat(pair.server().received()).isEqualTo(left);
        assertThat(pair.network().injected(FaultKind.DROP)).isEqualTo(2);
    }

    @Test
    void holdsBytesWhileStalled() {
        Pair pair = Pair.open(
                bed,
                FaultPlan.none()
                        .at(OUTGOING, 10, new Fault.Stall(OUTGOING))
                        .at(INCOMING, 20, new Fault.Stall(INCOMING)));
        byte[] sent = bytes(100);
        pair.client().send(sent);
        pair.server().send(sent);
        await(pair.server(), 10);
        await(pair.client(), 20);
        pair.faulty().resume();
        await(pair.server(), 100);
        await(pair.client(), 100);
        assertThat(pair.server().received()).isEqualTo(sent);
        assertThat(pair.client().received()).isEqualTo(sent);
        assertThat(pair.network().injected(FaultKind.STALL)).isEqualTo(2);
    }

    /// Goal: a stalled pipe feels like a peer that does not read, on both sides. Method: both send until the pipe says
    /// that it is full.
    @Test
    void slowsTheSenderDownWhileStalled() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Stall(INCOMING), new Fault.Stall(OUTGOING)));
        byte[] sent = bytes(20 << 20);
        for (RecordingPipe end : List.of(pair.client(), pair.server())) {
            end.onLane(() -> {
                int at = 0;
                while (at < sent.length && end.pipe().isWritable()) {
                    end.pipe().write(sent, at, 1 << 10);
                    end.pipe().flush();
                    at += 1 << 10;
                }
                end.events.add(at < sent.length ? "full" : "never full");
            });
        }
        bed.await(() -> pair.client().events.contains("full"));
        bed.await(() -> pair.server().events.contains("full"));
        assertThat(pair.client().receivedBytes()).isZero();
        assertThat(pair.server().receivedBytes()).isZero();
        pair.faulty().resume();
        bed.await(() -> pair.client().events.contains("writable"));
        bed.await(() -> pair.server().receivedBytes() >= FaultyPipe.HIGH_WATER_BYTES);
        int there = pair.server().receivedBytes();
        assertThat(pair.server().received()).isEqualTo(Arrays.copyOf(sent, there));
    }

    @Test
    void tellsTheOwnerOfACut() {
        Pair pair = Pair.open(bed, FaultPlan.none().at(OUTGOING, 77, new Fault.Cut()));
        byte[] sent = bytes(200);
        pair.client().send(sent);
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.server().received()).isEqualTo(Arrays.copyOf(sent, 77));
        assertThat(pair.client().failure).isInstanceOf(IOException.class).hasMessage("connection reset by a fault");
        assertThat(pair.client().events).containsOnlyOnce("closed");
        assertThat(pair.network().injected(FaultKind.CUT)).isEqualTo(1);
        assertThat(pair.network().pipes()).isEmpty();
    }

    @Test
    void cutsInTheMiddleOfWhatArrives() {
        Pair pair = Pair.open(bed, FaultPlan.none().at(INCOMING, 33, new Fault.Cut()));
        byte[] sent = bytes(200);
        pair.server().send(sent);
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.client().received()).isEqualTo(Arrays.copyOf(sent, 33));
        assertThat(pair.client().events.getLast()).isEqualTo("closed");
    }

    @Test
    void cutsByHand() {
        Pair pair = Pair.open(bed, new FaultyNetwork(bed.network(), Faults.none()));
        pair.faulty().cut();
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.client().failure).isInstanceOf(IOException.class);
    }

    @Test
    void leavesTheOwnerInTheDarkWhenItsSideIsHalfClosed() {
        Pair pair = Pair.open(
                bed, FaultPlan.none().at(OUTGOING, 50, new Fault.HalfClose(OUTGOING, Duration.ofMillis(100))));
        byte[] sent = bytes(200);
        pair.client().send(sent);
        bed.await(() -> pair.server().isClosed());
        assertThat(pair.server().received()).isEqualTo(Arrays.copyOf(sent, 50));
        assertThat(pair.server().failure).isNull();
        assertThat(pair.client().events).doesNotContain("closed");
        pair.client().send(sent);
        bed.await(() -> pair.client().isClosed());
        assertThat(pair.client().failure).hasMessageContaining("half closed");
        assertThat(pair.network().injected(FaultKind.HALF_CLOSE)).isEqualTo(1);
    }

    @Test
    void leavesThePeerInTheDarkWhenTheOwnerSeesAnEnd() {
        Pair pair = Pair.open(
                bed, FaultPlan.none().at(INCOMING, 50, new Fault.HalfClose(INCOMING, Duration.ofMillis(100))));
        byte[] sent = bytes(200);
        pair.server().send(sent);
        bed.await(() -> pair.client().isClosed());
        assertThat(pair.client().received()).isEqualTo(Arrays.copyOf(sent, 50));
        assertThat(pair.client().failure).isNull();
        assertThat(pair.server().events).doesNotContain("closed");
        bed.await(() -> pair.server().isClosed());
        assertThat(pair.client().events).containsOnlyOnce("closed");
    }

    @Test
    void sendsWhatIsDelayedBeforeItCloses() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Delay(OUTGOING, SOON)));
        byte[] sent = bytes(5_000);
        pair.client().send(sent);
        pair.client().close();
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.server().received()).isEqualTo(sent);
        assertThat(pair.client().failure).isNull();
    }

    @Test
    void deliversWhatIsDelayedBeforeTheEnd() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Delay(INCOMING, SOON)));
        byte[] sent = bytes(5_000);
        pair.server().send(sent);
        pair.server().close();
        bed.await(() -> pair.client().isClosed());
        assertThat(pair.client().received()).isEqualTo(sent);
        assertThat(pair.client().failure).isNull();
    }

    @Test
    void deliversNothingAfterAClose() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Stall(INCOMING)));
        pair.server().send(bytes(100));
        pair.client().onLane(() -> pair.client().pipe().close(false));
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.client().events).containsExactly("closed");
    }

    @Test
    void endsWhatLastsWhenFaultsGoOff() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Stall(OUTGOING)).at(OUTGOING, 100, new Fault.Cut()));
        byte[] sent = bytes(250);
        pair.client().send(Arrays.copyOf(sent, 50));
        bed.await(() -> pair.network().injected(FaultKind.STALL) == 1);
        pair.network().faultsOff();
        pair.client().send(Arrays.copyOfRange(sent, 50, 250)); // past the cut, which does not happen
        await(pair.server(), 250);
        assertThat(pair.server().received()).isEqualTo(sent);
        assertThat(pair.network().injected(FaultKind.CUT)).isZero();
    }

    @Test
    void beginsPlannedFaultsAgainWhenFaultsGoOn() {
        FaultyNetwork network =
                new FaultyNetwork(bed.network(), _ -> FaultPlan.none().at(OUTGOING, 100, new Fault.Cut()));
        network.faultsOff();
        Pair pair = Pair.open(bed, network);
        pair.client().send(bytes(50));
        await(pair.server(), 50);
        network.faultsOn();
        pair.client().send(bytes(51));
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.server().receivedBytes()).isEqualTo(100);
    }

    @Test
    void cutsWhatHasLostBytesWhenFaultsGoOff() {
        Pair pair = Pair.open(bed, FaultPlan.of(new Fault.Drop(OUTGOING)));
        pair.client().send(bytes(50));
        bed.await(() -> pair.network().injected(FaultKind.DROP) == 1);
        pair.network().faultsOff();
        bed.await(() -> pair.client().isClosed() && pair.server().isClosed());
        assertThat(pair.client().failure).hasMessage("bytes were lost");
        assertThat(pair.network().injected(FaultKind.CUT)).isZero();
    }

    @Test
    void endsEveryPipeWhenItIsClosed() {
        Pair stalled = Pair.open(bed, FaultPlan.of(new Fault.Stall(INCOMING)));
        stalled.server().send(bytes(100));
        stalled.server().close();
        stalled.network().close();
        assertThat(stalled.client().events).contains("closed");
    }

    @Test
    void tellsOfEachFault() {
        List<String> told = new CopyOnWriteArrayList<>();
        FaultyNetwork network = new FaultyNetwork(
                bed.network(),
                pipe -> pipe.dialled() ? FaultPlan.of(new Fault.Corrupt(OUTGOING, 1)) : FaultPlan.none(),
                (pipe, fault) -> told.add(pipe.number() + " " + fault.kind()));
        Pair pair = Pair.open(bed, network);
        pair.client().send(bytes(2));
        await(pair.server(), 2);
        pair.faulty().inject(new Fault.Cut());
        bed.await(() -> pair.client().isClosed());
        assertThat(told).containsExactly("0 CORRUPT", "0 CUT");
    }

    void await(RecordingPipe end, int bytes) {
        bed.await(() -> end.receivedBytes() >= bytes);
        assertThat(end.receivedBytes()).isEqualTo(bytes);
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
