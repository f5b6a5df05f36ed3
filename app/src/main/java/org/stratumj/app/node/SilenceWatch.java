package org.stratumj.app.node;

import java.time.Duration;
import java.util.function.Consumer;

/// Warns of a node that owes an answer: once when it takes long, once an interval as long as it lasts, and when it
/// answers again. One thread.
final class SilenceWatch {
    private final Duration max;
    private final Duration interval;
    private final Consumer<String> warnings;
    private Duration reported = Duration.ZERO;

    /// @param max      shortest silence that is worth a line
    /// @param interval between two lines
    SilenceWatch(Duration max, Duration interval, Consumer<String> warnings) {
        this.max = max;
        this.interval = interval;
        this.warnings = warnings;
    }

    /// Takes how long the node has been silent, as [org.stratumj.node.NodeBackend#silence] says.
    void look(Duration silence) {
        if (!isLong(silence)) {
            if (reported.isPositive()) {
                warnings.accept("the node answers again");
            }
            reported = Duration.ZERO;
        } else if (reported.isZero() || silence.minus(reported).compareTo(interval) >= 0) {
            reported = silence;
            warnings.accept(text(silence));
        }
    }

    /// One line if the silence is long, empty otherwise. Any thread.
    String note(Duration silence) {
        return isLong(silence) ? text(silence) : "";
    }

    private boolean isLong(Duration silence) {
        return silence.compareTo(max) >= 0;
    }

    private static String text(Duration silence) {
        return "no answer from the node for " + silence.toSeconds() + " s";
    }
}
