package org.stratumj.connection;

import java.time.Duration;
import java.util.function.Consumer;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.Step;

/// The one thing a connection waits for: a step that must be done in time, or any activity. Beside activity the rest
/// of a frame, once one has begun. Lane only.
///
/// While the peer is not read nothing is waited for: what it sent in time may lie in the network.
final class Deadlines {
    private final Lane lane;
    private final Consumer<DeadlineMissed> missed;
    private final Countdown step;
    private final Countdown frame;
    private long lastActivity;

    Deadlines(Lane lane, Consumer<DeadlineMissed> missed) {
        this.lane = lane;
        this.missed = missed;
        this.step = new Countdown(lane);
        this.frame = new Countdown(lane);
    }

    /// Waits for a step from now on, and for nothing else.
    void expect(Step awaited, Duration limit) {
        stop();
        await(step, awaited, limit);
    }

    /// Waits for activity from now on, and for nothing else.
    ///
    /// @param limit the longest silence; zero waits for ever
    void expectActivity(Duration limit) {
        stop();
        lastActivity = lane.nanoTime();
        if (limit.isPositive()) {
            step.begin(limit, () -> checkActivity(limit));
        }
    }

    /// Something was sent or received.
    void activity() {
        lastActivity = lane.nanoTime();
    }

    /// A frame has begun, or goes on: its last byte must come in time, counted from the first call on.
    void expectFrameEnd(Duration limit) {
        if (!frame.isRunning()) {
            await(frame, Step.FRAME, limit);
        }
    }

    /// A frame is complete.
    void frameEnded() {
        frame.end();
    }

    /// The peer is not read from now on.
    void hold() {
        step.hold();
        frame.hold();
    }

    /// The peer is read again: that is as good as activity.
    void go() {
        activity();
        step.go();
        frame.go();
    }

    void stop() {
        step.end();
        frame.end();
    }

    private void await(Countdown countdown, Step awaited, Duration limit) {
        countdown.begin(limit, () -> missed.accept(new DeadlineMissed(awaited, limit)));
    }

    /// The timer is not moved with every message: it looks back when it fires.
    private void checkActivity(Duration limit) {
        Duration silence = Duration.ofNanos(lane.nanoTime() - lastActivity);
        if (silence.compareTo(limit) >= 0) {
            missed.accept(new DeadlineMissed(Step.ACTIVITY, limit));
        } else {
            step.begin(limit.minus(silence), () -> checkActivity(limit));
        }
    }
}
