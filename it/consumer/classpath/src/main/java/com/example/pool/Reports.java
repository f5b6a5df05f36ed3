package com.example.pool;

import java.io.PrintStream;
import org.stratumj.json.JsonView;
import org.stratumj.protocol.MessageRegistry;

/// What README.md does with its message.
final class Reports {
    private Reports() {}

    static void show(ReportTemperature report, PrintStream out) {
        MessageRegistry registry = MessageRegistry.core().with(MessageCodecs.all());
        var frame = registry.encode(report);
        out.println(JsonView.of(registry).text(report));
        out.println(registry.decode(frame).equals(report));
    }
}
