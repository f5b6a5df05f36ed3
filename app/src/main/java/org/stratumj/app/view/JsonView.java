package org.stratumj.app.view;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.stratumj.app.role.RoleStatus;

/// Status as lines of JSON, one for each role twice a second, for programs.
public final class JsonView implements View {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Supplier<List<RoleStatus>> roles;
    private final Consumer<String> out;
    private final Repeating printing;

    /// @param out takes one line at a time
    public JsonView(Supplier<List<RoleStatus>> roles, Consumer<String> out) {
        this.roles = roles;
        this.out = out;
        this.printing = new Repeating("stratumj-view", PERIOD, this::print);
    }

    @Override
    public void start() {
        print();
        printing.start();
    }

    @Override
    public void close() {
        printing.close();
    }

    private void print() {
        roles.get().stream().map(StatusJson::write).forEach(out);
    }
}
