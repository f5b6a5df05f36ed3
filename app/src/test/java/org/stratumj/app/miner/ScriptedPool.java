package org.stratumj.app.miner;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.testkit.TestAuthority;

/// A pool whose work the test gives out by hand, and that checks each share by itself. Can be stopped and started
/// again on the same port, as another process would.
final class ScriptedPool {
    static final long VERSION = 0x2000_0000L;

    /// Difficulty 1: no share of a test is a block.
    static final long NBITS = 0x1d00_ffffL;

    static final long N_TIME = 1_763_640_000L;
    static final int EXTRANONCE_SIZE = 6;

    final List<MiningToServer> received = new CopyOnWriteArrayList<>();
    final List<JudgedShare> shares = new CopyOnWriteArrayList<>();

    /// Target of channels to be opened.
    volatile U256 target = target(16);

    volatile boolean versionRolling = true;
    volatile long serverFlags;

    /// What requests for channels are answered with instead of success; nothing at all if it gives nothing.
    volatile @Nullable Function<Long, List<MiningToClient>> answerToOpen;

    /// Error code for a share; empty accepts it.
    volatile Function<JudgedShare, Optional<String>> verdict = this::verdictOf;

    private final Network network;
    private final TestAuthority authority;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile @Nullable ServerContext<MiningToClient> miners;
    private volatile @Nullable Tip tip;
    private @Nullable Sv2ServerService service;
    private int port;

    /// @param prevHash of the tip
    private record Tip(U256 prevHash, long nBits) {}

    ScriptedPool(Network network, TestAuthority authority) {
        this.network = network;
        this.authority = authority;
    }

    ScriptedPool start() throws Sv2ServiceException {
        Sv2ServerService starting = Sv2ServerService.builder(network)
                .name("scripted pool")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .security(authority.server())
                .mining(new Handler())
                .build();
        starting.start();
        service = starting;
        port = starting.localAddress().getPort();
        return this;
    }

    Sv2ServerService service() {
        return Objects.requireNonNull(service);
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", port, authority.client());
    }

    /// Refuses channels from now on.
    void refuseChannels(String code) {
        answerToOpen = requestId -> List.of(new OpenMiningChannelError(requestId, Str0255.of(code)));
    }

    /// The chain has this tip: each channel gets a job for it, and SetNewPrevHash.
    void tip(int number) {
        tip(hash(number), NBITS);
    }

    void tip(U256 prevHash, long nBits) {
        tip = new Tip(prevHash, nBits);
        forEach(Channel::newTip);
    }

    /// Another job on the present tip.
    void job() {
        forEach(channel -> List.of(channel.job(OptionalLong.of(N_TIME))));
    }

    /// Sets the target of every channel.
    void retarget(U256 next) {
        target = next;
        forEach(channel -> {
            channel.target = next;
            return List.of(new SetTarget(channel.id, next));
        });
    }

    /// Closes every channel.
    void closeChannels(String reason) {
        forEach(channel -> List.of(new CloseChannel(channel.id, Str0255.of(reason))));
    }

    /// Sends something to each channel, which gives it its id.
    void send(Function<Long, MiningToClient> message) {
        forEach(channel -> List.of(message.apply(channel.id)));
    }

    <T extends MiningToServer> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// A target that one hash in so many meets.
    static U256 target(long hashes) {
        byte[] bigEndian = BigInteger.ONE
                .shiftLeft(256)
                .divide(BigInteger.valueOf(hashes))
                .subtract(BigInteger.ONE)
                .toByteArray();
        byte[] littleEndian = new byte[32];
        for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
            littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return U256.of(littleEndian);
    }

    static U256 hash(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[1] = 0x55;
        return U256.of(bytes);
    }

    private Optional<String> verdictOf(JudgedShare share) {
        if (!share.onTip()) {
            return Optional.of("stale-share");
        }
        return share.meets(JudgedShare.number(target.bytes())) ? Optional.empty() : Optional.of("difficulty-too-low");
    }

    private void forEach(Function<Channel, List<MiningToClient>> action) {
        Objects.requireNonNull(miners)
                .forEach(
                        Peer.class,
                        peer -> Effect.reply(peer.channels.values().stream()
                                .flatMap(channel -> action.apply(channel).stream())
                                .toList()));
    }

    private final class Handler implements Sv2MiningServerHandler {
        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public void onStart(ServerContext<MiningToClient> context) {
            miners = context;
        }

