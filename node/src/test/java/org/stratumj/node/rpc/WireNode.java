package org.stratumj.node.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node on a loopback port whose responses are bytes of a test's choice, cut, stopped or endless. One request per
/// connection.
final class WireNode implements AutoCloseable {
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ServerSocket server;

    /// Writes a response. The connection is closed when it returns.
    interface Reply {
        void write(JsonNode parameters, Wire wire) throws IOException, InterruptedException;
    }

    /// The node's end of a connection.
    record Wire(Socket socket) {
        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /// Waits until the other end closes the connection.
        void awaitClose() {
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException reset) {
                // closed as well
            }
        }
    }

    WireNode() {
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reply("getblockchaininfo", (_, wire) -> wire.write(response(ScriptedNode.REGTEST, true)));
        Thread.ofVirtual().start(this::accept);
    }

    WireNode reply(String method, Reply reply) {
        replies.put(method, reply);
        return this;
    }

    /// The method's response, up to a number of bytes.
    WireNode cut(String method, byte[] response, int length) {
        return reply(method, (_, wire) -> wire.socket.getOutputStream().write(response, 0, length));
    }

    /// The method's response begins and stops; the result is zero when the other end has closed the connection.
    CountDownLatch stall(String method, byte[] beginning) {
        CountDownLatch closed = new CountDownLatch(1);
        reply(method, (_, wire) -> {
            wire.write(beginning);
            wire.awaitClose();
            closed.countDown();
        });
        return closed;
    }

    RpcOptions options(Duration timeout) {
        return new RpcOptions(
                URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"),
                RpcCredentials.of("user", "secret"),
                timeout,
                Duration.ofMillis(1),
                Duration.ofMillis(4));
    }

    /// A response of HTTP.
    ///
    /// @param sized whether the header says how long the body is; otherwise the connection's end says it
    static byte[] response(String body, boolean sized) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String length = sized ? "Content-Length: " + bytes.length + "\r\n" : "";
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.writeBytes(
                ("HTTP/1.1 200 OK\r\n" + length + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        response.writeBytes(bytes);
        return response.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            JsonNode request = json.readTree(readRequest(socket.getInputStream()));
            Reply reply = replies.get(request.required("method").stringValue());
            reply.write(request.required("params"), new Wire(socket));
        } catch (IOException | InterruptedException over) {
            // the client has gone, as tests make it
        } finally {
            sockets.remove(socket);
        }
    }

    private static byte[] readRequest(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            header.append((char) next);
        }
        String length = header.toString().toLowerCase(Locale.ROOT).split("content-length: ", 2)[1];
        return in.readNBytes(Integer.parseInt(length.split("\r\n", 2)[0]));
    }
}
