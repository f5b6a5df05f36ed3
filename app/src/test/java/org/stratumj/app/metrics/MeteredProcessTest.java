package org.stratumj.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeteredProcessTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeteredProcess process = new MeteredProcess(registry);

    /// The registry holds what a counter reads by a weak reference only.
    @Test
    void goesOnCountingAfterACollection() {
        AtomicLong failures = new AtomicLong(1);
        process.count(Metric.LANE_FAILURES, failures::get);
        assertThat(registry.scrape()).contains("stratumj_lane_failures_total 1.0");

        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) {
            System.gc();
        }
        failures.set(2);
        assertThat(registry.scrape()).contains("stratumj_lane_failures_total 2.0");
    }
}
