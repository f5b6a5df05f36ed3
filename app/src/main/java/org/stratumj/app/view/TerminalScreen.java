package org.stratumj.app.view;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The terminal behind standard output, drawn in place. One thread at a time.
///
/// A drawing is one write that hides the cursor, replaces the drawing before it and shows the cursor again. Between two
/// drawings the terminal is therefore as the shell left it, and nothing has to be restored after a signal or a kill.
/// JLine serves to recognise and measure the terminal, never to write to it: its shutdown hook closes its terminal at
/// the first signal, while the roles are still stopping.
public final class TerminalScreen {
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String HOME = "\u001b[H";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final Size USUAL = Size.of(80, 24);

    /// After a longer pause the process was suspended, and the shell has written below the last drawing.
    static final Duration SUSPENDED_FOR = Duration.ofSeconds(2);

    private final Supplier<Size> sizes;
    private final PrintWriter out;
    private final Colours colours;
    private final LongSupplier nanoTime;
    private Size size = USUAL;
    private int linesDrawn;
    private long drawnAt;

    TerminalScreen(Supplier<Size> sizes, PrintWriter out, Colours colours, LongSupplier nanoTime) {
        this.sizes = sizes;
        this.out = out;
        this.colours = colours;
        this.nanoTime = nanoTime;
    }

    /// The terminal, or empty if standard output goes elsewhere or the terminal cannot move its cursor.
    ///
    /// @param out writes to standard output
    public static Optional<TerminalScreen> open(PrintWriter out) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .dumb(false)
                    .nativeSignals(false)
                    .graphemeCluster(false)
                    .build();
            if (isDumb(terminal, System.getenv())) {
                terminal.close();
                return Optional.empty();
            }
            return Optional.of(
                    new TerminalScreen(terminal::getSize, out, Colours.of(System.getenv()), System::nanoTime));
        } catch (IOException | IllegalStateException _) {
            return Optional.empty(); // not a terminal
        }
    }

    /// Unix says with `TERM` what a terminal can do.
    private static boolean isDumb(Terminal terminal, Map<String, String> environment) {
        boolean named = File.separatorChar != '/'
                || !environment.getOrDefault("TERM", "").isEmpty();
        return !named || terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /// Draws `frame` over the one before.
    void draw(Frame frame) {
        String start = start();
        List<String> lines = new FrameLines(size.getColumns(), size.getRows(), colours).of(frame);
        StringBuilder drawing = new StringBuilder(HIDE_CURSOR).append(start).append(CLEAR_BELOW);
        lines.forEach(line -> drawing.append(line).append('\n'));
        out.print(drawing.append(SHOW_CURSOR));
        out.flush();
        linesDrawn = lines.size();
        drawnAt = nanoTime.getAsLong();
    }

    /// Moves the cursor to where the next drawing begins. A terminal that was resized has wrapped the old lines in its
    /// own way, so the whole screen is redrawn.
    private String start() {
        Size before = size;
        size = measured();
        if (linesDrawn == 0 || nanoTime.getAsLong() - drawnAt > SUSPENDED_FOR.toNanos()) {
            return "\r";
        }
        return size.equals(before) ? "\r\u001b[" + linesDrawn + "A" : HOME;
    }

    private Size measured() {
        try {
            Size now = sizes.get();
            return now.getColumns() > 0 && now.getRows() > 0 ? now : USUAL;
        } catch (IllegalStateException _) {
            return size; // closed by JLine's shutdown hook
        }
    }
}
