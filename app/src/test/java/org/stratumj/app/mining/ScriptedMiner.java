package org.stratumj.app.mining;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.mining.Mined.Share;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2MiningClientHandler;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.service.Upstream;

/// A miner that does what the test says and keeps what it is sent. Hashes for real, a nonce at a time.
public final class ScriptedMiner implements Sv2MiningClientHandler {
    /// So slow that the pool gives the easiest target it has.
    private static final float NOMINAL = 0.01f;

    public final List<MiningToClient> received = new CopyOnWriteArrayList<>();
    public final List<ClientEvent> events = new CopyOnWriteArrayList<>();
    public final List<UnknownMessage> unknown = new CopyOnWriteArrayList<>();
    public final List<CloseReason> downs = new CopyOnWriteArrayList<>();

    private final TestBed bed;
    private final String worker;
    private final long flags;
    private final Sv2ClientService service;
    private volatile @Nullable Upstream<MiningToServer> upstream;
    private volatile @Nullable ClientChannels channels;
    private long sequenceNumber;

    public ScriptedMiner(TestBed bed, Endpoint pool, String worker, long flags) throws Sv2ServiceException {
        this.bed = bed;
        this.worker = worker;
        this.flags = flags;
        this.service = Sv2ClientService.builder(bed.network())
                .name(worker)
                .mining(List.of(pool), this)
                .limits(ConnectionLimits.defaults())
                .build();
        service.start();
    }

    public Sv2ClientService service() {
        return service;
    }

    public boolean isUp() {
        return upstream != null;
    }

    public ScriptedMiner awaitUp() {
        bed.await(this::isUp);
        return this;
    }

    /// Asks for a standard channel and does not wait.
    public void openStandard(Target maxTarget) {
        onLane(ours -> sent(ours.openStandard(Str0255.of(worker), NOMINAL, maxTarget)));
    }

    /// Asks for an extended channel and does not wait.
    public void openExtended(Target maxTarget) {
        onLane(ours -> sent(ours.openExtended(Str0255.of(worker), NOMINAL, maxTarget, 8)));
    }

    /// The first channel with work, once there is one.
    public MiningWork work() {
        bed.await(() -> isUp()
                && onLane(ours -> ours.channels().stream()
                        .anyMatch(channel -> channel.work().isPresent())));
        return onLane(ours -> ours.channels().stream()
                .flatMap(channel -> channel.work().stream())
                .findFirst()
                .orElseThrow());
    }

    /// The id of the first open channel.
    public long channelId() {
        return onLane(ours -> ours.channels().iterator().next().id());
    }

    /// Waits for work on this tip.
    public MiningWork workOn(Hash256 tip) {
        bed.await(() -> work().tip().prevHash().equals(tip));
        return work();
    }

    /// A share of the first channel whose hash is as wanted.
    public Share find(MiningWork on, Predicate<Hash256> wanted) {
        return Mined.share(on, 0, wanted);
    }

    /// Submits a share of the first channel, good or bad.
    ///
    /// @return its sequence number
    public long submit(Share share) {
        long number = ++sequenceNumber;
        onLane(ours -> {
            ClientChannel channel = ours.channels().iterator().next();
            return sent(
                    share.extranonce().size() == 0
                            ? new SubmitSharesStandard(
                                    channel.id(), number, share.jobId(), share.nonce(), share.nTime(), share.version())
                            : new SubmitSharesExtended(
                                    channel.id(),
                                    number,
                                    share.jobId(),
                                    share.nonce(),
                                    share.nTime(),
                                    share.version(),
                                    share.extranonce(),
                                    Tlvs.NONE));
        });
        return number;
    }

    public void send(MiningToServer message) {
        onLane(_ -> sent(message));
    }

    /// Sends a message that must not be sent now: a second SetupConnection.
    public void violate() {
        sendAnything(new SetupConnection(
                0,
                2,
                2,
                0,
                Str0255.of("localhost"),
                1,
                Str0255.of("x"),
                Str0255.of(""),
                Str0255.of(""),
                Str0255.of("")));
    }

    @SuppressWarnings("unchecked") // the type is what keeps honest clients from it
    public void sendAnything(Sv2Message message) {
        Upstream<Sv2Message> anything = (Upstream<Sv2Message>) (Upstream<?>) Objects.requireNonNull(upstream);
        anything.lane().execute(() -> anything.send(frame(message)));
    }

    private static EncodedFrame frame(Sv2Message message) {
        return message instanceof UnknownMessage unknown
                ? EncodedFrame.forwarding(unknown, unknown.channelId().orElseThrow())
                : EncodedFrame.of(message);
    }

    public <M extends MiningToClient> List<M> received(Class<M> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// Waits for a message.
    public <M extends MiningToClient> M await(Class<M> type, Predicate<M> wanted) {
        bed.await(() -> received(type).stream().anyMatch(wanted));
        return received(type).stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public long requestedFlags() {
        return flags;
    }

    @Override
    public long acceptedServerFlags() {
        return MiningFlags.REQUIRES_FIXED_VERSION;
    }

    @Override
    public Effect<MiningToServer> onUp(Upstream<MiningToServer> connected) {
        channels = new ClientChannels(
                MiningFlags.of(flags, connected.info().setup().serverFlags()));
        upstream = connected;
        return Effect.none();
    }

    @Override
    public Effect<MiningToServer> onMessage(MiningToClient message) {
        events.addAll(ours().on(message));
        received.add(message);
        return Effect.none();
    }

    @Override
    public Effect<MiningToServer> onUnknown(UnknownMessage message) {
        unknown.add(message);
        return Effect.none();
    }

    @Override
    public void onDown(CloseReason reason) {
        upstream = null;
        downs.add(reason);
    }

    private MiningToServer sent(MiningToServer message) {
        Objects.requireNonNull(upstream).send(message);
        return message;
    }

    private ClientChannels ours() {
        return Objects.requireNonNull(channels);
    }

    /// The state of channels belongs to the lane.
    private <T> T onLane(Function<ClientChannels, T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Objects.requireNonNull(upstream, "connected").lane().execute(() -> {
            try {
                result.complete(task.apply(ours()));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return bed.await(result);
    }
}
