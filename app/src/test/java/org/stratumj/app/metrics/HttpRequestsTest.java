package org.stratumj.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stratumj.app.metrics.HttpRequests.Response;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.SimProcess;

class HttpRequestsTest {
    private final SimNetwork network = new SimNetwork(3);
    private final SimProcess server = network.process("server", 1, "10.0.0.2");
    private final HttpRequests requests = new HttpRequests(line -> new Response("200 OK", "text/plain", line));
    private final int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), requests)
            .toCompletableFuture()
            .join()
            .localAddress()
            .getPort();

    @Test
    void requestThatDoesNotEndIsClosedAtItsDeadline() {
        Client half = send("GET /");
        network.advance(HttpRequests.REQUEST_MAX.minusMillis(1));
        assertThat(half.closed).isFalse();
        network.advance(HttpRequests.REQUEST_MAX.dividedBy(2));
        assertThat(half.closed).isTrue();
        assertThat(half.text).isEmpty();
        assertThat(requests.open()).isZero();
    }

    @Test
    void placesAreBoundedAndTheOldestLosesItsOwn() {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < HttpRequests.CONNECTIONS_MAX + 1; i++) {
            clients.add(send("GET /"));
        }
        assertThat(requests.open()).isEqualTo(HttpRequests.CONNECTIONS_MAX);
        assertThat(clients).filteredOn(client -> client.closed).containsExactly(clients.getFirst());
    }

    @Test
    void answersARequestInPieces() {
        Client client = send("GET / HT");
        client.write("TP/1.1\r\nHost: here\r\n");
        client.write("\r\n");
        network.run();
        assertThat(client.text.toString()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nGET / HTTP/1.1");
        assertThat(client.closed).isTrue();
    }

    private Client send(String text) {
        Client client = new Client();
        var dialled = network.connect("10.0.0.2", port, HttpRequests.REQUEST_MAX, pipe -> {
            client.pipe = pipe;
            return client;
        });
        network.run();
        assertThat(dialled.toCompletableFuture()).isCompleted();
        client.write(text);
        network.run();
        return client;
    }

    private static final class Client implements PipeHandler {
        private final StringBuilder text = new StringBuilder();
        private @Nullable Pipe pipe;
        private boolean closed;

        void write(String request) {
            Pipe open = pipe;
            open.lane().execute(() -> {
                open.write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, request.length());
                open.flush();
            });
        }

        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            text.append(new String(bytes, offset, length, java.nio.charset.StandardCharsets.US_ASCII));
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            closed = true;
        }
    }
}
