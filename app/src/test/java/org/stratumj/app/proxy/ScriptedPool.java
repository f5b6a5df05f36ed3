package org.stratumj.app.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2ServiceException;

/// A pool whose jobs the test makes by hand. It hashes what it is given from its own messages alone, without the code
/// that the proxy uses, and keeps everything. Can be stopped and started again on the same port, as another process
/// would: its job ids then begin anew.
final class ScriptedPool {
    static final int HEIGHT = 500;
    static final long CHANNEL = 77;
    static final long VERSION = 0x2000_0000L;

    final List<MiningToServer> received = new CopyOnWriteArrayList<>();
    final List<UnknownMessage> unknown = new CopyOnWriteArrayList<>();
    final List<Judged> shares = new CopyOnWriteArrayList<>();

    /// What a channel is opened with.
    volatile Bytes prefix = Bytes.ofHex("a1b2c3d4");

    volatile int extranonceSize = 12;
    volatile Target target = ProxyContract.UPSTREAM;

    /// Why channels are refused, if they are.
    volatile @Nullable ErrorCode refusal;

    /// Why shares are refused, if they are.
    volatile @Nullable ErrorCode shareRefusal;

    /// Which of them, then.
    volatile Predicate<SubmitSharesExtended> refused = _ -> true;

    /// Whether shares get no answer at all.
    volatile boolean mute;

    /// Flags of SetupConnection.Success.
    volatile long serverFlags;

    private final Network network;
    private final ServerSecurity security;
    private final ClientSecurity clientSecurity;
    private final Map<Long, Job> jobs = new ConcurrentHashMap<>();
    private final Map<Long, Bytes> prefixes = new ConcurrentHashMap<>();
    private volatile @Nullable ServerContext<MiningToClient> clients;
    private @Nullable Sv2ServerService service;
    private volatile @Nullable SetNewPrevHash tip;
    private long lastJob;
    private int variant;
    private int port;

    /// A share as this pool sees it.
    ///
    /// @param known whether its job is one of this pool's
    /// @param hash  of the header it makes of the job
    record Judged(SubmitSharesExtended message, boolean known, Hash256 hash) {}

    private record Job(NewExtendedMiningJob message, SetNewPrevHash tip) {}

    ScriptedPool(Network network, ServerSecurity security, ClientSecurity clientSecurity) {
        this.network = network;
        this.security = security;
        this.clientSecurity = clientSecurity;
    }

    ScriptedPool start() throws Sv2ServiceException {
        jobs.clear();
        lastJob = 0;
        Sv2ServerService starting = Sv2ServerService.builder(network)
                .name("scripted pool")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .security(security)
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
        return new Endpoint("127.0.0.1", port, clientSecurity);
    }

    int peers() {
        ServerContext<MiningToClient> context = clients;
        return context == null ? 0 : context.peers();
    }

    /// The chain has this tip, on which blocks have to meet `nBits`: a future job and its SetNewPrevHash.
    synchronized void tip(Hash256 hash, long nTime, long nBits) {
        tip = new SetNewPrevHash(CHANNEL, 0, U256.of(hash.bytes()), nTime, nBits);
        forEach(_ -> Effect.reply(welcome()));
    }

    /// There is a better job on the tip.
    void betterJob() {
        betterJob(Objects.requireNonNull(tip).minNTime());
    }

    /// There is a better job on the tip, to be hashed from this time on.
    synchronized void betterJob(long minNTime) {
        SetNewPrevHash on = Objects.requireNonNull(tip);
        NewExtendedMiningJob job = job(OptionalLong.of(minNTime));
        jobs.put(job.jobId(), new Job(job, on));
        forEach(_ -> Effect.reply(job));
    }

    /// Jobs from now on have another prefix.
    synchronized void movePrefix(Bytes newPrefix) {
        prefix = newPrefix;
        forEach(_ -> Effect.reply(new SetExtranoncePrefix(CHANNEL, newPrefix)));
    }

    /// Sends these as they are.
    void send(MiningToClient... messages) {
        forEach(_ -> Effect.reply(List.of(messages)));
    }

    void sendAnything(Sv2Message message) {
        forEach(_ -> Effect.send(frame(message)));
    }

    private static EncodedFrame frame(Sv2Message message) {
        return message instanceof UnknownMessage unknown
                ? EncodedFrame.forwarding(unknown, unknown.channelId().orElseThrow())
                : EncodedFrame.of(message);
    }

