package org.stratumj.bench.sri;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.stratumj.bench.SampleMessage;

/// A process of `interop/sri/bench` that measures SRI's operations on request. Closing it ends the process.
final class SriWorker implements Closeable {
    private final BufferedReader answers;
    private final PrintWriter requests;

    private SriWorker(Process process) {
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.requests = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
    }

    static SriWorker start(Path program) throws IOException {
        return new SriWorker(new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// Lets it work on the same message as we do.
    void give(SampleMessage message) throws IOException {
        var hex = HexFormat.of().formatHex(OurOperations.frame(message));
        ask("frame " + OurOperations.name(message) + " " + hex);
    }

    Cost measure(String operation, long millis) throws IOException {
        var words = ask("measure " + operation + " " + millis).split(" ", 2);
        return new Cost(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
    }

    @Override
    public void close() {
        requests.close(); // the worker ends with its input
    }

    private String ask(String line) throws IOException {
        requests.println(line);
        var answer = answers.readLine();
        if (answer == null) {
            throw new IOException("SRI's worker ended at '" + line + "'");
        }
        return answer;
    }
}
