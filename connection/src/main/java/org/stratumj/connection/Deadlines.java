package org.stratumj.connection;

import java.time.Duration;
import java.util.function.Consumer;
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
    private final Countdown frame;
    private final FirstChannel firstChannel;
    private long lastActivity;

    Deadlines(Lane lane, Consumer<DeadlineMissed> missed) {
        this.lane = lane;
        this.missed = missed;
        this.step = new Countdown(lane);
        this.frame = new Countdown(lane);
        this.firstChannel = new FirstChannel(lane);
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
            firstChannel.begin(limit, () -> missed.accept(new DeadlineMissed(Step.FIRST_CHANNEL, limit)));
        }
    }

    /// A message came, and with it the end of its frame.
    void received(Sv2Message message) {
        lastActivity = lane.nanoTime();
        frame.end();
        firstChannel.received(message);
    }

    /// A message was queued.
    void sent(FrameHeader header) {
        lastActivity = lane.nanoTime();
        firstChannel.sent(header);
    }

    /// A frame has begun, or goes on: its last byte must come in time, counted from the first call on.
    void expectFrameEnd(Duration limit) {
        if (!frame.isRunning()) {
            await(frame, Step.FRAME, limit);
        }
    }

    /// The peer is not read from now on.
    void hold() {
        step.hold();
        frame.hold();
        firstChannel.hold();
    }

    /// The peer is read again: that is as good as activity.
    void go() {
        lastActivity = lane.nanoTime();
        step.go();
        frame.go();
        firstChannel.go();
    }

    void stop() {
        step.end();
        frame.end();
        firstChannel.end();
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
