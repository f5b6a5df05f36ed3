package org.stratumj.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.service.Latency;
import org.stratumj.service.Link;
import org.stratumj.service.ServiceGauges;

class MeteredServiceTest {
    private static final int SUBMIT_SHARES_EXTENDED = 0x1b;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeteredService metrics = new MeteredService(registry, "pool");

    @Test
    void exposesEachMetricUnderItsNameWithItsTags() {
        everythingHappens();
        Map<String, Set<String>> exposed = new TreeMap<>();
        Scrape.of(registry.scrape()).forEach((family, tags) -> exposed.put(family, new TreeSet<>(tags)));
        Map<String, Set<String>> listed = new TreeMap<>();
        Arrays.stream(Metric.values()).forEach(metric -> listed.put(metric.exposed(), new TreeSet<>(metric.tags())));
        assertThat(exposed).isEqualTo(listed);
    }

    @Test
    void countsByName() {
        metrics.received(0, SUBMIT_SHARES_EXTENDED);
        metrics.received(0, SUBMIT_SHARES_EXTENDED);
        metrics.received(0x4567, 1);
        metrics.received(0, 0xff);
        assertThat(registry.scrape())
                .contains(
                        "stratumj_messages_total{direction=\"in\",message=\"SubmitSharesExtended\",service=\"pool\"} 2.0")
                .contains("stratumj_messages_unknown_total{direction=\"in\",service=\"pool\"} 2.0");
    }

    /// A peer chooses the numbers of its messages, and must not fill our memory with counters.
    @Test
    void aPeerCannotMakeCounters() {
        metrics.received(0, SUBMIT_SHARES_EXTENDED);
        int before = registry.getMeters().size();
        for (int extension = 1000; extension < 2000; extension++) {
            for (int type = 0; type < 256; type++) {
                metrics.received(extension, type);
            }
        }
        assertThat(registry.getMeters()).hasSize(before);
    }

    /// It is not known when all is compiled, so the best of several rounds counts.
    @Test
    void countingAShareIsFreeOfGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 200 && least > 2048; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                metrics.received(0, SUBMIT_SHARES_EXTENDED);
                metrics.receivedBytes(70);
                metrics.sent(0, 0x1c, 50);
                metrics.took(Latency.TURN, 1000 + i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for 20000 shares").isLessThanOrEqualTo(2048);
    }

    private void everythingHappens() {
        CloseReason why = new CloseReason.Remote();
        metrics.started(new OneOfEach());
        metrics.received(0, SUBMIT_SHARES_EXTENDED);
        metrics.sent(0, SUBMIT_SHARES_EXTENDED, 10);
        metrics.connected(Subprotocol.MINING);
        metrics.closed(Subprotocol.MINING, why);
        metrics.refused(why);
        metrics.upstreamDown(Subprotocol.MINING, why);
        List<RoleStatus> roles = new ArrayList<>();
        roles.add(RoleStatus.of("pool").hashesPerSecond(5).tip(1, "00").build());
        new MeteredRoles(registry, () -> roles).refresh();
        MeteredProcess process = new MeteredProcess(registry);
        for (Metric metric : List.of(Metric.LANE_FAILURES, Metric.LOG_LINES_STALLED, Metric.LOG_LINES_LIMITED)) {
            process.count(metric, () -> 1);
        }
    }

    private static final class OneOfEach implements ServiceGauges {
        @Override
        public int connections() {
            return 1;
        }

        @Override
        public int halfOpen() {
            return 1;
        }

        @Override
        public Set<Subprotocol> subprotocols() {
            return Set.of(Subprotocol.TEMPLATE_DISTRIBUTION);
        }

        @Override
        public int peers(Subprotocol subprotocol) {
            return 1;
        }

        @Override
        public long queuedBytes() {
            return 1;
        }

        @Override
        public long mailbox() {
            return 1;
        }

        @Override
        public List<Link<?>> links() {
            return List.of(new Link<>("any", 1));
        }
    }
}
