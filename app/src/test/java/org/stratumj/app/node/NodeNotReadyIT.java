package org.stratumj.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.ChildProcess;
import org.stratumj.app.Eventually;
import org.stratumj.app.Main;

/// A template provider that is started before its node, seen from outside.
class NodeNotReadyIT {
    private static final String IN_WARMUP =
            "{\"result\":null,\"error\":{\"code\":-28,\"message\":\"Loading block index\"},\"id\":1}";
    private static final String MAINNET = "{\"result\":{\"chain\":\"main\"},\"error\":null,\"id\":1}";
    private static final String INTERNAL_ERROR =
            "{\"result\":null,\"error\":{\"code\":-32603,\"message\":\"internal\"},\"id\":1}";
    private static final String MISC_ERROR = "{\"result\":null,\"error\":{\"code\":-1,\"message\":\"misc\"},\"id\":1}";
    private static final String DOWNLOADING =
            "{\"result\":null,\"error\":{\"code\":-10,\"message\":\"in initial sync\"},\"id\":1}";

    @TempDir
    private Path directory;

    private final HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable String authorization;

    NodeNotReadyIT() throws IOException {
        node.start();
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    @Test
    void isWaitedForUntilASignal() throws IOException, InterruptedException {
        try (ChildProcess provider = startProvider()) {
            provider.awaitError("waiting for the node: the cookie file " + directory.resolve("cookie")
                    + " cannot be read: start the node, or give its .cookie");
            provider.signal("INT");
            assertThat(provider.exitCode()).isEqualTo(130);
            assertThat(provider.errors()).doesNotContain("internal error").doesNotContain("not everything stopped");
        }
    }

    @Test
    void isAskedAgainWhileItStarts() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("cookie"), "__cookie__:secret");
        answer(200, IN_WARMUP, IN_WARMUP, MAINNET, DOWNLOADING);
        try (ChildProcess provider = startProvider()) {
            provider.awaitError("is starting up: Loading block index");
            Eventually.holds(() -> calls.get() > 6);
            provider.signal("TERM");
            assertThat(provider.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void isAskedAgainWhileAGatewayOrItsTroubleAnswers() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("cookie"), "__cookie__:secret");
        answer(200, "", "<html>be back soon</html>", "{}", "{\"result\":{}}", INTERNAL_ERROR, MISC_ERROR, MAINNET, "");
        try (ChildProcess provider = startProvider()) {
            provider.awaitError(
                    "waiting for the node: the answer of " + url() + "/ to getblockchaininfo cannot be used");
            Eventually.holds(() -> calls.get() > 9);
            provider.signal("TERM");
            assertThat(provider.exitCode()).isEqualTo(143);
        }
    }

    /// The node ended without removing its cookie, and writes another when it starts.
    @Test
    void isAskedAgainWithTheCookieOfItsNextStart() throws IOException, InterruptedException {
        Path cookie = Files.writeString(directory.resolve("cookie"), "__cookie__:stale");
        answer(401, "");
        try (ChildProcess provider = startProvider()) {
            provider.awaitError("waiting for the node: the node at " + url() + "/ refuses the credentials: check that "
                    + cookie + " is the cookie of this node");
            Files.writeString(cookie, "__cookie__:fresh");
            String fresh =
                    "Basic " + Base64.getEncoder().encodeToString("__cookie__:fresh".getBytes(StandardCharsets.UTF_8));
            Eventually.holds(() -> fresh.equals(authorization));
            provider.signal("TERM");
            assertThat(provider.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void endsTheStartAtOnceIfItRefusesAPassword() throws IOException, InterruptedException {
        Path password = Files.writeString(directory.resolve("password"), "wrong");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        answer(401, "");
        try (ChildProcess provider = startProvider("user=bob&password-file=" + password)) {
            assertThat(provider.exitCode()).isEqualTo(1);
            assertThat(provider.errors().strip())
                    .isEqualTo("stratumj template-provider: the node at " + url() + "/ refuses the credentials: check"
                            + " the user name and the password in " + password
                            + " against rpcuser, rpcpassword or rpcauth of the node");
        }
    }

    /// Answers the calls in order, and those after them with the last.
    private void answer(int status, String... bodies) {
        node.createContext("/", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String body = bodies[Math.min(calls.getAndIncrement(), bodies.length - 1)];
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private ChildProcess startProvider() throws IOException {
        return startProvider("cookie=" + directory.resolve("cookie"));
    }

    private ChildProcess startProvider(String credentials) throws IOException {
        return ChildProcess.start(
                directory,
                Main.class,
                "template-provider",
                "--json",
                "--no-encryption",
                "--listen",
                "127.0.0.1:0",
                "--node",
                "rpc:" + url() + "?" + credentials);
    }

    private String url() {
        return "http://127.0.0.1:" + node.getAddress().getPort();
    }
}
