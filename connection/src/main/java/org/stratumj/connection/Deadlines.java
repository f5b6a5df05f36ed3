package org.stratumj.connection;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.Step;

/// The one thing a connection waits for: a step that must be done in time, or any activity. Beside activity the rest
/// of a frame, once one has begun. Lane only.
final class Deadlines {
    private final Lane lane;
    private final Consumer<DeadlineMissed> missed;
    private Lane.@Nullable Scheduled timer;
    private Lane.@Nullable Scheduled frameTimer;
    private long lastActivity;

    Deadlines(Lane lane, Consumer<DeadlineMissed> missed) {
        this.lane = lane;
        this.missed = missed;
    }

    /// Waits for a step from now on, and for nothing else.
    void expect(Step step, Duration limit) {
        stop();
        timer = lane.schedule(() -> missed.accept(new DeadlineMissed(step, limit)), limit);
    }

    /// Waits for activity from now on, and for nothing else.
    ///
    /// @param limit the longest silence; zero waits for ever
    void expectActivity(Duration limit) {
        stop();
        lastActivity = lane.nanoTime();
        if (limit.isPositive()) {
            timer = lane.schedule(() -> checkActivity(limit), limit);
        }
    }

    /// Something was sent or received.
    void activity() {
        lastActivity = lane.nanoTime();
    }

    /// A frame has begun, or goes on: its last byte must come in time, counted from the first call on.
    void expectFrameEnd(Duration limit) {
        if (frameTimer == null) {
            frameTimer = lane.schedule(() -> missed.accept(new DeadlineMissed(Step.FRAME, limit)), limit);
        }
    }

    /// A frame is complete.
    void frameEnded() {
        frameTimer = cancelled(frameTimer);
    }

    void stop() {
        timer = cancelled(timer);
        frameEnded();
    }

    private static Lane.@Nullable Scheduled cancelled(Lane.@Nullable Scheduled timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }

    /// The timer is not moved with every message: it looks back when it fires.
    private void checkActivity(Duration limit) {
        Duration silence = Duration.ofNanos(lane.nanoTime() - lastActivity);
        if (silence.compareTo(limit) >= 0) {
            missed.accept(new DeadlineMissed(Step.ACTIVITY, limit));
        } else {
            timer = lane.schedule(() -> checkActivity(limit), limit.minus(silence));
        }
    }
}
