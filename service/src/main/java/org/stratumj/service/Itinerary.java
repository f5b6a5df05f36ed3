package org.stratumj.service;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Endpoint;

/// Where a client dials next, and after which pause. One thread at a time.
///
/// Each failure leads to the next endpoint of the list and doubles the pause. A connection that held counts as
/// success: when it is lost, the first endpoint is next, after the first pause. One that was lost at once
/// counts as a failure, or a server that accepts and closes would be dialled without end. A server that we left
/// because it was of no use is not tried again before the next one, however long it held the connection; if that was
/// the first of the list, the time after which it is looked for again doubles each time, until a connection to it held.
final class Itinerary {
    /// A connection that was up for so long held.
    static final Duration HELD_MIN = Duration.ofSeconds(10);

    /// Longest time after which the first of the list is looked for, unless the policy says more.
    static final Duration RETURN_MAX = Duration.ofHours(1);

    private final List<Endpoint> endpoints;
    private final ReconnectPolicy policy;
    private final RandomGenerator random;
    private int index;
    private int failures;
    private int preferredLeft;
    private @Nullable Endpoint elsewhere;

    Itinerary(List<Endpoint> endpoints, ReconnectPolicy policy, RandomGenerator random) {
        this.endpoints = List.copyOf(endpoints);
        this.policy = policy;
        this.random = random;
    }

    /// Where to dial.
    Endpoint current() {
        return elsewhere != null ? elsewhere : endpoints.get(index);
    }

    /// The first of the list.
    Endpoint preferred() {
        return endpoints.getFirst();
    }

    /// Whether the first of the list is where we are, or sent us there.
    boolean isPreferred() {
        return index == 0;
    }

    /// How long to stay elsewhere before looking whether the first of the list takes us again.
    Duration returnAfter() {
        Duration usual = policy.returnAfter();
        Duration max = usual.compareTo(RETURN_MAX) > 0 ? usual : RETURN_MAX;
        Duration grown = usual;
        for (int times = 1; times < preferredLeft && grown.compareTo(max) < 0; times++) {
            grown = grown.multipliedBy(2);
        }
        return grown.compareTo(max) < 0 ? grown : max;
    }

    /// We left the server because the first of the list takes us again.
    ///
    /// @return no pause
    Duration returned() {
        failures = 0;
        index = 0;
        elsewhere = null;
        return Duration.ZERO;
    }

    /// The connection is lost, or there was none.
    ///
    /// @param up how long it was set up
    /// @return the pause before dialling again
    Duration lost(Duration up) {
        if (held(up)) {
            preferredLeft = isPreferred() ? 0 : preferredLeft;
            failures = 0;
            index = 0;
            elsewhere = null;
        } else {
            moveOn();
        }
        return pause();
    }

    /// We left the server.
    ///
    /// @param up how long the connection was set up
    /// @return the pause before dialling the next one
    Duration left(Duration up) {
        preferredLeft += isPreferred() ? 1 : 0;
        if (held(up)) {
            failures = 0;
        }
        moveOn();
        return pause();
    }

    /// The server sent us to another place, which is tried once.
    ///
    /// @param up how long the connection was set up
    /// @return the pause before dialling there
    Duration redirected(Endpoint target, Duration up) {
        if (held(up)) {
            failures = 0;
        }
        elsewhere = target;
        return pause();
    }

    /// To the next endpoint, or from elsewhere back to the one that sent us there.
    private void moveOn() {
        if (elsewhere == null) {
            index = (index + 1) % endpoints.size();
        }
        elsewhere = null;
    }

    private static boolean held(Duration up) {
        return up.compareTo(HELD_MIN) >= 0;
    }

    private Duration pause() {
        int doublings = Math.min(failures++, Long.SIZE - 2);
        long max = policy.max().toNanos();
        long first = policy.first().toNanos();
        long full = first > max >> doublings ? max : first << doublings;
        return Duration.ofNanos((long) (full * (1 - policy.jitter() * random.nextDouble())));
    }
}
