package org.stratumj.connection;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.FrameHeader;

/// The one thing a connection waits for: a step that must be done in time, or any activity. Beside activity the
/// first channel, and the rest of a frame once one has begun. Lane only.
///
/// While the peer is not read nothing is waited for: what it sent in time may lie in the network.
final class Deadlines {
    private final Lane lane;
    private final Consumer<DeadlineMissed> missed;
    private final Countdown step;
    /// Only while there is something to wait for.
    private @Nullable Countdown frame;
    private @Nullable FirstChannel firstChannel;
    private long lastActivity;

    Deadlines(Lane lane, Consumer<DeadlineMissed> missed) {
        this.lane = lane;
        this.missed = missed;
        this.step = new Countdown(lane);
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

    /// Waits for the first channel as well.
    ///
    /// @param limit zero waits for ever
    void expectFirstChannel(Duration limit) {
        if (limit.isPositive()) {
            firstChannel =
                    new FirstChannel(lane, limit, () -> missed.accept(new DeadlineMissed(Step.FIRST_CHANNEL, limit)));
        }
    }

    /// A message came, and with it the end of its frame.
    void received(Sv2Message message) {
        lastActivity = lane.nanoTime();
        frameEnded();
        if (firstChannel != null) {
            firstChannel.received(message);
        }
    }

    /// A message was queued.
    void sent(FrameHeader header) {
        lastActivity = lane.nanoTime();
        if (firstChannel != null && firstChannel.sent(header)) {
            firstChannel = null;
        }
    }

    /// A frame has begun, or goes on: its last byte must come in time, counted from the first call on.
    void expectFrameEnd(Duration limit) {
        if (frame == null) {
            frame = new Countdown(lane);
            await(frame, Step.FRAME, limit);
        }
    }

    /// The peer is not read from now on.
    void hold() {
        step.hold();
        if (frame != null) {
            frame.hold();
        }
        if (firstChannel != null) {
            firstChannel.hold();
        }
    }

    /// The peer is read again: that is as good as activity.
    void go() {
        lastActivity = lane.nanoTime();
        step.go();
        if (frame != null) {
            frame.go();
        }
        if (firstChannel != null) {
            firstChannel.go();
        }
    }

    void stop() {
        step.end();
        frameEnded();
        if (firstChannel != null) {
            firstChannel.end();
            firstChannel = null;
        }
    }

    private void frameEnded() {
        if (frame != null) {
            frame.end();
            frame = null;
        }
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
