package org.stratumj.app.process;

import java.time.Duration;

/// How long to wait before a process is started again: longer each time it ends soon, so that one that cannot run does
/// not take the machine. Not thread-safe.
final class RestartPauses {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration MAX = Duration.ofSeconds(10);

    /// A process that ran for so long was in order; the pauses begin anew.
    static final Duration HELD_MIN = Duration.ofSeconds(10);

    private Duration next = FIRST;

    /// The pause after a process that ran for this long.
    Duration after(Duration ran) {
        Duration pause = ran.compareTo(HELD_MIN) >= 0 ? FIRST : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(MAX) > 0 ? MAX : doubled;
        return pause;
    }
}
