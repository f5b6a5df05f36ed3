package org.stratumj.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Connection;
import org.stratumj.protocol.Sv2Message;

/// What one connection has given to journals and waits for: each goes on when it is durable, and not before
/// those that were begun earlier. Lane only.
///
/// While [#STEPS_MAX] wait the peer is not read: whoever sends more than the journal can write feels it
/// himself.
final class Persisting<O extends Sv2Message> {
    static final int STEPS_MAX = 1024;
    private static final int STEPS_TO_READ_AGAIN = STEPS_MAX / 2;

    private final Connection connection;
    private final EffectRunner<O> effects;
    private final ServiceMetrics metrics;
    private final Deque<Step<O>> steps = new ArrayDeque<>();
    private boolean paused;

    Persisting(Connection connection, EffectRunner<O> effects, ServiceMetrics metrics) {
        this.connection = connection;
        this.effects = effects;
        this.metrics = metrics;
    }

    Step<O> begin(Effect<O> then) {
        Step<O> step = new Step<>(this, then);
        steps.add(step);
        if (!paused && steps.size() >= STEPS_MAX) {
            paused = true;
            connection.pauseReading();
        }
        return step;
    }

    private void goOn() {
        for (Step<O> first = steps.peek(); first != null && first.durable; first = steps.peek()) {
            steps.remove();
            effects.run(first.then);
        }
        if (paused && steps.size() <= STEPS_TO_READ_AGAIN) {
            paused = false;
            connection.resumeReading();
        }
    }

    /// One record under way.
    static final class Step<O extends Sv2Message> {
        private final Persisting<O> all;
        private final Effect<O> then;
        private final long began;
        private boolean durable;

        private Step(Persisting<O> all, Effect<O> then) {
            this.all = all;
            this.then = then;
            this.began = all.connection.lane().nanoTime();
        }

        /// The journal is done with it.
        void end(@Nullable Throwable failure) {
            if (failure != null) {
                all.effects.fail(failure);
            } else {
                durable = true;
                all.metrics.took(Latency.PERSIST, all.connection.lane().nanoTime() - began);
                all.goOn();
            }
        }
    }
}
