package org.stratumj.node.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.stratumj.bitcoin.Block;
import org.stratumj.node.NodeException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls methods of a node over HTTP. Thread-safe; a call blocks its thread and waits for no other call.
///
/// One deadline covers a call from the connection to the last byte of the answer; `HttpRequest.timeout` would end
/// with the header. Whatever ends a call early closes its connection.
final class RpcClient implements AutoCloseable {
    /// Bytes of the largest answer: a full block template is a few million, a list of a large mempool some tens.
    static final int ANSWER_BYTES_MAX = 64 << 20;

    /// Bytes of an answer of a few words, as a verdict on a block or what `getblockchaininfo` tells.
    static final int WORDS_BYTES_MAX = 64 << 10;

    /// Bytes of an answer with one transaction in hexadecimal, which may be as large as a block.
    static final int TRANSACTION_BYTES_MAX = 2 * Block.BYTES_MAX + WORDS_BYTES_MAX;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int NESTING_MAX = 32;
    private static final int WORDS_MAX = 200;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final RpcOptions options;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(ANSWER_BYTES_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY) // which of two results would count?
            .build();

    private final Silence silence = new Silence();

    RpcClient(RpcOptions options) {
        this.options = options;
    }

    /// The result of a method, JSON null included, within [RpcOptions#timeout].
    ///
    /// @param bytesMax the longest answer, errors and whatever else comes in its place included
    /// @throws RpcErrorException if the node answers with an error that depends on the call
    /// @throws NodeException     if it does not answer properly
    JsonNode call(int bytesMax, String method, Object... parameters) {
        silence.asked();
        return call(bytesMax, method, parameters, exchange -> exchange.get(options.timeout()));
    }

    /// Like [#call(int,String,Object...)] for a call that the node answers when something happens: the answer may take
    /// `wait` to begin, and from then on has the usual time.
    JsonNode longCall(Duration wait, String method, Object... parameters) {
        return call(ANSWER_BYTES_MAX, method, parameters, exchange -> {
            exchange.awaitBegin(wait);
            return exchange.get(options.timeout());
        });
    }

    /// Time since the first call that got no answer; zero if the last one got one. Long calls do not count.
    Duration silence() {
        return silence.duration();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private JsonNode call(int bytesMax, String method, Object[] parameters, Waiting waiting) {
        byte[] body = json.writeValueAsBytes(
                Map.of("jsonrpc", "1.0", "id", 1, "method", method, "params", List.of(parameters)));
        HttpRequest request = HttpRequest.newBuilder(reachable(options.endpoint()))
                .header("Authorization", options.credentials().authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response = send(bytesMax, method, request, waiting);
        silence.answered();
        return result(method, response);
    }

    /// The same with the host's address in place of a name that [HttpRequest] refuses, as one with an underscore.
    private static URI reachable(URI endpoint) {
        if (endpoint.getHost() != null) {
            return endpoint;
        }
        try {
            String host = InetAddress.getByName(NodeUrl.host(endpoint)).getHostAddress();
            return new URI(endpoint.getScheme(), null, host, NodeUrl.port(endpoint), endpoint.getPath(), null, null);
        } catch (UnknownHostException | URISyntaxException e) {
            throw noAddress(endpoint);
        }
    }

    private static NodeException noAddress(URI endpoint) {
        return new NodeException.Unavailable("the host of " + endpoint + " has no address: check its name");
    }

    private HttpResponse<byte[]> send(int bytesMax, String method, HttpRequest request, Waiting waiting) {
        try (RpcExchange exchange = RpcExchange.begin(http, request, bytesMax)) {
            return waiting.await(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException.Unavailable("interrupted while waiting for the node at " + options.endpoint());
        } catch (TimeoutException e) {
            throw new NodeException.Unavailable(
                    "%s of the node at %s took too long".formatted(method, options.endpoint()));
        } catch (IOException e) {
            throw failure(method, e);
        }
    }

    /// How the caller of a method waits for the answer.
    private interface Waiting {
        HttpResponse<byte[]> await(RpcExchange exchange) throws IOException, InterruptedException, TimeoutException;
    }

    private NodeException failure(String method, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedBody.TooLongException) {
                return new NodeException.BadAnswer(
                        "%s of the node at %s: %s".formatted(method, options.endpoint(), cause.getMessage()));
            }
            if (cause instanceof UnresolvedAddressException) {
                return noAddress(options.endpoint());
            }
        }
        return switch (e) {
            case java.net.http.HttpConnectTimeoutException _, java.net.ConnectException _ ->
                new NodeException.Unavailable(
                        "no node answers at %s: start it, or check the address".formatted(options.endpoint()));
            default ->
                new NodeException.Unavailable("the connection to the node at %s broke off: %s"
                        .formatted(options.endpoint(), plain(String.valueOf(e.getMessage()))));
        };
    }

    private JsonNode result(String method, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == UNAUTHORIZED) {
            throw options.credentials()
                    .refused("the node at %s refuses the credentials: %s"
                            .formatted(options.endpoint(), options.credentials().advice()));
        }
        if (status == FORBIDDEN) {
            throw new NodeException.Misconfigured(
                    "the node at %s forbids the call: %s, and rpcallowip and rpcwhitelist of the node"
                            .formatted(options.endpoint(), options.credentials().advice()));
        }
        if (status == SERVICE_UNAVAILABLE) {
            throw new NodeException.Unavailable(
                    "the node at %s has too much to do: raise its rpcworkqueue".formatted(options.endpoint()));
        }
        JsonNode answer = parse(method, response);
        JsonNode error = answer.path("error");
        if (error.path("code").isInt()) {
            throw failure(
                    error.path("code").intValue(), plain(error.path("message").asString("")));
        }
        JsonNode result = answer.get("result");
        boolean hasError = !error.isNull() && !error.isMissingNode();
        if (status != OK || result == null || hasError) {
            throw unusable(method, status, "without a result or a numbered error");
        }
        return result;
    }

    private JsonNode parse(String method, HttpResponse<byte[]> response) {
        try {
            JsonNode answer = json.readTree(response.body());
            if (answer.isObject()) {
                return answer;
            }
        } catch (JacksonException e) {
            throw unusable(method, response.statusCode(), "without readable JSON");
        }
        throw unusable(method, response.statusCode(), "without a JSON object");
    }

    /// A server in front of the node, or the node in trouble, is not an answer of the node.
    private NodeException unusable(String method, int status, String what) {
        boolean later = status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
        String line = "the answer of %s to %s cannot be used: HTTP status %d %s"
                .formatted(options.endpoint(), method, status, what);
        return later ? new NodeException.Unavailable(line) : new NodeException.BadAnswer(line);
    }

    private RuntimeException failure(int code, String words) {
        return switch (code) {
            case RpcErrorException.IN_WARMUP ->
                new NodeException.Unavailable("the node at %s is starting up: %s".formatted(options.endpoint(), words));
            case RpcErrorException.NOT_CONNECTED, RpcErrorException.INITIAL_DOWNLOAD ->
                new NodeException.Unavailable(
                        "the node at %s is not ready for mining: %s".formatted(options.endpoint(), words));
            case RpcErrorException.METHOD_NOT_FOUND ->
                new NodeException.Misconfigured(
                        "the node at %s cannot do what mining needs: %s".formatted(options.endpoint(), words));
            default -> new RpcErrorException(code, words);
        };
    }

    /// Words of the node as one line of bounded length.
    static String plain(String words) {
        String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= WORDS_MAX ? line : line.substring(0, WORDS_MAX) + "…";
    }
}
