package org.stratumj.app.view;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The terminal that standard output is, drawn in place. One thread.
public final class TerminalScreen implements AutoCloseable {
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    private final Terminal terminal;
    private final Colours colours;
    private int linesDrawn;

    private TerminalScreen(Terminal terminal, Colours colours) {
        this.terminal = terminal;
        this.colours = colours;
    }

    /// The terminal, or empty if standard output goes elsewhere or the terminal cannot move its cursor.
    public static Optional<TerminalScreen> open() {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .graphemeCluster(false)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                terminal.close();
                return Optional.empty();
            }
            return Optional.of(new TerminalScreen(terminal, Colours.of(System.getenv())));
        } catch (IOException | IllegalStateException _) {
            return Optional.empty(); // not a terminal
        }
    }

    /// Draws `frame` over the one before.
    void draw(Frame frame) {
        Size size = terminal.getSize();
        int width = size.getColumns() > 0 ? size.getColumns() : 80;
        int height = size.getRows() > 0 ? size.getRows() : 24;
        List<String> lines = new FrameLines(width, height, colours).of(frame);
        PrintWriter out = terminal.writer();
        out.print(HIDE_CURSOR + (linesDrawn > 0 ? "\u001b[" + linesDrawn + "A" : "") + "\r" + CLEAR_BELOW);
        lines.forEach(line -> out.print(line + "\n"));
        out.flush();
        linesDrawn = lines.size();
    }

    /// Leaves the last drawing and gives the cursor back.
    @Override
    public void close() {
        terminal.writer().print(SHOW_CURSOR);
        terminal.writer().flush();
        try {
            terminal.close();
        } catch (IOException _) {
            // The process is about to end; there is nobody left to tell.
        }
    }
}
