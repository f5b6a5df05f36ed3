package org.stratumj.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.service.Latency;
import org.stratumj.service.Link;
import org.stratumj.service.ServiceGauges;
import org.stratumj.service.ServiceMetrics;

/// The numbers of one service in a Micrometer registry. Any thread.
///
/// What is counted for every message is looked up by a small number and then added to: no garbage. A tag's values are
/// bounded by us, never by a peer: names of messages, kinds of reasons.
final class MeteredService implements ServiceMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(20_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Tags service;
    private final Map<Integer, Counter> received = new ConcurrentHashMap<>();
    private final Map<Integer, Counter> sent = new ConcurrentHashMap<>();
    private final Counter receivedUnknown;
    private final Counter sentUnknown;
    private final Counter receivedBytes;
    private final Counter sentBytes;
    private final Counter slowTurns;
    private final Counter stuckTurns;
    private final Map<Latency, Timer> timers = new EnumMap<>(Latency.class);

    MeteredService(MeterRegistry registry, String name) {
        this.registry = registry;
        service = Tags.of("service", name);
        receivedUnknown = counter(Metric.MESSAGES_UNKNOWN, service.and("direction", "in"));
        sentUnknown = counter(Metric.MESSAGES_UNKNOWN, service.and("direction", "out"));
        receivedBytes = counter(Metric.TRAFFIC, service.and("direction", "in"));
        sentBytes = counter(Metric.TRAFFIC, service.and("direction", "out"));
        slowTurns = counter(Metric.TURNS_SLOW, service);
        stuckTurns = counter(Metric.TURNS_STUCK, service);
        for (Latency what : Latency.values()) {
            timers.put(what, timer(metric(what)));
        }
    }

    @Override
    public void started(ServiceGauges gauges) {
        gauge(Metric.CONNECTIONS, service, gauges, ServiceGauges::connections);
        gauge(Metric.CONNECTIONS_HALF_OPEN, service, gauges, ServiceGauges::halfOpen);
        gauge(Metric.OUTBOUND_QUEUED, service, gauges, ServiceGauges::queuedBytes);
        gauge(Metric.MAILBOX, service, gauges, ServiceGauges::mailbox);
        for (Subprotocol subprotocol : gauges.subprotocols()) {
            gauge(Metric.PEERS, service.and(protocol(subprotocol)), gauges, any -> any.peers(subprotocol));
        }
        for (Link<?> link : gauges.links()) {
            Tags tags = service.and("link", link.name());
            gauge(Metric.LINK_DEPTH, tags.and("urgency", "ordinary"), link, Link::depth);
            gauge(Metric.LINK_DEPTH, tags.and("urgency", "urgent"), link, Link::urgentDepth);
        }
    }

    @Override
    public void received(int extensionType, int messageType) {
        count(received, "in", receivedUnknown, extensionType, messageType);
    }

    @Override
    public void receivedBytes(int bytes) {
        receivedBytes.increment(bytes);
    }

    @Override
    public void sent(int extensionType, int messageType, int bytes) {
        count(sent, "out", sentUnknown, extensionType, messageType);
        sentBytes.increment(bytes);
    }

    @Override
    public void took(Latency what, long nanos) {
        Timer timer = timers.get(what);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void connected(Subprotocol subprotocol) {
        counter(Metric.CONNECTIONS_OPENED, service.and(protocol(subprotocol))).increment();
    }

    @Override
    public void closed(Subprotocol subprotocol, CloseReason reason) {
        counter(Metric.CONNECTIONS_CLOSED, service.and(protocol(subprotocol)).and("reason", reason.kind()))
                .increment();
    }

    @Override
    public void refused(CloseReason reason) {
        counter(Metric.CONNECTIONS_REFUSED, service.and("reason", reason.kind()))
                .increment();
    }

    @Override
    public void upstreamDown(Subprotocol subprotocol, CloseReason reason) {
        counter(Metric.UPSTREAM_FAILURES, service.and(protocol(subprotocol)).and("reason", reason.kind()))
                .increment();
    }

    @Override
    public void slowTurn() {
        slowTurns.increment();
    }

    @Override
    public void stuckTurn() {
        stuckTurns.increment();
    }

    /// Types of the core protocol fit in seven bits, so boxing their key allocates nothing.
    private void count(
            Map<Integer, Counter> counters, String direction, Counter unknown, int extensionType, int messageType) {
        int key = extensionType << 8 | messageType;
        Counter known = counters.get(key);
        if (known == null) {
            known = MessageRegistry.core()
                    .layout(extensionType, messageType)
                    .map(layout -> counters.computeIfAbsent(
                            key,
                            any -> counter(
                                    Metric.MESSAGES,
                                    service.and("direction", direction).and("message", layout.specName()))))
                    .orElse(unknown);
        }
        known.increment();
    }

    private Counter counter(Metric metric, Tags tags) {
        return Counter.builder(metric.meterName())
                .description(metric.text())
                .tags(tags)
                .register(registry);
    }

    private <T> void gauge(Metric metric, Tags tags, T of, ToDoubleFunction<T> value) {
        Gauge.builder(metric.meterName(), of, value)
                .description(metric.text())
                .tags(tags)
                .register(registry);
    }

    private Timer timer(Metric metric) {
        return Timer.builder(metric.meterName())
                .description(metric.text())
                .tags(service)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static Metric metric(Latency what) {
        return switch (what) {
            case TURN -> Metric.TURN;
            case HANDSHAKE -> Metric.HANDSHAKE;
            case SETUP -> Metric.SETUP;
            case REQUEST -> Metric.REQUEST;
            case PERSIST -> Metric.PERSIST;
            case NEWS -> Metric.NEWS;
        };
    }

    private static Tags protocol(Subprotocol subprotocol) {
        return Tags.of("protocol", subprotocol.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
