package org.stratumj.app.pool;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.service.Sv2TemplateDistributionServerHandler;
import org.stratumj.testkit.TestAuthority;

/// A template provider whose chain the test moves by hand, and that keeps what clients bring it. Can be stopped
/// and started again on the same port, as another process would.
final class ScriptedProvider {
    static final int HEIGHT = 500;
    static final long VALUE = 312_500_000;
    static final long NBITS = 0x207f_ffffL;

    final List<CoinbaseOutputConstraints> constraints = new CopyOnWriteArrayList<>();
    final List<SubmitSolution> solutions = new CopyOnWriteArrayList<>();

    private final Network network;
    private final TestAuthority authority;
    private final Map<Long, Block> blocks = new ConcurrentHashMap<>();
    private volatile @Nullable ServerContext<TemplateToClient> clients;
    private volatile @Nullable Block current;
    private @Nullable Sv2ServerService service;
    private long lastId;
    private int variant;
    private int port;

    /// A template and the tip it is for.
    private record Block(NewTemplate template, SetNewPrevHash prevHash) {}

    ScriptedProvider(Network network, TestAuthority authority) {
        this.network = network;
        this.authority = authority;
    }

    ScriptedProvider start() throws Sv2ServiceException {
        Sv2ServerService starting = Sv2ServerService.builder(network)
                .name("scripted provider")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .security(authority.server())
                .templateDistribution(new Handler())
                .build();
        starting.start();
        service = starting;
        port = starting.localAddress().getPort();
        return this;
    }

    /// Forgets all templates that it gave out, as another process.
    void forget() {
        blocks.clear();
    }

    /// Solutions of templates that it remembers.
    List<SubmitSolution> knownSolutions() {
        return solutions.stream()
                .filter(solution -> blocks.containsKey(solution.templateId()))
                .toList();
    }

    /// The service that runs, to be shut down by the test.
    Sv2ServerService service() {
        return Objects.requireNonNull(service);
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", port, authority.client());
    }

    /// The chain has this tip. Blocks on it have to meet `target`.
    synchronized void tip(Hash256 hash, long nTime, Target target) {
        NewTemplate template = template(true, ++variant);
        current = put(new Block(template, prevHash(template.templateId(), hash, nTime, target)));
        publish(true);
    }

    /// The present tip gets a template with other transactions.
    synchronized void fees() {
        Block before = Objects.requireNonNull(current);
        NewTemplate template = template(false, ++variant);
        current = put(new Block(template, before.prevHash()));
        publish(false);
    }

    /// A template for a tip that nobody knows yet.
    synchronized void future() {
        NewTemplate template = template(true, ++variant);
        forEach(_ -> Effect.reply(template));
    }

    /// A future template that is sent to no client.
    synchronized NewTemplate unsentTemplate() {
        return template(true, ++variant);
    }

    /// Sends these as they are.
    void send(TemplateToClient... messages) {
        forEach(_ -> Effect.reply(List.of(messages)));
    }

    /// The block that a solution makes of its template.
    BlockHeader header(SubmitSolution solution) {
        Block block = Objects.requireNonNull(blocks.get(solution.templateId()), "template is known");
        Hash256 root = new MerklePath(block.template().merklePath().stream()
                        .map(sibling -> Hash256.of(sibling.bytes()))
                        .toList())
                .root(coinbase(solution).txid());
        return new BlockHeader(
                solution.version(),
                Hash256.of(block.prevHash().prevHash().bytes()),
                root,
                solution.headerTimestamp(),
                block.prevHash().nBits(),
                solution.headerNonce());
    }

    static Transaction coinbase(SubmitSolution solution) {
        return Transaction.parse(solution.coinbaseTx().bytes());
    }

    private void publish(boolean newTip) {
        Block block = Objects.requireNonNull(current);
        forEach(peer -> peer.ready ? news(block, newTip) : Effect.none());
    }

    private void forEach(Function<Client, Effect<TemplateToClient>> action) {
        ServerContext<TemplateToClient> context = clients;
        if (context != null) {
            context.forEach(Client.class, action);
        }
    }

    private static Effect<TemplateToClient> news(Block block, boolean newTip) {
        List<TemplateToClient> messages = new ArrayList<>(List.of(block.template()));
        if (newTip) {
            messages.add(block.prevHash());
        }
        return Effect.reply(messages);
    }

    /// What is current, once more, as a client gets it that has just come.
    private synchronized Effect<TemplateToClient> welcome() {
        Block block = current;
        if (block == null) {
            return Effect.none();
        }
        NewTemplate template = template(true, variant);
        SetNewPrevHash prevHash = block.prevHash();
        Block again = put(new Block(
                template,
                new SetNewPrevHash(
                        template.templateId(),
                        prevHash.prevHash(),
                        prevHash.headerTimestamp(),
                        prevHash.nBits(),
                        prevHash.target())));
        return news(again, true);
    }

    private Block put(Block block) {
        blocks.put(block.template().templateId(), block);
        return block;
    }

    private NewTemplate template(boolean future, int content) {
        return new NewTemplate(
                ++lastId,
                future,
                0x2000_0000L,
                2,
                Bytes.of(Coinbase.heightPush(HEIGHT + 1).bytes()),
                Range.U32_MAX,
                VALUE,
                1,
                Bytes.of(WitnessCommitment.output(List.of()).bytes()),
                HEIGHT,
                List.of(U256.of(hash(1_000_000 + content).bytes())));
    }

    private static SetNewPrevHash prevHash(long templateId, Hash256 hash, long nTime, Target target) {
        return new SetNewPrevHash(templateId, U256.of(hash.bytes()), nTime, NBITS, U256.of(target.littleEndian()));
    }

    static Hash256 hash(int number) {
        return Hash256.fromDisplayHex("%064x".formatted(number));
    }

    private final class Handler implements Sv2TemplateDistributionServerHandler {
        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public void onStart(ServerContext<TemplateToClient> context) {
            clients = context;
        }

        @Override
        public PeerHandler<TemplateToServer, TemplateToClient> open(Downstream<TemplateToClient> peer) {
            return new Client();
        }
    }

    private final class Client implements PeerHandler<TemplateToServer, TemplateToClient> {
        private boolean ready;

        @Override
        public Effect<TemplateToClient> onMessage(TemplateToServer message) {
            return switch (message) {
                case CoinbaseOutputConstraints wanted -> {
                    ready = true;
                    constraints.add(wanted);
                    yield welcome();
                }
                case SubmitSolution solution -> {
                    solutions.add(solution);
                    yield Effect.none();
                }
                case RequestTransactionData _ -> Effect.close(new CloseReason.Local("nobody asks for that here"));
            };
        }
    }
}
