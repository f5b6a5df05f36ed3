package org.stratumj.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.ChildProcess;
import org.stratumj.app.Main;

/// Goal: what a running program shows is what happens in it. Method: all roles in one process, which mine; the page is
/// read over HTTP by a parser that is not ours.
class MetricsIT {

    @Test
    void showsARunningPool(@TempDir Path directory) throws IOException, InterruptedException {
        try (ChildProcess demo = ChildProcess.start(
                directory, Main.class, "demo", "--json", "--hashrate", "4M", "--metrics", "127.0.0.1:0")) {
            demo.awaitError("proxy: block accepted"); // so the pool knows of it, and has told its miners of the new tip
            Map<String, MetricFamily> page = Scrape.families(read(demo.errors())).stream()
                    .collect(Collectors.toMap(MetricFamily::getName, family -> family));
            assertThat(counter(page, "stratumj_role_shares_accepted_total", Map.of("role", "pool")))
                    .isPositive();
            assertThat(counter(page, "stratumj_role_blocks_accepted_total", Map.of("role", "pool")))
                    .isPositive();
            assertThat(counter(
                            page,
                            "stratumj_messages_total",
                            Map.of("service", "pool", "direction", "in", "message", "SubmitSharesExtended")))
                    .isPositive();
            assertThat(gauge(page, "stratumj_peers", Map.of("service", "pool", "protocol", "mining")))
                    .isEqualTo(1);
            assertThat(gauge(page, "stratumj_connections", Map.of("service", "template-provider")))
                    .isEqualTo(1);
            assertThat(histogram(page, "stratumj_turn_seconds", Map.of("service", "pool")))
                    .isGreaterThan(1);
            assertThat(histogram(page, "stratumj_handshake_seconds", Map.of("service", "pool")))
                    .isEqualTo(1);
            assertThat(histogram(page, "stratumj_news_seconds", Map.of("service", "pool")))
                    .isPositive();
            demo.signal("INT");
            assertThat(demo.exitCode()).isEqualTo(130);
        }
    }

    private static String read(String log) throws IOException, InterruptedException {
        URI uri = URI.create(log.replaceAll("(?s).*metrics at (http://127.0.0.1:[0-9]+/metrics).*", "$1"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static double counter(Map<String, MetricFamily> page, String name, Map<String, String> labels) {
        return ((Counter) series(page, name, labels)).getValue();
    }

    private static double gauge(Map<String, MetricFamily> page, String name, Map<String, String> labels) {
        return ((Gauge) series(page, name, labels)).getValue();
    }

    private static long histogram(Map<String, MetricFamily> page, String name, Map<String, String> labels) {
        return ((Histogram) series(page, name, labels)).getSampleCount();
    }

    private static org.hawkular.agent.prometheus.types.Metric series(
            Map<String, MetricFamily> page, String name, Map<String, String> labels) {
        assertThat(page).containsKey(name);
        return page.get(name).getMetrics().stream()
                .filter(metric -> metric.getLabels().equals(labels))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no series with " + labels));
    }
}
