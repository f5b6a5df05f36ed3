package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.stratumj.connection.Connection;
import org.stratumj.connection.Lane;

/// Notices handlers that keep a lane from its other connections: when their turn is over, and, from the lane of the
/// service, while it does not end. Any thread.
final class TurnWatch {
    /// A turn should be over after this time.
    static final Duration TURN_MAX = Duration.ofMillis(20);

    /// A turn that has not ended after this time is stuck.
    static final Duration STUCK_MIN = Duration.ofSeconds(1);

    /// How often the lanes are looked at.
    static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /// One slow turn is a pause of the collector or of the machine; so many within [#SLOW_WINDOW] are a warning.
    static final int SLOW_TO_WARN = 10;

    static final Duration SLOW_WINDOW = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger("org.stratumj.service");

    private final Listeners listeners;
    private final Map<Lane, OpenTurn<Connection>> lanes = new ConcurrentHashMap<>();
    private final Deque<Long> slow = new ArrayDeque<>();
    private volatile boolean stopped;

    TurnWatch(Listeners listeners) {
        this.listeners = listeners;
    }

    /// Looks at the lanes from `lane` on, until [#stop]. In a simulation nothing can be stuck.
    void begin(Lane lane) {
        if (lane.isLive()) {
            lane.schedule(() -> look(lane), LOOK_EVERY);
        }
    }

    void stop() {
        stopped = true;
    }

    /// Where the turns of the connections of `lane` are to be noted.
    OpenTurn<Connection> of(Lane lane) {
        return lane.isLive() ? lanes.computeIfAbsent(lane, any -> new OpenTurn<>()) : new OpenTurn<>();
    }

    /// A turn is over.
    void took(Connection connection, long nanos) {
        listeners.metrics().took(Latency.TURN, nanos);
        if (nanos > TURN_MAX.toNanos()) {
            boolean repeated = isRepeated(connection.lane().nanoTime());
            LOG.log(
                    repeated ? Level.WARNING : Level.DEBUG,
                    () -> connection + ": the handler held its lane for " + nanos / 1_000_000 + " ms"
                            + (repeated ? ", one of " + SLOW_TO_WARN + " slow turns within a minute" : "")
                            + "; one that has to wait should say that it may block");
            listeners.onSlowTurn(connection.id(), Duration.ofNanos(nanos));
        }
    }

    /// Whether this is the last of [#SLOW_TO_WARN] within [#SLOW_WINDOW]; the count begins again then.
    private synchronized boolean isRepeated(long now) {
        slow.removeIf(before -> now - before > SLOW_WINDOW.toNanos());
        slow.add(now);
        boolean repeated = slow.size() == SLOW_TO_WARN;
        if (repeated) {
            slow.clear();
        }
        return repeated;
    }

    private void look(Lane lane) {
        if (!stopped) {
            begin(lane); // first, so that a failure does not end the watch
            long now = lane.nanoTime();
            lanes.values().forEach(turn -> turn.report(now, STUCK_MIN.toNanos(), this::stuck));
        }
    }

    private void stuck(Connection connection, long nanos, List<StackTraceElement> stack) {
        LOG.log(
                Level.ERROR,
                () -> "%s: the handler has held its lane for %d ms and still does%s"
                        .formatted(
                                connection,
                                nanos / 1_000_000,
                                stack.stream()
                                        .map(frame -> "%n\tat %s".formatted(frame))
                                        .collect(Collectors.joining())));
        listeners.onStuckTurn(connection.id(), Duration.ofNanos(nanos), stack);
    }
}
