package org.stratumj.app.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a terminal shows of the bytes that it got: the escape sequences that stratumj writes, no others. Lines that
/// left at the top stay at the beginning of [#lines]. Any thread.
public final class Screen {
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[(\\??[0-9;]*)([A-Za-z])");

    /// A character and how it is shown.
    ///
    /// @param style codes of SGR, such as `1;32`; empty for none
    public record Cell(int character, String style) {}

    private final List<List<Cell>> lines = new ArrayList<>();
    private final StringBuilder written = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int columns;
    private int rows;
    private int line;
    private int column;
    private String style = "";
    private boolean cursorVisible = true;

    public Screen(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        lines.add(new ArrayList<>());
    }

    /// Shows bytes of UTF-8 text and escape sequences; an unfinished one waits for its rest.
    public synchronized void accept(byte[] bytes) {
        pending.writeBytes(bytes);
        byte[] all = pending.toByteArray();
        int complete = complete(all);
        String text = new String(all, 0, complete, StandardCharsets.UTF_8);
        pending.reset();
        pending.write(all, complete, all.length - complete);
        written.append(text);
        show(text);
        notifyAll();
    }

    public synchronized void resize(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
    }

    /// Waits until the text that was written has this in it.
    public synchronized void await(String part) throws InterruptedException {
        while (written.indexOf(part) < 0) {
            wait();
        }
    }

    /// Waits for the end of a drawing of the live view.
    ///
    /// @return as [#cells]
    public synchronized List<List<Cell>> drawn() throws InterruptedException {
        do {
            wait();
        } while (!cursorVisible || pending.size() > 0);
        return cells();
    }

    /// All that was written, with its escape sequences.
    public synchronized String written() {
        return written.toString();
    }

    public synchronized boolean cursorVisible() {
        return cursorVisible;
    }

    /// What is seen, with what scrolled off before it.
    public synchronized List<String> lines() {
        return cells().stream().map(Screen::text).toList();
    }

    /// The same, cell by cell.
    public synchronized List<List<Cell>> cells() {
        return lines.stream().map(List::copyOf).toList();
    }

    static String text(List<Cell> cells) {
        return cells.stream()
                .map(cell -> Character.toString(cell.character()))
                .collect(Collectors.joining())
                .stripTrailing();
    }

    /// How many of the bytes are whole characters and whole escape sequences.
    private static int complete(byte[] bytes) {
        for (int back = 1; back <= Math.min(bytes.length, 16); back++) {
            int start = bytes.length - back;
            int b = bytes[start] & 0xff;
            boolean openEscape = b == 0x1b
                    && !ESCAPE.matcher(new String(bytes, start, back, StandardCharsets.ISO_8859_1))
                            .find();
            boolean openCharacter = b >= 0xc0 && back < (b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2);
            if (openEscape || openCharacter) {
                return start;
            }
        }
        return bytes.length;
    }

    private void show(String text) {
        Matcher escape = ESCAPE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '\u001b' && escape.find(at) && escape.start() == at) {
                escape(escape.group(1), escape.group(2).charAt(0));
                at = escape.end();
            } else {
                put(text.codePointAt(at));
                at += Character.charCount(text.codePointAt(at));
            }
        }
    }

    private void escape(String argument, char command) {
        switch (command) {
            case 'A' -> line = Math.max(top(), line - (argument.isEmpty() ? 1 : Integer.parseInt(argument)));
            case 'H' -> {
                line = top();
                column = 0;
            }
            case 'J' -> clearBelow();
            case 'm' -> style = argument.equals("0") ? "" : style.isEmpty() ? argument : style + ";" + argument;
            case 'h', 'l' -> cursorVisible = argument.equals("?25") ? command == 'h' : cursorVisible;
            default -> throw new IllegalArgumentException("unknown escape sequence " + argument + command);
        }
    }

    private void put(int character) {
        if (character == '\r') {
            column = 0;
        } else if (character == '\n') {
            newLine();
        } else if (character >= ' ') {
            if (column == columns) {
                newLine();
                column = 0;
            }
            List<Cell> cells = lines.get(line);
            while (cells.size() <= column) {
                cells.add(new Cell(' ', ""));
            }
            cells.set(column, new Cell(character, style));
            column++;
        }
    }

    private void newLine() {
        line++;
        if (line == lines.size()) {
            lines.add(new ArrayList<>());
        }
    }

    private void clearBelow() {
        List<Cell> cells = lines.get(line);
        cells.subList(Math.min(column, cells.size()), cells.size()).clear();
        lines.subList(line + 1, lines.size()).clear();
    }

    private int top() {
        return Math.max(0, lines.size() - rows);
    }
}
