package org.stratumj.app.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.WCWidth;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ShortHash;

/// Turns a [Frame] into lines that fit a terminal: a table of roles, the tip, reasons of rejected shares, the
/// URLs of servers, newest log lines. Columns that do not fit are left out, the least telling first; log lines take the
/// height that is left, and URLs show only where they leave enough of it.
final class FrameLines {
    private static final int GAP = 2;
    private static final int LOG_LINES_MIN = 8;
    private static final Pattern BLOCK = Pattern.compile(" block (found|accepted)\\b");
    private static final Pattern TROUBLE = Pattern.compile("^\\S+ (WARN|ERROR) ");

    private final int width;
    private final int height;
    private final Colours colours;

    /// @param width  columns of the terminal
    /// @param height lines of the terminal; the result is one shorter, for the cursor
    FrameLines(int width, int height, Colours colours) {
        this.width = Math.max(1, width);
        this.height = Math.max(1, height);
        this.colours = colours;
    }

    List<String> of(Frame frame) {
        List<String> lines = new ArrayList<>();
        lines.add(colours.bold(cut(frame.title() + "   " + Figures.clock(frame.running()) + "   Ctrl-C stops")));
        lines.add("");
        addTable(lines, frame.roles());
        lines.add("");
        tip(frame.roles()).map(this::cut).ifPresent(lines::add);
        notes(frame.roles()).forEach(note -> lines.add(colours.red(cut(note))));
        addUrls(lines, frame.roles());
        lines.add("");
        addLog(lines, frame.log());
        return List.copyOf(lines.subList(0, Math.min(lines.size(), height - 1)));
    }

    private void addTable(List<String> lines, List<RoleStatus> roles) {
        List<Column> columns = fitting(roles);
        String titles = columns.stream().map(column -> column.title(roles)).collect(gap());
        lines.add(colours.dim(cut(titles.stripTrailing())));
        for (RoleStatus role : roles) {
            String plain = row(columns, column -> column.cell(role, roles));
            lines.add(
                    plain.length() > width
                            ? cut(plain)
                            : row(columns, column -> paint(column, role, column.cell(role, roles))));
        }
    }

    private static String row(List<Column> columns, Function<Column, String> cell) {
        return columns.stream().map(cell).collect(gap()).stripTrailing();
    }

    /// URLs are for copying, so they are not cut: one that does not fit goes on in the next line.
    private void addUrls(List<String> lines, List<RoleStatus> roles) {
        List<String> urls = roles.stream()
                .filter(role -> !role.url().isEmpty())
                .flatMap(role -> wrapped(role.role() + ": " + role.url()))
                .toList();
        if (height - lines.size() - urls.size() - 2 >= LOG_LINES_MIN) {
            lines.addAll(urls);
        }
    }

    private Stream<String> wrapped(String line) {
        return IntStream.iterate(0, from -> from < line.length(), from -> from + width)
                .mapToObj(from -> line.substring(from, Math.min(line.length(), from + width)));
    }

    private void addLog(List<String> lines, List<String> log) {
        int room = Math.max(0, height - 1 - lines.size());
        List<String> newest = log.subList(Math.max(0, log.size() - room), log.size()).stream()
                .flatMap(String::lines) // a stack trace is one entry
                .map(line -> paintLog(line, cut(line.replace("\t", "    "))))
                .toList();
        lines.addAll(newest.subList(Math.max(0, newest.size() - room), newest.size()));
    }

    private String paintLog(String line, String shown) {
        Matcher trouble = TROUBLE.matcher(line);
        if (trouble.find()) {
            return trouble.group(1).equals("ERROR") ? colours.red(shown) : colours.yellow(shown);
        }
        return BLOCK.matcher(line).find() ? colours.bold(colours.green(shown)) : shown;
    }

    private String paint(Column column, RoleStatus role, String text) {
        if (column == Column.REJECTED && role.sharesRejectedInAll() > 0) {
            return colours.red(text);
        }
        return column == Column.BLOCKS && role.blocksAccepted() > 0 ? colours.green(text) : text;
    }

    private List<Column> fitting(List<RoleStatus> roles) {
        List<Column> columns = new ArrayList<>(List.of(Column.values()));
        for (Column dispensable : Column.DISPENSABLE) {
            int needed = columns.stream()
                            .mapToInt(column -> column.width(roles) + GAP)
                            .sum()
                    - GAP;
            if (needed <= width) {
                break;
            }
            columns.remove(dispensable);
        }
        return columns;
    }

    private static java.util.stream.Collector<CharSequence, ?, String> gap() {
        return Collectors.joining(" ".repeat(GAP));
    }

    /// The tip as the role nearest to the node knows it.
    private static Optional<String> tip(List<RoleStatus> roles) {
        return roles.reversed().stream()
                .filter(role -> role.height().isPresent())
                .findFirst()
                .map(role -> "tip  height " + role.height().getAsLong() + "  " + ShortHash.of(role.tip()));
    }

    private static List<String> notes(List<RoleStatus> roles) {
        List<String> notes = new ArrayList<>();
        for (RoleStatus role : roles) {
            if (!role.sharesRejected().isEmpty()) {
                notes.add(role.role() + ": rejected" + StatusLine.reasons(role));
            }
            if (!role.note().isEmpty()) {
                notes.add(role.role() + ": " + role.note());
            }
        }
        return notes;
    }

    /// As much of `line` as fits; some characters take two columns.
    private String cut(String line) {
        int columns = 0;
        int fitting = 0;
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            columns += Math.max(0, WCWidth.wcwidth(line.codePointAt(i)));
            if (columns < width) {
                fitting = i + Character.charCount(line.codePointAt(i));
            } else if (columns > width) {
                return line.substring(0, fitting) + "…";
            }
        }
        return line;
    }
}
