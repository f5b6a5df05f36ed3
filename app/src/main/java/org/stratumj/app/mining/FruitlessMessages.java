package org.stratumj.app.mining;

import java.time.Duration;
import java.util.Optional;
import org.stratumj.connection.CloseReason;

/// The messages of one connection that cost something and bring nothing: refused shares and requests, and updates. For
/// the lane of its connection only.
///
/// A peer that sends [#FRUITLESS_MAX] of them within one [#WINDOW], 500 a second, with less than one credited
/// share or opened channel for [#FRUITLESS_PER_FRUITFUL] of them, is closed. A thousand channels at six
/// shares a minute send 100 a second in all, and are refused for the seconds after a change of the tip. A
/// miner whose clock is wrong is refused every share, at the rate of its channels. Neither comes near.
final class FruitlessMessages {
    /// How many end a connection.
    static final int FRUITLESS_MAX = 30_000;

    /// How many go with one message that brings something.
    static final int FRUITLESS_PER_FRUITFUL = 100;

    /// The time over which they are counted, from the first one on.
    static final Duration WINDOW = Duration.ofMinutes(1);

    private long begunAt;
    private long fruitless;
    private long fruitful;

    /// A share was credited, or a channel opened.
    void fruitful() {
        fruitful++;
    }

    /// A message brought nothing.
    ///
    /// @param now monotonic, in nanoseconds
    void fruitless(long now) {
        if (fruitless == 0 || now - begunAt >= WINDOW.toNanos()) {
            begunAt = now;
            fruitless = 0;
            fruitful = 0;
        }
        fruitless++;
    }

    /// Why the connection is to be closed, if it is.
    Optional<CloseReason> verdict() {
        return fruitless >= FRUITLESS_MAX && fruitful * FRUITLESS_PER_FRUITFUL < fruitless
                ? Optional.of(new CloseReason.ProtocolViolation(fruitless
                        + " refused shares, refused requests and updates within " + WINDOW.toSeconds()
                        + " s, and hardly anything else; look at the reasons of the refusals"))
                : Optional.empty();
    }
}
