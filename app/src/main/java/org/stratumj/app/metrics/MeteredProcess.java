package org.stratumj.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/// The figures of the whole process, of no service and no role. Any thread.
final class MeteredProcess {
    private final MeterRegistry registry;

    /// Held here because a counter holds what it reads by a weak reference.
    private final List<LongSupplier> counted = new CopyOnWriteArrayList<>();

    MeteredProcess(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Shows a number that only grows.
    ///
    /// @param value may be called by any thread
    void count(Metric metric, LongSupplier value) {
        counted.add(value);
        FunctionCounter.builder(metric.meterName(), value, LongSupplier::getAsLong)
                .description(metric.text())
                .register(registry);
    }
}
