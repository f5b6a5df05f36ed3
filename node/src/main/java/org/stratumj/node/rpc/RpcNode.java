package org.stratumj.node.rpc;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.internal.TemplateFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A node reached over JSON-RPC. Thread-safe; listeners are called on virtual threads of each watch.
public final class RpcNode implements NodeBackend {
    /// Blocks submitted at once; each takes a connection and twice its bytes. More are refused as unavailable.
    static final int SUBMITS_MAX = 16;

    private static final String TEMPLATE = "getblocktemplate";

    private final RpcOptions options;
    private final RpcClient rpc;
    private final Network network;
    private final TransactionMirror mirror = new TransactionMirror();
    private final TemplateParser parser = new TemplateParser(mirror);
    private final MempoolIndex mempool;
    private final Set<RpcWatch> watches = ConcurrentHashMap.newKeySet();
    private final Semaphore submits = new Semaphore(SUBMITS_MAX);

    private RpcNode(RpcOptions options, RpcClient rpc, Network network) {
        this.options = options;
        this.rpc = rpc;
        this.network = network;
        mempool = new MempoolIndex(rpc);
    }

    /// Connects to a node on whatever network it is.
    ///
    /// @throws NodeException with one line for the operator if the node cannot be used (yet)
    public static RpcNode connect(RpcOptions options) {
        RpcClient rpc = new RpcClient(options);
        try {
            JsonNode info = chainInfo(rpc);
            Network network = readable(
                    "getblockchaininfo", () -> network(info.required("chain").stringValue()));
            SignetChallenge.check(info);
            return new RpcNode(options, rpc, network);
        } catch (RuntimeException e) {
            rpc.close();
            throw e;
        }
    }