    <M extends MiningToServer> List<M> received(Class<M> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Hash256> hashes() {
        return shares.stream().map(Judged::hash).toList();
    }

    private void forEach(Function<Client, Effect<MiningToClient>> action) {
        ServerContext<MiningToClient> context = clients;
        if (context != null) {
            context.forEach(Client.class, peer -> peer.open ? action.apply(peer) : Effect.none());
        }
    }

    private synchronized List<MiningToClient> welcome() {
        SetNewPrevHash on = tip;
        if (on == null) {
            return List.of();
        }
        NewExtendedMiningJob job = job(OptionalLong.empty());
        jobs.put(job.jobId(), new Job(job, on));
        return List.of(job, new SetNewPrevHash(CHANNEL, job.jobId(), on.prevHash(), on.minNTime(), on.nBits()));
    }

    private NewExtendedMiningJob job(OptionalLong minNTime) {
        long id = ++lastJob;
        prefixes.put(id, prefix);
        return new NewExtendedMiningJob(
                CHANNEL,
                id,
                minNTime,
                VERSION,
                true,
                List.of(
                        U256.of(hash(1_000_000 + ++variant).bytes()),
                        U256.of(hash(2_000_000).bytes())),
                coinbasePrefix(),
                coinbaseSuffix());
    }

    /// Version, one input that spends nothing, the length of its scriptSig, the height.
    private Bytes coinbasePrefix() {
        byte[] height = Coinbase.heightPush(HEIGHT + 1).bytes();
        int scriptSig = height.length + prefix.size() + extranonceSize;
        return Bytes.ofHex("02000000" + "01" + "00".repeat(32) + "ffffffff" + "%02x".formatted(scriptSig))
                .concat(Bytes.of(height));
    }

    /// Sequence, one output that anybody may spend, lock time.
    private static Bytes coinbaseSuffix() {
        return Bytes.ofHex("ffffffff" + "01" + "00f2052a01000000" + "0151" + "00000000");
    }

    static Hash256 hash(int number) {
        return Hash256.fromDisplayHex("%064x".formatted(number));
    }

    private Judged judge(SubmitSharesExtended share) {
        Job job = jobs.get(share.jobId());
        if (job == null) {
            return new Judged(share, false, Hash256.ZERO);
        }
        Bytes coinbase = job.message()
                .coinbaseTxPrefix()
                .concat(Objects.requireNonNull(prefixes.get(share.jobId())))
                .concat(share.extranonce())
                .concat(job.message().coinbaseTxSuffix());
        Hash256 root = Sha256d.hash(coinbase.bytes());
        for (U256 sibling : job.message().merklePath()) {
            root = Sha256d.hash(root.bytes(), sibling.bytes());
        }
        BlockHeader header = new BlockHeader(
                share.version(),
                Hash256.of(job.tip().prevHash().bytes()),
                root,
                share.nTime(),
                job.tip().nBits(),
                share.nonce());
        return new Judged(share, true, header.hash());
    }

    private MiningToClient answer(Judged judged) {
        SubmitSharesExtended share = judged.message();
        Optional<ErrorCode> error = !judged.known()
                ? Optional.of(ErrorCode.INVALID_JOB_ID)
                : target.isMetBy(judged.hash())
                        ? Optional.ofNullable(shareRefusal).filter(_ -> refused.test(share))
                        : Optional.of(ErrorCode.DIFFICULTY_TOO_LOW);
        return error.<MiningToClient>map(
                        code -> new SubmitSharesError(share.channelId(), share.sequenceNumber(), code.wire()))
                .orElseGet(() -> new SubmitSharesSuccess(share.channelId(), share.sequenceNumber(), 1, 1));
    }

    private final class Handler implements Sv2MiningServerHandler {
        @Override
        public long supportedFlags() {
            return MiningFlags.REQUIRES_VERSION_ROLLING;
        }

        @Override
        public SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
            return new SetupVerdict.Accept(proposed.version(), serverFlags);
        }

        @Override
        public void onStart(ServerContext<MiningToClient> context) {
            clients = context;
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
            return new Client();
        }
    }

    private final class Client implements PeerHandler<MiningToServer, MiningToClient> {
        private boolean open;

        @Override
        public Effect<MiningToClient> onMessage(MiningToServer message) {
            received.add(message);
            return switch (message) {
                case OpenExtendedMiningChannel request -> Effect.reply(onOpen(request));
                case SubmitSharesExtended share -> {
                    Judged judged = judge(share);
                    shares.add(judged);
                    yield mute ? Effect.none() : Effect.reply(answer(judged));
                }
                default -> Effect.none();
            };
        }

        @Override
        public Effect<MiningToClient> onUnknown(UnknownMessage message) {
            unknown.add(message);
            return Effect.none();
        }

        private List<MiningToClient> onOpen(OpenExtendedMiningChannel request) {
            ErrorCode no = refusal;
            if (no != null) {
                return List.of(new OpenMiningChannelError(request.requestId(), no.wire()));
            }
            open = true;
            List<MiningToClient> messages = new ArrayList<>();
            messages.add(new OpenExtendedMiningChannelSuccess(
                    request.requestId(), CHANNEL, U256.of(target.littleEndian()), extranonceSize, prefix, 1));
            messages.addAll(welcome());
            return messages;
        }
    }
}
