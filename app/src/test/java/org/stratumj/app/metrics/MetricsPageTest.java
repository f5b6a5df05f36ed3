package org.stratumj.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;

class MetricsPageTest {
    private static final int HALF_REQUESTS = 100;

    private final List<RoleStatus> roles = new ArrayList<>();
    private final MetricsPage page =
            MetricsPage.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> List.copyOf(roles));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        page.close();
    }

    @Test
    void showsServicesRolesAndTheJvm() throws Exception {
        page.of("pool").receivedBytes(70);
        roles.add(RoleStatus.of("pool")
                .shares(3, java.util.Map.of("stale-share", 2L))
                .build());
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body())
                .contains("stratumj_traffic_bytes_total{direction=\"in\",service=\"pool\"} 70.0")
                .contains("stratumj_role_shares_accepted_total{role=\"pool\"} 3.0")
                .contains("stratumj_role_shares_rejected_total{role=\"pool\"} 2.0")
                .contains("stratumj_role_hashrate{role=\"pool\"} NaN")
                .contains("jvm_memory_used_bytes");
        roles.set(0, RoleStatus.of("pool").shares(5, java.util.Map.of()).build());
        assertThat(get("/metrics").body()).contains("stratumj_role_shares_accepted_total{role=\"pool\"} 5.0");
    }

    @Test
    void isTheOnlyPageAndCanOnlyBeRead() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() {
        assertThatThrownBy(() -> MetricsPage.open(page.address(), List::of))
                .isInstanceOf(RoleException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .hasLineCount(1)
                        .startsWith("cannot show metrics at 127.0.0.1:"
                                + page.address().getPort())
                        .contains("choose another --metrics address"));
    }

    @Test
    void halfRequestsDoNotStopThePageAndAreClosed() throws Exception {
        List<Socket> half = new ArrayList<>();
        try {
            for (int i = 0; i < HALF_REQUESTS; i++) {
                half.add(asking("GET /metrics HTTP/1.1\r\nHost:"));
            }
            assertThat(get("/metrics").statusCode()).isEqualTo(200);
            for (Socket socket : half) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }

    @Test
    void silentConnectionsAreClosed() throws Exception {
        try (Socket silent = asking("")) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    /// Again where the machine was so slow that the time of the first request was over.
    @Test
    void connectionsAreBounded() throws Exception {
        boolean first = false;
        for (int i = 0; i < 10 && !first; i++) {
            first = newcomerIsClosedFirst();
        }
        assertThat(first).isTrue();
    }

    private boolean newcomerIsClosedFirst() throws IOException {
        List<Socket> half = new ArrayList<>();
        try {
            for (int i = 0; i < MetricsPage.CONNECTIONS_MAX + 1; i++) {
                half.add(asking("GET"));
            }
            return hasEnded(half.getLast()) && !hasEnded(half.getFirst());
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }

    @Test
    void showsNumbersOfTheProcess() throws Exception {
        page.count(Metric.LANE_FAILURES, () -> 3);
        assertThat(get("/metrics").body()).contains("stratumj_lane_failures_total 3.0");
    }

    private static boolean hasEnded(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(500);
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private Socket asking(String part) throws IOException {
        Socket socket = new Socket(page.address().getAddress(), page.address().getPort());
        socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + page.address().getPort() + path);
    }
}
