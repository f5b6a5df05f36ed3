package org.stratumj.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.stratumj.app.role.RoleStatus;

/// What roles tell of themselves, in a Micrometer registry. Any thread.
final class MeteredRoles {
    private final MeterRegistry registry;
    private final Supplier<List<RoleStatus>> roles;
    private final Map<String, AtomicReference<RoleStatus>> latest = new ConcurrentHashMap<>();

    /// @param roles the roles that run, each with a name of its own
    MeteredRoles(MeterRegistry registry, Supplier<List<RoleStatus>> roles) {
        this.registry = registry;
        this.roles = roles;
    }

    /// Looks at all roles, before their numbers are read.
    void refresh() {
        roles.get()
                .forEach(status -> latest.computeIfAbsent(status.role(), any -> register(status))
                        .set(status));
    }

    private AtomicReference<RoleStatus> register(RoleStatus first) {
        AtomicReference<RoleStatus> status = new AtomicReference<>(first);
        gauge(Metric.ROLE_CONNECTIONS, status, RoleStatus::connections);
        gauge(Metric.ROLE_HASHRATE, status, now -> now.hashesPerSecond().orElse(Double.NaN));
        gauge(
                Metric.ROLE_TIP_HEIGHT,
                status,
                now -> now.height().isPresent() ? now.height().getAsLong() : Double.NaN);
        gauge(Metric.ROLE_NODE_SILENCE, status, now -> now.nodeSilence().orElse(Double.NaN));
        counter(Metric.ROLE_SHARES_ACCEPTED, status, RoleStatus::sharesAccepted);
        counter(Metric.ROLE_SHARES_REJECTED, status, RoleStatus::sharesRejectedInAll);
        counter(Metric.ROLE_BLOCKS_FOUND, status, RoleStatus::blocksFound);
        counter(Metric.ROLE_BLOCKS_ACCEPTED, status, RoleStatus::blocksAccepted);
        return status;
    }

    private void gauge(Metric metric, AtomicReference<RoleStatus> status, ToDoubleFunction<RoleStatus> value) {
        Gauge.builder(metric.meterName(), status, now -> value.applyAsDouble(now.get()))
                .description(metric.text())
                .tag("role", status.get().role())
                .register(registry);
    }

    private void counter(Metric metric, AtomicReference<RoleStatus> status, ToDoubleFunction<RoleStatus> value) {
        FunctionCounter.builder(metric.meterName(), status, now -> value.applyAsDouble(now.get()))
                .description(metric.text())
                .tag("role", status.get().role())
                .register(registry);
    }
}
