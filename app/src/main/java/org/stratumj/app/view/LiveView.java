package org.stratumj.app.view;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.stratumj.app.role.RoleStatus;

/// Redraws the state of all roles in place, four times a second.
public final class LiveView implements View {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final String title;
    private final Supplier<List<RoleStatus>> roles;
    private final Supplier<List<String>> log;
    private final TerminalScreen screen;
    private final Repeating drawing;
    private final long startedAt = System.nanoTime();

    /// @param log newest last
    public LiveView(String title, Supplier<List<RoleStatus>> roles, Supplier<List<String>> log, TerminalScreen screen) {
        this.title = title;
        this.roles = roles;
        this.log = log;
        this.screen = screen;
        this.drawing = new Repeating("stratumj-view", PERIOD, this::draw);
    }

    @Override
    public void start() {
        drawing.start();
    }

    /// Leaves the last drawing on the terminal.
    @Override
    public void close() {
        drawing.close();
        draw();
    }

    private void draw() {
        Duration running = Duration.ofNanos(System.nanoTime() - startedAt);
        screen.draw(new Frame(title, running, roles.get(), log.get()));
    }
}
