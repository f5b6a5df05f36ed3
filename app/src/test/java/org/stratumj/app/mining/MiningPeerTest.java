package org.stratumj.app.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Lane;
import org.stratumj.connection.NegotiatedSetup;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;

/// What one peer sends when, with a connection whose socket the test fills and empties.
class MiningPeerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);

    private final JobFactory jobs = new JobFactory(space(16), PoolTag.NONE, Payout.to(Script.P2WSH_OP_TRUE), true);
    private final TestBackend backend = new TestBackend();
    private final RecordedEvents events = new RecordedEvents();
    private final MiningServer server =
            new MiningServer("pool", MiningTerms.DEFAULT, backend, new ExtranonceLeases(3, 0), events);
    private final TestConnection connection = new TestConnection();
    private MiningPeer peer;

    @BeforeEach
    void connect() {
        tip(1);
        peer = new MiningPeer(connection, server);
        assertThat(sent(peer.onOpen())).isEmpty();
    }

    @Test
    void skipsWorkThatASlowMinerDoesNotTake() {
        open(peer);
        connection.writable = false;
        for (int number = 2; number <= 9; number++) {
            tip(number);
            assertThat(sent(peer.newest())).isEmpty();
        }
        connection.writable = true;

        List<Sv2Message> messages = sent(peer.onWritable());
        assertThat(messages)
                .extracting(Object::getClass)
                .isEqualTo(List.of(NewExtendedMiningJob.class, SetNewPrevHash.class));
        assertThat(((SetNewPrevHash) messages.getLast()).prevHash()).isEqualTo(hash(9));
        assertThat(sent(peer.newest())).isEmpty();
    }

    @Test
    void changesNoTargetOfAMinerThatMayKnowNewerWorkFromAnotherConnection() {
        long channel = ((OpenExtendedMiningChannelSuccess) open(peer).getFirst()).channelId();
        U256 harder = U256.of(Target.DIFFICULTY_1.littleEndian());
        connection.writable = false;
        tip(2);

        assertThat(sent(peer.onMessage(new UpdateChannel(channel, 1, harder)))).isEmpty();
        assertThat(sent(peer.tick())).isEmpty();
        assertThat(sent(peer.onMessage(new UpdateChannel(channel + 7, 1, harder))))
                .hasOnlyElementsOfType(UpdateChannelError.class);

        connection.writable = true;
        List<Sv2Message> messages = sent(peer.onWritable());
        assertThat(messages)
                .extracting(Object::getClass)
                .isEqualTo(List.of(NewExtendedMiningJob.class, SetNewPrevHash.class, SetTarget.class));
        assertThat(messages.getLast()).isEqualTo(new SetTarget(channel, harder));
    }

    @Test
    void opensChannelsForASlowMinerOnTheWorkItHas() {
        connection.writable = false;
        tip(2);
        assertThat(sent(peer.newest())).isEmpty();

        List<Sv2Message> messages = open(peer);
        assertThat(messages.getFirst()).isInstanceOf(OpenExtendedMiningChannelSuccess.class);
        assertThat(((SetNewPrevHash) messages.getLast()).prevHash()).isEqualTo(hash(1));
    }

    @Test
    void sharesEncodedFramesWithOtherPeers() {
        MiningPeer other = new MiningPeer(new TestConnection(), server);
        open(peer);
        open(other);
        tip(2);

        List<EncodedFrame> ours = frames(peer.newest());
        List<EncodedFrame> theirs = frames(other.newest());
        assertThat(ours).hasSize(2);
        assertThat(theirs).hasSize(2);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(theirs.get(i)).isSameAs(ours.get(i));
        }
    }

    @Test
    void sendsAMinerAwayWhenExtranoncesGetAnotherSize() {
        open(peer);
        backend.work = backend.work.withSpace(space(8));
        assertThat(peer.newest())
                .isInstanceOfSatisfying(
                        Effect.Close.class,
                        close -> assertThat(close.reason().text()).contains("other sizes"));
    }

    @Test
    @Tag("WRK-011")
    void saysWhichWorkerFoundARefusedShareWhereThatWasNegotiated() {
        assertThat(server.extensions().supported()).containsExactly(2);
        long channel = ((OpenExtendedMiningChannelSuccess) open(peer).getFirst()).channelId();
        Tlvs worker = Tlvs.of(new WorkerIdentity(Bytes.of("rig-1".getBytes(StandardCharsets.UTF_8))).tlv());
        var share = new SubmitSharesExtended(channel, 0, 99, 0, 0, 0, Bytes.of(new byte[16]), worker);

        peer.onMessage(share);
        connection.extensions = Set.of(2);
        peer.onMessage(share);
        assertThat(events.texts()).hasSize(2);
        assertThat(events.texts().getFirst()).contains("bob").doesNotContain("rig-1");
        assertThat(events.texts().getLast()).contains("bob, worker rig-1");
    }

    @Test
    void cutsTheNamesThatAPeerMakesUp() {
        connection.extensions = Set.of(2);
        String user = "u".repeat(255);
        Tlvs worker = Tlvs.of(new WorkerIdentity(Bytes.of("w".repeat(32).getBytes(StandardCharsets.UTF_8))).tlv());
        long channel = ((OpenExtendedMiningChannelSuccess) sent(peer.onMessage(new OpenExtendedMiningChannel(
                                1, Str0255.of(user), 1, U256.of(Target.MAX.littleEndian()), 8)))
                        .getFirst())
                .channelId();
        peer.onMessage(new SubmitSharesExtended(channel, 0, 99, 0, 0, 0, Bytes.of(new byte[16]), worker));
        assertThat(events.texts())
                .singleElement()
                .asString()
                .contains(", " + "u".repeat(PeerInfo.SHOWN_MAX) + "…, worker " + "w".repeat(32));
    }

    @Test
    void saysWhichDifficultyARefusedShareWasJudgedBy() {
        tip(2, Target.fromCompact(0x1700ffffL));
        peer.newest();
        long channel = ((OpenExtendedMiningChannelSuccess) open(peer).getFirst()).channelId();
        U256 harder = U256.of(Target.DIFFICULTY_1.littleEndian());
        assertThat(sent(peer.onMessage(new UpdateChannel(channel, 1, harder))))
                .containsExactly(new SetTarget(channel, harder));

        long job = backend.work.active().orElseThrow().id();
        peer.onMessage(new SubmitSharesExtended(
                channel, 0, job, 0, NOW.getEpochSecond(), 0x2000_0000L, Bytes.of(new byte[16]), Tlvs.NONE));

        assertThat(events.texts().getLast()).contains("difficulty-too-low", "difficulty wanted 1.0E-5");
    }

    /// Goal: a peer whose messages bring nothing is closed, whatever kind they are, and gets the answer to the last.
    @Test
    void closesAPeerWhoseMessagesBringNothing() {
        for (int i = 0; i < FruitlessMessages.FRUITLESS_MAX - 4; i++) {
            assertThat(sent(peer.onMessage(refused(99)))).hasSize(1);
        }
        assertThat(sent(peer.onMessage(new UpdateChannel(99, 1, hash(1))))).hasSize(1);
        assertThat(sent(peer.onMessage(new CloseChannel(99, Str0255.of("no such channel")))))
                .isEmpty();
        assertThat(sent(peer.onMessage(new OpenExtendedMiningChannel(1, Str0255.of("bob"), 1, hash(0), 8))))
                .hasOnlyElementsOfType(OpenMiningChannelError.class);

        assertThat(steps(peer.onMessage(refused(99))))
                .extracting(Object::getClass)
                .isEqualTo(List.of(Effect.Reply.class, Effect.Close.class));
    }

    private static List<Effect<MiningToClient>> steps(Effect<MiningToClient> effect) {
        return effect instanceof Effect.All<MiningToClient>(var steps) ? steps : List.of(effect);
    }

    /// Goal: a proxy is never closed for the shares that its miners send on the old tip. Method: a thousand
    /// channels, each with a share a second for half a minute, all of them stale.
    @Test
    void keepsAProxyWithAThousandChannelsAfterAChangeOfTheTip() {
        List<Long> opened = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            opened.add(((OpenExtendedMiningChannelSuccess) open(peer).getFirst()).channelId());
        }
        for (int second = 0; second < 29; second++) {
            opened.forEach(channel ->
                    assertThat(sent(peer.onMessage(refused(channel)))).hasSize(1));
        }
    }

    private static SubmitSharesExtended refused(long channel) {
        return new SubmitSharesExtended(channel, 0, 99, 0, 0, 0, Bytes.of(new byte[16]), Tlvs.NONE);
    }

    @Test
    void givesItsPartOfTheSearchSpaceBackWhenItIsGone() {
        open(peer);
        assertThat(server.leases().taken()).isEqualTo(1);
        peer.onClose(new CloseReason.Remote());
        server.leases().newTip();
        server.leases().newTip();
        assertThat(server.leases().taken()).isZero();
    }

    private void tip(int number) {
        tip(number, Target.MAX);
    }

    private void tip(int number, Target target) {
        jobs.onNewTemplate(new NewTemplate(
                number,
                true,
                0x2000_0000L,
                2,
                Bytes.of(Coinbase.heightPush(500 + number).bytes()),
                Range.U32_MAX,
                312_500_000,
                0,
                Bytes.EMPTY,
                0,
                List.of(hash(1000 + number))));
        backend.work = jobs.onSetNewPrevHash(new org.stratumj.protocol.template.SetNewPrevHash(
                number, hash(number), NOW.getEpochSecond(), 0x207f_ffffL, U256.of(target.littleEndian())));
    }

    private List<Sv2Message> open(MiningPeer opening) {
        return sent(opening.onMessage(
                new OpenExtendedMiningChannel(1, Str0255.of("bob"), 1, U256.of(Target.MAX.littleEndian()), 8)));
    }

    private static ExtranonceSpace space(int rollable) {
        return new ExtranonceSpace(Bytes.of(new byte[1]), 3, 4 + rollable);
    }

    private static U256 hash(int number) {
        return U256.of(Hash256.fromDisplayHex("%064x".formatted(number)).bytes());
    }

    private static List<Sv2Message> sent(Effect<MiningToClient> effect) {
        return switch (effect) {
            case Effect.None<MiningToClient> _ -> List.of();
            case Effect.Reply<MiningToClient>(var messages) -> List.copyOf(messages);
            case Effect.Send<MiningToClient>(EncodedFrame frame) -> List.of(decoded(frame));
            case Effect.All<MiningToClient>(var steps) ->
                steps.stream().flatMap(step -> sent(step).stream()).toList();
            default -> throw new AssertionError(effect);
        };
    }

    private static List<EncodedFrame> frames(Effect<MiningToClient> effect) {
        List<EncodedFrame> frames = new ArrayList<>();
        if (effect instanceof Effect.Send<MiningToClient>(EncodedFrame frame)) {
            frames.add(frame);
        } else if (effect instanceof Effect.All<MiningToClient>(var steps)) {
            steps.forEach(step -> frames.addAll(frames(step)));
        }
        return frames;
    }

    private static Sv2Message decoded(EncodedFrame frame) {
        byte[] payload = frame.frame().payload().bytes();
        return MessageRegistry.core().decode(frame.frame().header(), payload, 0, payload.length);
    }

    private static final class TestBackend implements MiningBackend {
        private Work work = Work.none(space(16));

        @Override
        public Work work() {
            return work;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Target hardest() {
            return MiningTerms.DEFAULT.policy().targets().hardest();
        }

        @Override
        public Payout payout() {
            return Payout.to(Script.P2WSH_OP_TRUE);
        }

        @Override
        public ShareVerdict onShare(ConnectionId miner, ShareVerdict verdict) {
            return verdict;
        }
    }

    private static final class TestConnection implements Downstream<MiningToClient> {
        private boolean writable = true;
        private Set<Integer> extensions = Set.of();

        @Override
        public PeerInfo info() {
            return new PeerInfo(
                    new ConnectionId(7),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234),
                    new NegotiatedSetup(Subprotocol.MINING, 2, 0, 0),
                    "test",
                    "");
        }

        @Override
        public Set<Integer> extensions() {
            return extensions;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public Lane lane() {
            return new StoppedLane();
        }

        @Override
        public void send(MiningToClient message) {
            throw new UnsupportedOperationException("a peer returns effects");
        }

        @Override
        public void send(EncodedFrame frame) {
            throw new UnsupportedOperationException("a peer returns effects");
        }

        @Override
        public <R extends Sv2Message> CompletionStage<R> request(
                MiningToClient message, Class<R> reply, Duration timeout) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("nobody answers here"));
        }

        @Override
        public void close(CloseReason reason) {
            throw new UnsupportedOperationException("a peer returns effects");
        }
    }

    /// A lane on which it is always the same time.
    private static final class StoppedLane implements Lane {
        @Override
        public void execute(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant now() {
            return NOW;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
