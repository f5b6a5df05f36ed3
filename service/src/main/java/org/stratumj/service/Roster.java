package org.stratumj.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.stratumj.connection.Lane;

/// The members that one lane owns, in the order of joining, and the sweeps over them: one after another, each a
/// part per turn, so that other work of the lane is not held up. Lane only, except for [#sweep].
final class Roster<P> {
    private static final int MEMBERS_PER_TURN = 64;

    private final Lane lane;
    private final Set<P> members = new LinkedHashSet<>();
    private final Deque<Consumer<? super P>> sweeps = new ArrayDeque<>();
    private List<P> remaining = List.of();

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
        lane.execute(() -> begin(action));
    }

    private void begin(Consumer<? super P> action) {
        sweeps.add(action);
        if (sweeps.size() == 1) {
            remaining = new ArrayList<>(members);
            go();
        }
    }

    private void go() {
        Consumer<? super P> action = sweeps.element();
        int part = Math.min(MEMBERS_PER_TURN, remaining.size());
        remaining.subList(0, part).forEach(member -> {
            if (members.contains(member)) {
                action.accept(member);
            }
        });
        remaining = remaining.subList(part, remaining.size());
        if (remaining.isEmpty()) {
            sweeps.remove();
            remaining = sweeps.isEmpty() ? List.of() : new ArrayList<>(members);
        }
        if (!sweeps.isEmpty()) {
            lane.execute(this::go);
        }
    }
}
