package org.stratumj.examples.temperature;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.stratumj.json.JsonView;
import org.stratumj.json.reference.MessageReference;
import org.stratumj.json.wireshark.Dissector;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// Prints what comes from the annotations of a message: its bytes, its JSON, its entry in the Wireshark dissector and
/// its row in the reference.
public final class TemperatureExample {
    private TemperatureExample() {}

    public static void main(String[] args) {
        show(System.out);
    }

    static void show(PrintStream out) {
        MessageRegistry registry = MessageRegistry.core().with(MessageCodecs.all());
        var report = new ReportTemperature(7, List.of(3531, 3548), OptionalInt.of(2981), Str0255.of("fan 2 is slow"));

        var frame = registry.encode(report);
        out.println(Bytes.of(frame.bytes()).toHex());
        out.println(registry.decode(frame).equals(report));
        out.println(JsonView.of(registry).text(report));

        var layout = registry.layout(ReportTemperature.EXTENSION, 0x01).orElseThrow();
        out.print(Dissector.entry(layout));
        out.print(new MessageReference(any -> Optional.empty()).row(layout));
    }
}
