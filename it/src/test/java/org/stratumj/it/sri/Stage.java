package org.stratumj.it.sri;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What one case plays on: the foreign peer, a connection to it, and chance from a seed.
///
/// With a broken wire one bit of what the peer sends arrives changed, which every case has to notice.
final class Stage implements AutoCloseable {
    /// Seed of every case, so that a failure comes back.
    static final long SEED = 20_261_120L;

    private static final int TIMEOUT_MILLIS = 300_000;

    private final Path programs;
    private final boolean brokenWire;
    private final List<Closeable> open = new ArrayList<>();
    private @Nullable BufferedReader output;

    Stage(Path programs, boolean brokenWire) {
        this.programs = programs;
        this.brokenWire = brokenWire;
    }

    /// A connection that we make, so the peer is the server and the responder.
    Wire connect(String... options) throws IOException {
        start("sri-peer", "listen", options);
        int port = Integer.parseInt(expect("port "));
        return wire(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// A connection that the peer makes, so it is the client and the initiator.
    Wire accept(String... options) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(TIMEOUT_MILLIS);
            start("sri-peer", "connect=" + listener.getLocalPort(), options);
            return wire(listener.accept());
        }
    }

    /// What SRI does in a handshake whose every random choice is given, as lines; see `sri-replay`. On a broken
    /// wire one bit of the act it receives is changed.
    List<String> replay(String role, List<String> given) throws IOException {
        var process = start("sri-replay", role);
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            for (var line : given) {
                input.write(brokenWire && line.startsWith("act") ? flipped(line) : line);
                input.write('\n');
            }
        }
        return process.inputReader(StandardCharsets.UTF_8).lines().toList();
    }

    /// The rest of the peer's next line, which has to begin with `start`.
    String expect(String start) throws IOException {
        var line = nextLine();
        if (!line.startsWith(start)) {
            throw new AssertionError("the peer says '" + line + "', not '" + start + "…'");
        }
        return line.substring(start.length());
    }

    Random random() {
        return new Random(SEED);
    }

    @Override
    public void close() throws IOException {
        for (var resource : open.reversed()) {
            resource.close();
        }
    }

    // The last digit of an act.
    private static String flipped(String line) {
        int last = line.length() - 1;
        return line.substring(0, last) + Integer.toHexString(Character.digit(line.charAt(last), 16) ^ 1);
    }

    private String nextLine() throws IOException {
        if (output == null) {
            throw new IllegalStateException("the peer has not been started");
        }
        var line = output.readLine();
        return line == null ? "(nothing more)" : line;
    }

    private Process start(String program, String role, String... options) throws IOException {
        var command = new ArrayList<>(List.of(programs.resolve(program).toString(), role));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command)
                .redirectError(brokenWire ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT)
                .start();
        open.add(() -> end(process));
        output = process.inputReader(StandardCharsets.UTF_8);
        return process;
    }

    private Wire wire(Socket socket) throws IOException {
        open.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new Wire(socket, brokenWire);
    }

    // It ends by itself when its connection does.
    private static void end(Process process) {
        try {
            process.onExit().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException _) {
            process.destroyForcibly();
        }
    }
}
