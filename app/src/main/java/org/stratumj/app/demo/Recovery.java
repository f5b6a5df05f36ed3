package org.stratumj.app.demo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.pool.PoolRole;
import org.stratumj.app.process.ProcessListener;
import org.stratumj.app.proxy.ProxyRole;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.RoleStatus;

/// Tells how long mining stood still when the process of a role ended: from there until both the pool and the proxy
/// tell of new accepted shares. Only reports count that were made after the role was up again, so that shares from
/// before are not taken for new ones. Any thread.
final class Recovery implements ProcessListener {
    private static final Set<String> WITNESSES = Set.of(PoolRole.NAME, ProxyRole.NAME);

    private final RoleEvents events;
    private final LongSupplier nanoTime;
    private final Map<String, Long> sharesAtUp = new HashMap<>();
    private final Map<String, Long> sharesNow = new HashMap<>();
    private @Nullable String ended;
    private boolean up;
    private long endedAt;
    private long upAt;

    /// @param nanoTime as [System#nanoTime]
    Recovery(RoleEvents events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /// The latest counts: if one ends while mining has not gone on after another, the wait begins anew.
    @Override
    public synchronized void onEnded(String role) {
        ended = role;
        endedAt = nanoTime.getAsLong();
        up = false;
    }

    @Override
    public synchronized void onUp(String role) {
        if (role.equals(ended)) {
            up = true;
            upAt = nanoTime.getAsLong();
            sharesAtUp.clear();
            sharesNow.clear();
        }
    }

    @Override
    public synchronized void onReport(RoleStatus status) {
        String role = ended;
        if (role == null || !up || !WITNESSES.contains(status.role())) {
            return;
        }
        sharesAtUp.putIfAbsent(status.role(), status.sharesAccepted());
        sharesNow.put(status.role(), status.sharesAccepted());
        if (WITNESSES.stream().allMatch(this::hasNewShares)) {
            long now = nanoTime.getAsLong();
            events.on(new RoleEvent.Note(
                    role,
                    String.format(
                            Locale.ROOT,
                            "mining goes on, %.1f s after the process ended and %.1f s after the role was up again",
                            (now - endedAt) / 1e9,
                            (now - upAt) / 1e9)));
            ended = null;
        }
    }

    private boolean hasNewShares(String role) {
        return sharesNow.getOrDefault(role, 0L) > sharesAtUp.getOrDefault(role, Long.MAX_VALUE);
    }
}
