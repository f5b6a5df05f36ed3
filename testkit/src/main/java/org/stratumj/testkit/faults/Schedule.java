package org.stratumj.testkit.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Lane;
import org.stratumj.testkit.faults.FaultPlan.Planned;
import org.stratumj.testkit.faults.FaultPlan.Trigger;

/// A plan under way: what has not begun yet. Lane only.
final class Schedule {
    private final Lane lane;
    private final Consumer<Fault> begin;
    private final Map<Flow, Queue<Due>> byPosition = new EnumMap<>(Flow.class);
    private final Queue<Due> byTime = new PriorityQueue<>(Due.ORDER);
    private Lane.@Nullable Scheduled timer;

    /// @param begin lets a fault begin
    Schedule(FaultPlan plan, Lane lane, Consumer<Fault> begin) {
        this.lane = lane;
        this.begin = begin;
        for (Flow flow : Flow.values()) {
            byPosition.put(flow, new PriorityQueue<>(Due.ORDER));
        }
        for (Planned planned : plan.faults()) {
            add(planned);
        }
    }

    /// @param at     a position in a flow, or a time of the lane
    /// @param number those of one moment begin in the order of the plan
    private record Due(long at, int number, Fault fault) {
        static final Comparator<Due> ORDER = Comparator.comparingLong(Due::at).thenComparingInt(Due::number);
    }

    /// The pipe opens.
    void start() {
        tick();
        begin(Flow.INCOMING, 0);
        begin(Flow.OUTGOING, 0);
    }

    /// Begins what is due at a position.
    ///
    /// @return how many bytes there are to the next
    long begin(Flow flow, long position) {
        Queue<Due> planned = at(flow);
        beginDue(planned, position);
        return planned.isEmpty() ? Long.MAX_VALUE : planned.element().at - position;
    }

    /// The pipe is gone.
    void stop() {
        byTime.clear();
        byPosition.values().forEach(Queue::clear);
        if (timer != null) {
            timer.cancel();
        }
    }

    private void add(Planned planned) {
        switch (planned.when()) {
            case Trigger.AtByte(var flow, long position) -> add(at(flow), position, planned.what());
            case Trigger.After(var time) -> add(byTime, lane.nanoTime() + time.toNanos(), planned.what());
        }
    }

    private static void add(Queue<Due> queue, long at, Fault fault) {
        queue.add(new Due(at, queue.size(), fault));
    }

    private void tick() {
        timer = null;
        beginDue(byTime, lane.nanoTime());
        if (!byTime.isEmpty()) {
            timer = lane.schedule(this::tick, Duration.ofNanos(byTime.element().at - lane.nanoTime()));
        }
    }

    private void beginDue(Queue<Due> queue, long now) {
        while (!queue.isEmpty() && queue.element().at <= now) {
            begin.accept(queue.remove().fault);
        }
    }

    private Queue<Due> at(Flow flow) {
        return Objects.requireNonNull(byPosition.get(flow));
    }
}
