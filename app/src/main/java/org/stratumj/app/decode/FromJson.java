package org.stratumj.app.decode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.stratumj.json.JsonException;
import org.stratumj.json.JsonText;
import org.stratumj.json.JsonView;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.wire.Bytes;
import tools.jackson.databind.JsonNode;

/// Turns JSON back into frames: one object on each line, either a frame or what [JsonOutput] wrote around
/// one.
final class FromJson {
    private final JsonView json = JsonView.of(MessageRegistry.core());
    private final PrintWriter out;
    private final PrintWriter problems;
    private long line;
    private long failed;

    /// @param out      gets each frame in hexadecimal on a line
    /// @param problems gets a line for each line that is no frame
    FromJson(PrintWriter out, PrintWriter problems) {
        this.out = out;
        this.problems = problems;
    }

    /// Reads to the end.
    ///
    /// @return how many lines were no frame
    long read(BufferedReader lines) throws IOException {
        for (String text = next(lines); text != null; text = next(lines)) {
            if (!text.isBlank()) {
                frame(text);
            }
        }
        out.flush();
        return failed;
    }

    private void frame(String text) {
        try {
            JsonNode tree = JsonText.parse(text);
            JsonNode frame = tree.get(JsonOutput.FRAME);
            if (frame != null || tree.get("offset") == null) {
                print(json.frame(frame == null ? tree : frame));
            }
        } catch (JsonException e) {
            failed++;
            problems.println("line " + line + ": " + e.getMessage());
            problems.flush();
        }
    }

    private void print(Frame frame) {
        out.println(Bytes.of(frame.bytes()).toHex());
    }

    /// A line of bounded length; what is beyond the bound is dropped, and the line then refused.
    private @Nullable String next(BufferedReader lines) throws IOException {
        var text = new StringBuilder();
        int character = lines.read();
        if (character < 0) {
            return null;
        }
        line++;
        while (character >= 0 && character != '\n') {
            if (text.length() <= JsonText.CHARS_MAX) {
                text.append((char) character);
            }
            character = lines.read();
        }
        return text.toString();
    }
}
