package org.stratumj.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.Credit;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.Acceptor;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.SetupPolicy;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.Reconnect;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// A pool that opens channels, gives jobs and judges shares as the library does, on a chain of its own invention, and
/// misbehaves when it is told to. A share takes some 16 hashes; none is a block. Each share is answered at once.
///
/// Any thread, but for what waits: [#open] and [#close] are for the test's.
public final class TestPool {
    /// What each share has to meet, whatever a client says about its hash rate.
    public static final Target SHARE_TARGET = Target.fromCompact(0x200f_ffffL);

    private static final Target BLOCK_TARGET = Target.fromCompact(0x1700_ffffL);
    private static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.EMPTY, 3, 12);
    private static final Payout PAYOUT = Payout.to(Script.P2WSH_OP_TRUE);
    private static final ServerPolicy POLICY = ServerPolicy.DEFAULT.withTargets(
            new TargetPolicy(6, SHARE_TARGET, SHARE_TARGET, 1e22, Duration.ofSeconds(5)));
    private static final long FLAGS = MiningFlags.REQUIRES_STANDARD_JOBS | MiningFlags.REQUIRES_VERSION_ROLLING;
    private static final int HEIGHT = 1_000_000;
    private static final int MERKLE_PATH = 3;

    private final TestBed bed;
    private final ServerSecurity security;
    private final InstantSource clock;
    private final JobFactory factory = new JobFactory(SPACE, PoolTag.of("test pool"), PAYOUT, true);
    private final ExtranonceLeases leases = new ExtranonceLeases(SPACE.indexSize(), 0);
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final List<MiningToServer> received = new CopyOnWriteArrayList<>();
    private final List<ShareVerdict> verdicts = new CopyOnWriteArrayList<>();
    private @Nullable Acceptor acceptor;
    private long templates;
    private int tips;
    private volatile @Nullable ErrorCode channelRefusal;
    private volatile @Nullable ErrorCode shareRefusal;
    private volatile boolean silent;

    private TestPool(TestBed bed, ServerSecurity security) {
        this.bed = bed;
        this.security = security;
        this.clock = bed.network().clock();
    }

    /// Listens on a port of this machine, with work at hand.
    public static TestPool open(TestBed bed, ServerSecurity security) {
        TestPool pool = new TestPool(bed, security);
        pool.newTip();
        SetupPolicy policy = new SetupPolicy(Map.of(Subprotocol.MINING, FLAGS));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        pool.acceptor = bed.await(Acceptor.listen(
                bed.network(),
                address,
                security,
                ConnectionLimits.defaults(),
                policy,
                connection -> pool.new Client(connection)));
        return pool;
    }

    /// Where clients dial, and how they check it.
    public Endpoint endpoint() {
        int port = Objects.requireNonNull(acceptor).localAddress().getPort();
        return new Endpoint("127.0.0.1", port, ScriptedServer.clientSecurity(security));
    }

    /// Clients that are set up.
    public int clients() {
        return clients.size();
    }

    /// All that clients said, in the order in which it came.
    public <M extends MiningToServer> List<M> received(Class<M> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// What was found of each share, before the pool did as it was told.
    public List<ShareVerdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /// The chain has grown: a future job and SetNewPrevHash for everybody.
    public synchronized void newTip() {
        tips++;
        leases.newTip();
        factory.onNewTemplate(template(true));
        Work work = factory.onSetNewPrevHash(new SetNewPrevHash(
                templates,
                number(tips),
                clock.instant().getEpochSecond(),
                BLOCK_TARGET.toCompact(),
                U256.of(BLOCK_TARGET.littleEndian())));
        forEach(client -> client.work(work));
    }

    /// There is a better job on the same tip, for everybody.
    public synchronized void newJob() {
        Work work = factory.onNewTemplate(template(false));
        forEach(client -> client.work(work));
    }

    /// Refuses to open channels from now on, for this reason; opens them if it is null.
    public void refuseChannels(@Nullable ErrorCode reason) {
        channelRefusal = reason;
    }

    /// Refuses all shares from now on, for this reason; judges them if it is null.
    public void refuseShares(@Nullable ErrorCode reason) {
        shareRefusal = reason;
    }

    /// Answers nothing any more and sends no work, or does so again. What it is told to send it sends.
    public void silent(boolean on) {
        silent = on;
    }

    /// Sends these to everybody, whatever the protocol says about them now.
    public void send(Sv2Message... messages) {
        forEach(client -> List.of(messages).forEach(client.connection::send));
    }

    /// Sends everybody a frame whose payload is not what its type says: a SetNewPrevHash of three bytes.
    public void sendGarbage() {
        EncodedFrame garbage =
                new EncodedFrame(new Frame(new FrameHeader(0, true, 0x20, 3), Bytes.ofHex("010203")), false);
        forEach(client -> client.connection.send(garbage));
    }

    /// Asks everybody to go elsewhere. Spec: 03 §3.6.5.
    public void reconnect(Endpoint to) {
        send(new Reconnect(Str0255.of(to.host()), to.port()));
    }

    /// Ends all connections.
    public void disconnect() {
        clients.forEach(client -> client.connection.close(new CloseReason.Local("told to by the test")));
    }

    /// Accepts nobody any more; connections live on.
    public void close() {
        bed.await(Objects.requireNonNull(acceptor).close());
    }

    private void forEach(Consumer<Client> action) {
        clients.forEach(client -> client.connection.lane().execute(() -> action.accept(client)));
    }

    private synchronized Work work() {
        return factory.work();
    }

    private NewTemplate template(boolean future) {
        templates++;
        return new NewTemplate(
                templates,
                future,
                0x2000_0000L,
                2,
                Bytes.of(Coinbase.heightPush(HEIGHT + tips).bytes()),
                0xffff_fffeL,
                312_500_000,
                1,
                Bytes.of(WitnessCommitment.output(List.of()).bytes()),
                HEIGHT + tips - 1L,
                LongStream.range(0, MERKLE_PATH)
                        .mapToObj(level -> number(templates << 8 | level))
                        .toList());
    }

    private static U256 number(long value) {
        return U256.of(Bytes.written(Long.BYTES, writer -> writer.u64(value))
                .concat(Bytes.of(new byte[U256.SIZE - Long.BYTES]))
                .bytes());
    }

    /// One client, on its lane.
    private final class Client implements ConnectionHandler {
        private final Connection connection;
        private @Nullable ServerChannels channels;

        Client(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onOpen(Connection opened) {
            var setup = opened.info().setup();
            var flags = MiningFlags.of(setup.clientFlags(), setup.serverFlags());
            channels = new ServerChannels(POLICY, flags, leases, TestPool.this.work());
            clients.add(this);
        }

        @Override
        public void onMessage(Sv2Message message) {
            if (message instanceof MiningToServer request) {
                received.add(request);
                answer(answer(request, Objects.requireNonNull(channels)));
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            clients.remove(this);
            if (channels != null) {
                channels.closeAll();
            }
        }

        void work(Work newest) {
            if (channels != null) {
                answer(channels.work(newest));
            }
        }

        private List<? extends MiningToClient> answer(MiningToServer request, ServerChannels channels) {
            ErrorCode no = channelRefusal;
            return switch (request) {
                case OpenStandardMiningChannel open
                when no != null -> List.of(ServerChannels.refusal(open.requestId(), no));
                case OpenExtendedMiningChannel open
                when no != null -> List.of(ServerChannels.refusal(open.requestId(), no));
                case OpenStandardMiningChannel open -> channels.open(open, PAYOUT, now());
                case OpenExtendedMiningChannel open -> channels.open(open, PAYOUT, now());
                case UpdateChannel update -> channels.update(update, now());
                case SubmitSharesStandard share -> judged(channels.submit(share, now()), channels);
                case SubmitSharesExtended share -> judged(channels.submit(share, now()), channels);
                case SetCustomMiningJob job -> List.of(channels.refusal(job));
                case CloseChannel close -> {
                    channels.close(close.channelId());
                    yield List.of();
                }
            };
        }

        private List<? extends MiningToClient> judged(ShareVerdict found, ServerChannels channels) {
            verdicts.add(found);
            ErrorCode no = shareRefusal;
            ShareVerdict verdict = no == null ? found : found.refused(no);
            if (verdict.credit() instanceof Credit.Refused) {
                return verdict.error().stream().toList();
            }
            return channels.acknowledge(verdict, now())
                    .map(message -> List.<MiningToClient>of(message))
                    .orElseGet(() -> channels.acknowledgementsDue(Instant.MAX));
        }

        private void answer(List<? extends MiningToClient> messages) {
            if (!silent) {
                messages.forEach(connection::send);
            }
        }

        private Instant now() {
            return connection.lane().now();
        }
    }
}
