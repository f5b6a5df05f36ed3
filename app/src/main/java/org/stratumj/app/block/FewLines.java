package org.stratumj.app.block;

import java.util.function.Consumer;

/// Passes on the first lines of a kind and counts the others. One thread.
public final class FewLines {
    /// The most lines passed on one by one.
    public static final int LINES_MAX = 8;

    private final Consumer<String> out;
    private int lines;

    /// @param out gets the lines
    public FewLines(Consumer<String> out) {
        this.out = out;
    }

    /// Passes on one line, if it is one of the first.
    public void add(String line) {
        if (lines++ < LINES_MAX) {
            out.accept(line);
        }
    }

    /// Ends with a line about the others, if there are any.
    ///
    /// @param format with a `%d` for their number
    public void end(String format) {
        if (lines > LINES_MAX) {
            out.accept(format.formatted(lines - LINES_MAX));
        }
    }
}