        @Override
        public SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
            return new SetupVerdict.Accept(proposed.version(), serverFlags);
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> downstream) {
            return new Peer(downstream);
        }
    }

    private final class Peer implements PeerHandler<MiningToServer, MiningToClient> {
        private final int number = connections.incrementAndGet();
        private final Downstream<MiningToClient> downstream;
        private final Map<Long, Channel> channels = new HashMap<>();

        Peer(Downstream<MiningToClient> downstream) {
            this.downstream = downstream;
        }

        @Override
        public Effect<MiningToClient> onMessage(MiningToServer message) {
            List<MiningToClient> answer = switch (message) {
                case OpenStandardMiningChannel open -> open(open.requestId(), 0);
                case OpenExtendedMiningChannel open -> open(open.requestId(), EXTRANONCE_SIZE);
                case SubmitSharesStandard share -> judge(share);
                case SubmitSharesExtended share -> judge(share);
                case CloseChannel close -> {
                    channels.remove(close.channelId());
                    yield List.of();
                }
                case UpdateChannel _, SetCustomMiningJob _ -> List.of();
            };
            received.add(message);
            return Effect.reply(answer);
        }

        private List<MiningToClient> open(long requestId, int extranonceSize) {
            var instead = answerToOpen;
            if (instead != null) {
                return instead.apply(requestId);
            }
            Channel channel = new Channel(this, lastId.incrementAndGet(), extranonceSize);
            channels.put(channel.id, channel);
            List<MiningToClient> messages = new ArrayList<>();
            messages.add(
                    extranonceSize == 0
                            ? new OpenStandardMiningChannelSuccess(
                                    requestId, channel.id, channel.target, channel.prefix, 1_000_000)
                            : new OpenExtendedMiningChannelSuccess(
                                    requestId, channel.id, channel.target, extranonceSize, channel.prefix, 1_000_000));
            if (tip != null) {
                messages.addAll(channel.newTip());
            }
            return messages;
        }

        private List<MiningToClient> judge(SubmitSharesStandard share) {
            Channel channel = Objects.requireNonNull(channels.get(share.channelId()), "channel is open");
            return channel.judge(
                    share.jobId(), share.sequenceNumber(), share.nonce(), share.nTime(), share.version(), new byte[0]);
        }

        private List<MiningToClient> judge(SubmitSharesExtended share) {
            Channel channel = Objects.requireNonNull(channels.get(share.channelId()), "channel is open");
            return channel.judge(
                    share.jobId(),
                    share.sequenceNumber(),
                    share.nonce(),
                    share.nTime(),
                    share.version(),
                    share.extranonce().bytes());
        }
    }

    private final class Channel {
        private final Peer peer;
        private final long id;
        private final int extranonceSize;
        private final Bytes prefix;
        private final Map<Long, MiningToClient> jobs = new HashMap<>();
        private final Map<Long, SetNewPrevHash> tipOfJob = new HashMap<>();
        private U256 target = ScriptedPool.this.target;
        private @Nullable SetNewPrevHash present;
        private long presentSince;

        Channel(Peer peer, long id, int extranonceSize) {
            this.peer = peer;
            this.id = id;
            this.extranonceSize = extranonceSize;
            this.prefix = Bytes.of(new byte[] {7, (byte) id});
        }

        List<MiningToClient> newTip() {
            Tip chain = Objects.requireNonNull(tip);
            long jobId = lastId.get() + 1;
            SetNewPrevHash next = new SetNewPrevHash(id, jobId, chain.prevHash(), N_TIME, chain.nBits());
            present = next;
            presentSince = peer.downstream.lane().nanoTime();
            return List.of(job(OptionalLong.empty()), next);
        }

        MiningToClient job(OptionalLong minNTime) {
            long jobId = lastId.incrementAndGet();
            MiningToClient job = extranonceSize == 0 ? standard(jobId, minNTime) : extended(jobId, minNTime);
            jobs.put(jobId, job);
            tipOfJob.put(jobId, Objects.requireNonNull(present));
            return job;
        }

        List<MiningToClient> judge(
                long jobId, long sequenceNumber, long nonce, long nTime, long version, byte[] extranonce) {
            SetNewPrevHash builtOn = Objects.requireNonNull(tipOfJob.get(jobId), "job is known");
            byte[] header = JudgedShare.header(version, builtOn, merkleRoot(jobId, extranonce), nTime, nonce);
            long allowed = N_TIME + (peer.downstream.lane().nanoTime() - presentSince) / 1_000_000_000L;
            JudgedShare share = new JudgedShare(
                    peer.number,
                    id,
                    sequenceNumber,
                    jobId,
                    Bytes.of(header),
                    JudgedShare.number(JudgedShare.sha256d(header)),
                    Math.max(0, nTime - allowed),
                    version ^ VERSION,
                    extranonce.length,
                    builtOn.equals(present));
            shares.add(share);
            return List.of(verdict.apply(share)
                    .<MiningToClient>map(code -> new SubmitSharesError(id, sequenceNumber, Str0255.of(code)))
                    .orElseGet(() -> new SubmitSharesSuccess(id, sequenceNumber, 1, 1)));
        }

        private byte[] merkleRoot(long jobId, byte[] extranonce) {
            return jobs.get(jobId) instanceof NewExtendedMiningJob job
                    ? JudgedShare.merkleRoot(job, prefix.bytes(), extranonce)
                    : ((NewMiningJob) Objects.requireNonNull(jobs.get(jobId)))
                            .merkleRoot()
                            .bytes();
        }

        private NewMiningJob standard(long jobId, OptionalLong minNTime) {
            byte[] root = JudgedShare.sha256d(new byte[] {(byte) jobId, (byte) (jobId >> 8)});
            return new NewMiningJob(id, jobId, minNTime, VERSION, U256.of(root));
        }

        private NewExtendedMiningJob extended(long jobId, OptionalLong minNTime) {
            String scriptSigSize = "%02x".formatted(prefix.size() + extranonceSize);
            Bytes start = Bytes.ofHex("02000000" + "01" + "00".repeat(32) + "ffffffff" + scriptSigSize);
            // Sequence, one output of a value that differs from job to job, lock time.
            Bytes end = Bytes.ofHex("ffffffff" + "01" + "%08x".formatted(jobId) + "00000000" + "0151" + "00000000");
            return new NewExtendedMiningJob(
                    id, jobId, minNTime, VERSION, versionRolling, List.of(hash(101), hash(102)), start, end);
        }
    }
}
