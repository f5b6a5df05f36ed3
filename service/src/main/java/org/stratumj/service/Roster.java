package org.stratumj.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;

/// The members that one lane owns, in the order of joining, and the sweeps over them: one after another, each a
/// part per turn, so that other work of the lane is not held up. Lane only, except for [#sweep].
final class Roster<P> {
    private static final int MEMBERS_PER_TURN = 64;

    private final Lane lane;
    private final Set<P> members = new LinkedHashSet<>();
    private final Map<Object, Sweep<P>> newest = new ConcurrentHashMap<>();
    private final Deque<Sweep<P>> sweeps = new ArrayDeque<>();
    private @Nullable Sweep<P> underWay;
    private List<P> remaining = List.of();

    /// @param topic of which only the newest sweep counts
    /// @param swept what follows when every member had its turn
    private record Sweep<P>(Optional<Object> topic, Consumer<? super P> action, Runnable swept) {
        boolean isOf(Sweep<P> other) {
            return topic.isPresent() && topic.equals(other.topic);
        }
    }

    Roster(Lane lane) {
        this.lane = lane;
    }

    void join(P member) {
        members.add(member);
    }

    void leave(P member) {
        members.remove(member);
    }

    /// Runs `action` for every member, after the sweeps that were begun before. Any thread.
    void sweep(Consumer<? super P> action) {
        lane.execute(() -> begin(new Sweep<>(Optional.empty(), action, () -> {})));
    }

    /// The same, but once for all calls about one topic that come before the lane gets to it: with the newest
    /// action. Any thread.
    ///
    /// @param swept what follows on the lane when every member had its turn; not if a newer one came between
    void sweep(Object topic, Consumer<? super P> action, Runnable swept) {
        if (newest.put(topic, new Sweep<>(Optional.of(topic), action, swept)) == null) {
            lane.execute(() -> beginNewest(topic));
        }
    }

    private void beginNewest(Object topic) {
        Sweep<P> sweep = newest.remove(topic);
        if (sweep != null) {
            begin(sweep);
        }
    }

    private void begin(Sweep<P> sweep) {
        sweeps.removeIf(sweep::isOf);
        sweeps.add(sweep);
        if (underWay == null) {
            next();
        }
    }

    private void next() {
        underWay = sweeps.poll();
        if (underWay != null) {
            remaining = new ArrayList<>(members);
            go(underWay);
        }
    }

    private void go(Sweep<P> sweep) {
        List<P> part = remaining.subList(0, Math.min(MEMBERS_PER_TURN, remaining.size()));
        remaining = remaining.subList(part.size(), remaining.size());
        try {
            part.forEach(member -> {
                if (members.contains(member)) {
                    sweep.action().accept(member);
                }
            });
            if (remaining.isEmpty()) {
                sweep.swept().run();
            }
        } finally {
            goOn(sweep);
        }
    }

    /// Also after an action that threw: a failure must not stop the sweeps of the lane.
    private void goOn(Sweep<P> sweep) {
        if (!remaining.isEmpty()) {
            lane.execute(() -> go(sweep));
        } else if (sweeps.isEmpty()) {
            underWay = null;
            remaining = List.of();
        } else {
            lane.execute(this::next);
        }
    }
}
