package org.stratumj.connection;

import java.time.Duration;
import java.util.function.Consumer;
import org.stratumj.connection.CloseReason.DeadlineMissed;
import org.stratumj.connection.CloseReason.Step;

/// Watches that the network takes some of what waits for a peer. Lane only.
///
/// It looks once per limit and not at each byte: a queue of which nothing was taken since the look before is given up,
/// which is after one limit at the earliest and two at the latest. A slow peer that takes something goes on.
final class StallWatch {
    private final Pipe pipe;
    private final Duration limit;
    private final Consumer<CloseReason> stalled;
    private final Countdown countdown;
    private boolean watching;
    private long takenBefore;

    /// @param limit zero watches nothing
    StallWatch(Pipe pipe, Duration limit, Consumer<CloseReason> stalled) {
        this.pipe = pipe;
        this.limit = limit;
        this.stalled = stalled;
        this.countdown = new Countdown(pipe.lane());
    }

    /// Bytes wait.
    void begin() {
        if (!watching && limit.isPositive()) {
            watching = true;
            takenBefore = pipe.takenBytes();
            countdown.begin(limit, this::look);
        }
    }

    void end() {
        countdown.end();
    }

    private void look() {
        watching = false;
        if (pipe.queuedBytes() == 0) {
            return;
        }
        if (pipe.takenBytes() == takenBefore) {
            stalled.accept(new DeadlineMissed(Step.OUTBOUND, limit));
        } else {
            begin();
        }
    }
}
