package org.stratumj.app.decode;

import java.io.PrintWriter;
import org.stratumj.json.JsonText;
import org.stratumj.json.JsonView;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Frames as one JSON object on each line: `time` and `stream` where there are such, `offset` in the stream,
/// `frame` in the form of [JsonView] with its `wire`, `error` where something is wrong, `note` where
/// something happened.
final class JsonOutput implements Output {
    /// The member that [FromJson] reads.
    static final String FRAME = "frame";

    private final PrintWriter out;
    private final JsonView json;

    JsonOutput(PrintWriter out, MessageRegistry registry) {
        this.out = out;
        this.json = JsonView.of(registry).withWire();
    }

    @Override
    public void frame(Place place, Frame frame, Reading reading) {
        var line = line(place);
        line.set(FRAME, reading.view().map(json::tree).orElseGet(() -> json.raw(frame)));
        reading.problem().ifPresent(text -> line.put("error", text));
        out.println(JsonText.print(line));
    }

    @Override
    public void note(Place place, String text) {
        out.println(JsonText.print(line(place).put("note", text)));
    }

    @Override
    public void problem(Place place, String text) {
        out.println(JsonText.print(line(place).put("error", text)));
    }

    private static ObjectNode line(Place place) {
        var line = JsonNodeFactory.instance.objectNode();
        place.time().ifPresent(time -> line.put("time", time.toString()));
        if (!place.stream().isEmpty()) {
            line.put("stream", place.stream());
        }
        return line.put("offset", place.offset());
    }
}
