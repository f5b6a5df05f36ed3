package org.stratumj.node.rpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.TemplateTransaction;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.embedded.EmbeddedNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The embedded chain behind the JSON-RPC interface of a node, as far as mining uses it, on a loopback port: lets
/// the RPC backend be tested against rules that are real where no real node is at hand.
final class EmbeddedRpcServer implements AutoCloseable {
    private final EmbeddedNode node;
    private final JsonMapper json = new JsonMapper();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    EmbeddedRpcServer(EmbeddedNode node) {
        this.node = node;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    RpcOptions options() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return RpcOptions.of(endpoint, RpcCredentials.of("user", "password"));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private record RpcError(int code, String message) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
            Map<String, Object> answer = new HashMap<>();
            Object result = answer(request.required("method").stringValue(), request.required("params"));
            answer.put("id", 1);
            answer.put("result", result instanceof RpcError ? null : result);
            answer.put("error", result instanceof RpcError ? result : null);
            byte[] body = json.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(result instanceof RpcError ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Object answer(String method, JsonNode parameters) throws InterruptedException {
        return switch (method) {
            case "getblockchaininfo" ->
                Map.of(
                        "chain", "regtest",
                        "blocks", node.tip().height(),
                        "bestblockhash", node.tip().hash().toString());
            case "getblocktemplate" -> blockTemplate(parameters.get(0));
            case "submitblock" -> outcome(parameters.get(0).stringValue(), false);
            case "getrawtransaction" ->
                node.transaction(Hash256.fromDisplayHex(parameters.get(0).stringValue()))
                        .<Object>map(raw -> HexFormat.of().formatHex(raw.bytes()))
                        .orElse(new RpcError(-5, "No such mempool or blockchain transaction"));
            case "getrawmempool" -> mempool();
            default -> new RpcError(-32601, "Method not found");
        };
    }

    private Object blockTemplate(JsonNode request) throws InterruptedException {
        if (request.path("mode").asString("").equals("proposal")) {
            return outcome(request.required("data").stringValue(), true);
        }
        if (request.has("longpollid")) {
            awaitAnotherTip(request.required("longpollid").stringValue());
        }
        return describe(node.template());
    }

    private void awaitAnotherTip(String known) throws InterruptedException {
        CountDownLatch changed = new CountDownLatch(1);
        NodeListener listener = new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate template) {
                if (!template.prevHash().toString().equals(known)) {
                    changed.countDown();
                }
            }

            @Override
            public void feesRose(BlockTemplate template) {}
        };
        try (Watch _ = node.watch(WatchPolicy.DEFAULT, listener)) {
            changed.await();
        }
    }

    private Object outcome(String hex, boolean proposal) {
        RawBlock block;
        try {
            block = RawBlock.of(HexFormat.of().parseHex(hex));
        } catch (BitcoinFormatException e) {
            return new RpcError(-22, "Block decode failed");
        }
        SubmitOutcome outcome = proposal ? node.propose(block) : node.submit(block);
        return switch (outcome) {
            case SubmitOutcome.Accepted _ -> json.nullNode();
            case SubmitOutcome.Duplicate _ -> "duplicate";
            case SubmitOutcome.Rejected(String reason) ->
                reason.equals("Block decode failed") ? new RpcError(-22, reason) : reason;
        };
    }

    private Object mempool() {
        Map<String, Object> entries = new HashMap<>();
        for (TemplateTransaction each : node.template().transactions()) {
            entries.put(each.txid().toString(), Map.of("wtxid", each.wtxid().toString()));
        }
        return entries;
    }

    private static Map<String, Object> describe(BlockTemplate template) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("version", (int) template.version());
        answer.put("rules", List.of("csv", "!segwit", "taproot"));
        answer.put("previousblockhash", template.prevHash().toString());
        answer.put("height", template.height());
        answer.put("bits", "%08x".formatted(template.nBits()));
        answer.put("target", template.target().toString());
        answer.put("mintime", template.minTime());
        answer.put("curtime", template.currentTime());
        answer.put("coinbasevalue", template.coinbaseValue());
        answer.put("weightlimit", template.weightLimit());
        answer.put("sigoplimit", template.sigopsLimit());
        answer.put("longpollid", template.prevHash().toString());
        answer.put(
                "default_witness_commitment",
                template.requiredOutputs().getFirst().script().toString());
        List<Object> transactions = new ArrayList<>();
        template.transactions().forEach(each -> transactions.add(describe(each)));
        answer.put("transactions", transactions);
        return answer;
    }

    private static Map<String, Object> describe(TemplateTransaction transaction) {
        return Map.of(
                "data", HexFormat.of().formatHex(transaction.raw().bytes()),
                "txid", transaction.txid().toString(),
                "hash", transaction.wtxid().toString(),
                "fee", transaction.fee(),
                "weight", transaction.weight(),
                "sigops", transaction.sigops());
    }
}