    /// Connects to a node that must be on this network.
    ///
    /// @throws NodeException with one line for the operator if the node cannot be used (yet)
    public static RpcNode connect(RpcOptions options, Network wanted) {
        RpcNode node = connect(options);
        if (node.network != wanted) {
            node.close();
            throw new NodeException.Misconfigured("the node at %s is on %s, not on %s: give the address of another"
                    .formatted(options.endpoint(), name(node.network), name(wanted)));
        }
        return node;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public ChainTip tip() {
        JsonNode info = chainInfo(rpc);
        return readable(
                "getblockchaininfo",
                () -> new ChainTip(
                        Hash256.fromDisplayHex(info.required("bestblockhash").stringValue()),
                        info.required("blocks").intValue()));
    }

    @Override
    public BlockTemplate template() {
        return parser.parse(
                usable(() -> rpc.call(RpcClient.ANSWER_BYTES_MAX, TEMPLATE, Map.of("rules", rules())), TEMPLATE));
    }

    @Override
    public Watch watch(WatchPolicy policy, NodeListener listener) {
        RpcWatch watch = new RpcWatch(this, options, policy, new TemplateFilter(policy, listener), watches::remove);
        watches.add(watch);
        watch.start();
        return watch;
    }

    /// At most [#SUBMITS_MAX] at once.
    @Override
    public SubmitOutcome submit(RawBlock block) {
        if (!submits.tryAcquire()) {
            throw new NodeException.Unavailable(
                    "the node at %s has %d blocks to answer for already".formatted(options.endpoint(), SUBMITS_MAX));
        }
        try {
            String data = HexFormat.of().formatHex(block.bytes());
            return outcome("submitblock", () -> rpc.call(RpcClient.WORDS_BYTES_MAX, "submitblock", data));
        } finally {
            submits.release();
        }
    }

    @Override
    public SubmitOutcome propose(RawBlock block) {
        String data = HexFormat.of().formatHex(block.bytes());
        Map<String, Object> request = Map.of("mode", "proposal", "data", data, "rules", rules());
        return outcome(TEMPLATE, () -> rpc.call(RpcClient.WORDS_BYTES_MAX, TEMPLATE, request));
    }

    @Override
    public Optional<RawTransaction> transaction(Hash256 txid) {
        try {
            JsonNode hex = rpc.call(RpcClient.TRANSACTION_BYTES_MAX, "getrawtransaction", txid.toString());
            return Optional.of(readable(
                    "getrawtransaction", () -> RawTransaction.of(HexFormat.of().parseHex(hex.stringValue()))));
        } catch (RpcErrorException e) {
            if (e.code() == RpcErrorException.NOT_FOUND) {
                return Optional.empty();
            }
            throw unexpected("getrawtransaction", e);
        }
    }

    /// Looks among the transactions of recent templates first, then in the node's mempool.
    @Override
    public Map<Hash256, RawTransaction> transactionsByWtxid(Collection<Hash256> wtxids) {
        Map<Hash256, RawTransaction> found = new HashMap<>();
        Set<Hash256> missing = new HashSet<>();
        for (Hash256 wtxid : wtxids) {
            mirror.find(wtxid).ifPresentOrElse(raw -> found.put(wtxid, raw), () -> missing.add(wtxid));
        }
        if (!missing.isEmpty()) {
            mempoolTxids(missing).forEach((wtxid, txid) -> transaction(txid).ifPresent(raw -> found.put(wtxid, raw)));
        }
        return found;
    }

    @Override
    public Duration silence() {
        return rpc.silence();
    }

    @Override
    public void close() {
        watches.forEach(RpcWatch::close);
        rpc.close();
    }

    /// The template after the one with this long-poll id, as soon as the node has one.
    Polled longPoll(Optional<String> longPollId, Duration wait) {
        Map<String, Object> request = new HashMap<>(Map.of("rules", rules()));
        longPollId.ifPresent(id -> request.put("longpollid", id));
        JsonNode answer = usable(() -> rpc.longCall(wait, TEMPLATE, request), TEMPLATE);
        return new Polled(parser.parse(answer), answer.path("longpollid").asStringOpt());
    }

    /// A template and the id with which to wait for the next.
    record Polled(BlockTemplate template, Optional<String> longPollId) {}

    private Map<Hash256, Hash256> mempoolTxids(Set<Hash256> wtxids) {
        try {
            return readable("getrawmempool", () -> mempool.txids(wtxids));
        } catch (RpcErrorException e) {
            throw unexpected("getrawmempool", e);
        }
    }

    private List<String> rules() {
        return network == Network.SIGNET ? List.of("segwit", "signet") : List.of("segwit");
    }

    /// Only null, a string and the error of an undecodable block are verdicts (BIP22). An internal error of the node
    /// (-1, -32603), a full disk (-25) or a start that is not finished says nothing about the block.
    private static SubmitOutcome outcome(String method, Supplier<JsonNode> call) {
        try {
            JsonNode answer = call.get();
            return answer.isNull() ? new SubmitOutcome.Accepted() : readable(method, () -> verdict(answer));
        } catch (RpcErrorException e) {
            if (e.code() == RpcErrorException.UNDECODABLE) {
                return new SubmitOutcome.Rejected(e.words());
            }
            throw unexpected(method, e);
        }
    }

    private static SubmitOutcome verdict(JsonNode answer) {
        return SubmitOutcome.of(RpcClient.plain(answer.stringValue()));
    }

    private static JsonNode chainInfo(RpcClient rpc) {
        return usable(() -> rpc.call(RpcClient.WORDS_BYTES_MAX, "getblockchaininfo"), "getblockchaininfo");
    }

    private static JsonNode usable(Supplier<JsonNode> call, String method) {
        try {
            return call.get();
        } catch (RpcErrorException e) {
            throw unexpected(method, e);
        }
    }

    private static <T> T readable(String method, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException | BitcoinFormatException | IllegalArgumentException e) {
            throw new NodeException.BadAnswer("the answer to %s cannot be used: %s"
                    .formatted(method, RpcClient.plain(String.valueOf(e.getMessage()))));
        }
    }

    private static NodeException unexpected(String method, RpcErrorException e) {
        return new NodeException.BadAnswer("the node refuses %s: %s (%d)".formatted(method, e.words(), e.code()));
    }

    private static Network network(String chain) {
        return switch (chain) {
            case "main" -> Network.MAINNET;
            case "test", "testnet4" -> Network.TESTNET;
            case "signet" -> Network.SIGNET;
            case "regtest" -> Network.REGTEST;
            default ->
                throw new NodeException.Misconfigured("the node is on the unknown network '" + RpcClient.plain(chain)
                        + "': give the address of another");
        };
    }

    private static String name(Network network) {
        return network.name().toLowerCase(Locale.ROOT);
    }
}
