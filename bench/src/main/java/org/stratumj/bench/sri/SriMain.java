package org.stratumj.bench.sri;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.stratumj.bench.SampleMessage;

/// Our operations beside SRI's, turn by turn in one run. `interop/sri/bench/run` builds SRI's worker and starts this.
///
/// In each round each operation is measured here, in one process of SRI's worker, and in another of the same,
/// which shows how far two equal things come out apart.
public final class SriMain {
    private static final long WARM_UP_MILLIS = 400;
    private static final int WARM_UPS = 5;

    private final Map<String, Operation> ours = OurOperations.all();
    private final CostMeter meter = new CostMeter();
    private final SriWorker theirs;
    private final SriWorker theirsAgain;
    private final long millis;

    private SriMain(SriWorker theirs, SriWorker theirsAgain, long millis) {
        this.theirs = theirs;
        this.theirsAgain = theirsAgain;
        this.millis = millis;
    }

    /// Prints tables in Markdown.
    ///
    /// @param arguments rounds, milliseconds of each measurement, and the path of SRI's worker
    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        long millis = Long.parseLong(arguments[1]);
        var program = Path.of(arguments[2]);
        try (var theirs = SriWorker.start(program);
                var theirsAgain = SriWorker.start(program)) {
            System.out.print(new SriMain(theirs, theirsAgain, millis).run(rounds));
        }
    }

    private String run(int rounds) throws IOException {
        for (var message : SampleMessage.values()) {
            theirs.give(message);
            theirsAgain.give(message);
        }
        // Turn by turn, so that the compiler has seen every message at every place before anything counts.
        for (int i = 0; i < WARM_UPS; i++) {
            ours.values().forEach(operation -> meter.measure(operation, WARM_UP_MILLIS));
        }
        var rows = Row.all();
        for (int round = 0; round < rounds; round++) {
            playRound(rows);
        }
        return Table.of(rows);
    }

    private void playRound(List<Row> rows) throws IOException {
        for (var row : rows) {
            var operation = Objects.requireNonNull(ours.get(row.ours()), row.ours());
            row.add(meter.measure(operation, millis), measured(theirs, row), measured(theirsAgain, row));
        }
    }

    private Cost measured(SriWorker worker, Row row) throws IOException {
        var whole = worker.measure(row.theirs(), millis);
        return row.without().isEmpty()
                ? whole
                : whole.minus(worker.measure(row.without().get(), millis));
    }
}
