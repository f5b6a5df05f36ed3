package org.stratumj.app.view;

import java.util.List;
import org.stratumj.app.role.RoleStatus;

/// A column of the table of roles. Nothing is shown where there is nothing to tell.
enum Column {
    ROLE("role", false),
    ADDRESS("address", false),
    PEERS("peers", true),
    HASHRATE("hashrate", true),
    SHARES("shares", true),
    REJECTED("rejected", true),
    BLOCKS("blocks", true),
    HEIGHT("height", true);

    /// What goes first where the terminal is narrow.
    static final List<Column> DISPENSABLE = List.of(HEIGHT, PEERS, ADDRESS, BLOCKS, SHARES);

    private final String title;
    private final boolean right;

    Column(String title, boolean right) {
        this.title = title;
        this.right = right;
    }

    String title(List<RoleStatus> roles) {
        return align(title, width(roles));
    }

    String cell(RoleStatus role, List<RoleStatus> roles) {
        return align(text(role), width(roles));
    }

    int width(List<RoleStatus> roles) {
        int widest = roles.stream().mapToInt(role -> text(role).length()).max().orElse(0);
        return Math.max(title.length(), widest);
    }

    private String text(RoleStatus role) {
        return switch (this) {
            case ROLE -> role.role();
            case ADDRESS -> role.addressShown();
            case PEERS -> orBlank(role.connections());
            case HASHRATE ->
                role.hashesPerSecond().isPresent()
                        ? Figures.hashrate(role.hashesPerSecond().getAsDouble())
                        : "";
            case SHARES -> orBlank(role.sharesAccepted());
            case REJECTED -> orBlank(role.sharesRejectedInAll());
            case BLOCKS -> orBlank(role.blocksAccepted());
            case HEIGHT ->
                role.height().isPresent() ? String.valueOf(role.height().getAsLong()) : "";
        };
    }

    private String align(String value, int width) {
        String pad = " ".repeat(width - value.length());
        return right ? pad + value : value + pad;
    }

    private static String orBlank(long value) {
        return value == 0 ? "" : String.valueOf(value);
    }
}
