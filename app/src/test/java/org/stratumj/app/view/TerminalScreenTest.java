package org.stratumj.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleStatus;

class TerminalScreenTest {
    private final StringWriter written = new StringWriter();
    private Size size = Size.of(80, 24);
    private boolean closed;
    private long nanos;
    private final TerminalScreen screen =
            new TerminalScreen(this::size, new PrintWriter(written), Colours.NONE, () -> nanos);

    @Test
    void givesTheCursorBackWithEachDrawing() {
        assertThat(draw()).startsWith("\u001b[?25l\r\u001b[J").endsWith("\n\u001b[?25h");
    }

    @Test
    void drawsOverTheDrawingBefore() {
        draw();
        assertThat(draw()).startsWith("\u001b[?25l\r\u001b[6A\u001b[J");
    }

    @Test
    void drawsTheWholeScreenAnewInAnotherSize() {
        draw();
        size = Size.of(40, 24);
        assertThat(draw()).startsWith("\u001b[?25l\u001b[H\u001b[J");
        assertThat(draw()).startsWith("\u001b[?25l\r\u001b[6A\u001b[J");
    }

    @Test
    void drawsBelowWhatTheShellWroteWhileTheProcessWasSuspended() {
        draw();
        nanos += TerminalScreen.SUSPENDED_FOR.toNanos() + 1;
        assertThat(draw()).startsWith("\u001b[?25l\r\u001b[J");
    }

    @Test
    void stillDrawsWhenJLineHasClosedItsTerminal() {
        size = Size.of(50, 4);
        draw();
        closed = true;
        assertThat(draw().split("\n", -1)).hasSize(3 + 1);
    }

    @Test
    void takesASizeOfNothingForTheUsualOne() {
        size = Size.of(0, 0);
        assertThat(draw()).contains("stratumj pool   0:00:00   Ctrl-C stops");
    }

    private String draw() {
        written.getBuffer().setLength(0);
        screen.draw(new Frame(
                "stratumj pool", Duration.ZERO, List.of(RoleStatus.of("pool").build()), List.of()));
        return written.toString();
    }

    private Size size() {
        if (closed) {
            throw new IllegalStateException("Terminal has been closed");
        }
        return size;
    }
}
