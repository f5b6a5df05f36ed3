package org.stratumj.app.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// The last [#LINES_MAX] log lines, for a view. Any thread.
public final class LogTail implements Consumer<String> {
    /// Lines kept; older ones fall out.
    public static final int LINES_MAX = 1000;

    private final Deque<String> lines = new ArrayDeque<>();

    @Override
    public synchronized void accept(String text) {
        text.lines().forEach(this::add);
    }

    private void add(String line) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /// A copy, oldest first.
    public synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
