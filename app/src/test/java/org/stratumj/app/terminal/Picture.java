package org.stratumj.app.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stratumj.app.terminal.Screen.Cell;

/// Draws the picture of the README: runs a demo on a terminal and writes what it shows as SVG. Run by
/// `docs/picture/make`.
public final class Picture {
    private static final int COLUMNS = 104;
    private static final int ROWS = 30;
    private static final int BLOCKS = 3;
    private static final String TITLE = "stratumj demo   ";
    private static final double CELL_WIDTH = 7.8;
    private static final double CELL_HEIGHT = 17;
    private static final int MARGIN = 14;
    private static final Map<String, String> COLOURS =
            Map.of("31", "#ff7b72", "32", "#7ee787", "33", "#e3b341", "2", "#8b949e");

    private final StringBuilder svg = new StringBuilder();

    private Picture() {}

    /// Runs the demo and writes the picture.
    ///
    /// @param args the file to write, then the command that runs the demo
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> command = List.of(args).subList(1, args.length);
        Map<String, String> environment = Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8");
        try (PseudoTerminal terminal = PseudoTerminal.start(COLUMNS, ROWS, command, environment)) {
            Files.writeString(Path.of(args[0]), new Picture().of(view(terminal.screen())));
            terminal.type("\u0003");
            terminal.exitCode();
        }
    }

    /// The live view once it shows a few blocks and no warning, which only an overloaded machine has.
    private static List<List<Cell>> view(Screen screen) throws InterruptedException {
        while (true) {
            List<List<Cell>> lines = screen.drawn();
            int title = lines.size() - 1;
            while (title > 0 && !Screen.text(lines.get(title)).startsWith(TITLE)) {
                title--;
            }
            List<List<Cell>> view = lines.subList(title, lines.size());
            String text = String.join("\n", view.stream().map(Screen::text).toList());
            long blocks = text.lines()
                    .filter(line -> line.contains("block accepted at height"))
                    .count();
            if (blocks >= Math.min(BLOCKS, 1) && !text.contains(" WARN ") && view.size() == ROWS) {
                return view;
            }
        }
    }

    private String of(List<List<Cell>> lines) {
        int width = (int) (COLUMNS * CELL_WIDTH) + 2 * MARGIN;
        int height = (int) ((lines.size() + 1) * CELL_HEIGHT) + 2 * MARGIN;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n"
                .formatted(width, height, width, height));
        svg.append("<title>The live view of stratumj demo</title>\n"
                + "<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
                + "white-space:pre;fill:#e6edf3}</style>\n"
                + "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\" stroke=\"#30363d\"/>\n");
        text(0, 0, "$ ./stratumj demo", "2");
        for (int row = 0; row < lines.size(); row++) {
            line(row + 1, lines.get(row));
        }
        return svg.append("</svg>\n").toString();
    }

    /// One element for each run of cells with one style; gaps of spaces end a run, so that columns stay in line in any
    /// font.
    private void line(int row, List<Cell> cells) {
        int start = 0;
        while (start < cells.size()) {
            int end = start + 1;
            while (end < cells.size()
                    && cells.get(end).style().equals(cells.get(start).style())
                    && !isGap(cells, end)) {
                end++;
            }
            String run = Screen.text(cells.subList(start, end));
            if (!run.isBlank()) {
                int indent = run.length() - run.stripLeading().length();
                text(row, start + indent, run.strip(), cells.get(start).style());
            }
            start = end;
        }
    }

    private static boolean isGap(List<Cell> cells, int at) {
        return cells.get(at).character() != ' '
                && at > 1
                && cells.get(at - 1).character() == ' '
                && cells.get(at - 2).character() == ' ';
    }

    private void text(int row, int column, String text, String style) {
        List<String> codes = List.of(style.split(";", -1));
        String colour = codes.stream()
                .filter(COLOURS::containsKey)
                .findFirst()
                .map(code -> " style=\"fill:" + COLOURS.get(code) + "\"")
                .orElse("");
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\"%s%s>%s</text>\n",
                MARGIN + column * CELL_WIDTH,
                MARGIN + (row + 0.8) * CELL_HEIGHT,
                text.length() * CELL_WIDTH,
                colour,
                codes.contains("1") ? " font-weight=\"bold\"" : "",
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
