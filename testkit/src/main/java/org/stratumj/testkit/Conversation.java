package org.stratumj.testkit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was said on one connection so far, for the message of a test that fails: the last [#LINES_MAX] lines. Any
/// thread.
final class Conversation {
    static final int LINES_MAX = 100;
    private static final int LINE_CHARS_MAX = 240;

    private final String name;
    private final Deque<String> lines = new ArrayDeque<>();
    private long left;

    Conversation(String name) {
        this.name = name;
    }

    /// Adds a line with its time of day, UTC.
    void add(Instant time, String what) {
        add("%tT.%<tL ".formatted(time.atOffset(ZoneOffset.UTC)) + what);
    }

    /// Adds a line.
    synchronized void add(String what) {
        lines.add(what.length() > LINE_CHARS_MAX ? what.substring(0, LINE_CHARS_MAX) + "…" : what);
        if (lines.size() > LINES_MAX) {
            lines.remove();
            left++;
        }
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder(name).append(lines.isEmpty() ? " said nothing yet" : ":");
        if (left > 0) {
            text.append("\n  … ").append(left).append(" lines before");
        }
        lines.forEach(line -> text.append("\n  ").append(line));
        return text.toString();
    }
}
