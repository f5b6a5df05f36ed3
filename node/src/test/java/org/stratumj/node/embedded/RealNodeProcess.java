package org.stratumj.node.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.stratumj.node.NodeException;
import org.stratumj.node.rpc.RpcCredentials;
import org.stratumj.node.rpc.RpcNode;
import org.stratumj.node.rpc.RpcOptions;

/// A `bitcoind` of one test, at genesis, alone and on loopback. The environment variable [#VARIABLE] names the
/// executable. It runs below a shell that stops it when its own input ends, and so with this JVM, however that ends.
final class RealNodeProcess implements AutoCloseable {
    static final String VARIABLE = "STRATUMJ_BITCOIND";

    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofMinutes(5);

    private final Path directory;
    private final Process process;
    private final RpcNode node;

    private RealNodeProcess(Path directory, Process process, RpcNode node) {
        this.directory = directory;
        this.process = process;
        this.node = node;
    }

    static RealNodeProcess start(Path directory, ChainProfile profile) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "\"$@\" </dev/null & node=$!; cat >/dev/null; kill $node; wait $node",
                "bitcoind",
                System.getenv(VARIABLE),
                "-datadir=" + directory,
                "-conf=/dev/null",
                "-listen=0",
                "-connect=0",
                "-dnsseed=0",
                "-natpmp=0",
                "-disablewallet=1",
                "-rpcbind=127.0.0.1",
                "-rpcallowip=127.0.0.1",
                "-rpcport=" + port));
        command.addAll(
                profile == ChainProfile.REGTEST ? List.of("-regtest") : List.of("-signet", "-signetchallenge=51"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        return new RealNodeProcess(directory, process, awaitNode(directory, process, port, profile));
    }

    RpcNode node() {
        return node;
    }

    @Override
    public void close() {
        node.close();
        try {
            process.getOutputStream().close();
            process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kill(process);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "RealNodeProcess[" + directory + "]";
    }

    private static RpcNode awaitNode(Path directory, Process process, int port, ChainProfile profile)
            throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                return RpcNode.connect(
                        RpcOptions.of(
                                URI.create("http://127.0.0.1:" + port + "/"),
                                RpcCredentials.ofCookieFile(cookie(directory))),
                        profile.network());
            } catch (NodeException.Unavailable starting) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        kill(process);
        throw new AssertionError("the node did not start: " + Files.readString(directory.resolve("output.log")));
    }

    /// The cookie is in a directory that a node names after its chain.
    private static Path cookie(Path directory) {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.filter(file -> file.endsWith(".cookie")).findFirst().orElse(directory.resolve(".cookie"));
        } catch (IOException | UncheckedIOException e) {
            return directory.resolve(".cookie");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
