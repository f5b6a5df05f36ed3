package org.stratumj.connection.sim;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The timers of a simulation, the next one first. A cancelled one is only marked; it is taken out when its time has
/// come, or with all others once they are more than half.
final class SimTimers {
    private static final int CANCELLED_KEPT = 64;

    private final PriorityQueue<SimTimer> queue = new PriorityQueue<>();
    private long made;
    private int cancelled;

    SimTimer add(long at, SimLane lane, Runnable task) {
        SimTimer timer = new SimTimer(at, made++, lane, this, task);
        queue.add(timer);
        return timer;
    }

    /// Those that are still to fire.
    int size() {
        return queue.size() - cancelled;
    }

    /// The next one, which stays.
    @Nullable
    SimTimer peek() {
        SimTimer first = queue.peek();
        while (first != null && first.isCancelled()) {
            queue.remove();
            cancelled--;
            first = queue.peek();
        }
        return first;
    }

    /// Takes out the one that [#peek] gave.
    void remove() {
        queue.remove();
    }

    /// Drops those of lanes on which nothing runs any more.
    void sweep() {
        queue.forEach(timer -> {
            if (timer.lane().isDead()) {
                timer.abandon();
            }
        });
        queue.removeIf(SimTimer::isCancelled);
        cancelled = 0;
    }

    void cancelled() {
        cancelled++;
        if (cancelled > CANCELLED_KEPT && cancelled > queue.size() / 2) {
            sweep();
        }
    }
}
