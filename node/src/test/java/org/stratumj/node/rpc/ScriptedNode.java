package org.stratumj.node.rpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An HTTP server on a loopback port that answers each RPC method as a test says, and keeps the requests.
final class ScriptedNode implements AutoCloseable {
    static final String REGTEST = """
            {"result":{"chain":"regtest","blocks":7,"bestblockhash":"%s"},"error":null,"id":1}""".formatted("ab".repeat(32));

    private final JsonMapper json = new JsonMapper();
    private final Map<String, Function<JsonNode, Answer>> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> authorizations = new LinkedBlockingQueue<>();
    private final HttpServer server;

    /// @param status HTTP status
    /// @param body   whatever bytes
    record Answer(int status, String body) {}

    ScriptedNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        answer("getblockchaininfo", 200, REGTEST);
    }

    ScriptedNode answer(String method, int status, String body) {
        return answer(method, parameters -> new Answer(status, body));
    }

    ScriptedNode answer(String method, Function<JsonNode, Answer> answer) {
        answers.put(method, answer);
        return this;
    }

    RpcOptions options() {
        return options(RpcCredentials.of("user", "secret"));
    }

    RpcOptions options(RpcCredentials credentials) {
        return new RpcOptions(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                credentials,
                Duration.ofMinutes(5),
                Duration.ofMillis(1),
                Duration.ofMillis(4));
    }

    JsonNode nextRequest() throws InterruptedException {
        return requests.take();
    }

    String nextAuthorization() throws InterruptedException {
        return authorizations.take();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
            requests.add(request);
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            Answer answer =
                    answers.get(request.required("method").stringValue()).apply(request.required("params"));
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
