package org.stratumj.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final String DOWNLOADING =
            "{\"result\":null,\"error\":{\"code\":-10,\"message\":\"in initial sync\"},\"id\":1}";

    @TempDir
    private Path directory;

    private final HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger calls = new AtomicInteger();

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
    void endsTheStartAtOnceIfItRefusesTheCredentials() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("cookie"), "__cookie__:wrong");
        answer(401, "");
        try (ChildProcess provider = startProvider()) {
            assertThat(provider.exitCode()).isEqualTo(1);
            assertThat(provider.errors().strip())
                    .isEqualTo("stratumj template-provider: the node at " + url() + "/ refuses the credentials: check"
                            + " that " + directory.resolve("cookie") + " is the cookie of this node");
        }
    }

    /// Answers the calls in order, and those after them with the last.
    private void answer(int status, String... bodies) {
        node.createContext("/", exchange -> {
            String body = bodies[Math.min(calls.getAndIncrement(), bodies.length - 1)];
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private ChildProcess startProvider() throws IOException {
        return ChildProcess.start(
                directory,
                Main.class,
                "template-provider",
                "--json",
                "--no-encryption",
                "--listen",
                "127.0.0.1:0",
                "--node",
                "rpc:" + url() + "?cookie=" + directory.resolve("cookie"));
    }

    private String url() {
        return "http://127.0.0.1:" + node.getAddress().getPort();
    }
}
