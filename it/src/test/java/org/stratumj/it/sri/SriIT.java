package org.stratumj.it.sri;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Goal: this project and SRI agree on every byte, and differ only where it is known. Method: the cases against
/// the peer program that [#PEER] names; each is played again on a wire that changes one bit, and has to notice.
@EnabledIfEnvironmentVariable(named = SriIT.PROGRAMS, matches = ".+")
final class SriIT {
    /// Names the directory of the programs that `interop/sri/build` makes.
    static final String PROGRAMS = "STRATUMJ_SRI";

    /// Names the case to be played on the broken wire only, so that it fails.
    private static final String BREAK = "STRATUMJ_SRI_BREAK";

    private static final CaseTable TABLE = CaseTable.fromEnvironment();

    @TestFactory
    Stream<DynamicTest> cases() {
        var broken = Objects.requireNonNullElse(System.getenv(BREAK), "");
        var played = all().stream()
                .filter(one -> broken.isEmpty() || one.name().equals(broken))
                .toList();
        if (played.isEmpty()) {
            throw new IllegalArgumentException("no case is called '" + broken + "'");
        }
        return played.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one, !broken.isEmpty())));
    }

    @AfterAll
    static void writeTable() throws Exception {
        TABLE.write();
    }

    private static List<SriCase> all() {
        return Stream.of(
                        HandshakeCases.all(),
                        MessageCases.all(),
                        StreamCases.all(),
                        VectorCases.all(),
                        OddCases.all(),
                        ExtensionCases.all())
                .flatMap(List::stream)
                .toList();
    }

    private static void run(SriCase one, boolean broken) throws Exception {
        try {
            var detail = play(one, broken);
            if (!broken) {
                expectToNotice(one);
            }
            TABLE.add(one, detail);
        } catch (Exception | AssertionError failure) {
            TABLE.addFailed(one, failure);
            throw failure;
        }
    }

    private static void expectToNotice(SriCase one) {
        try {
            play(one, true);
        } catch (Exception | AssertionError _) {
            return;
        }
        throw new AssertionError("did not notice a changed bit");
    }

    private static String play(SriCase one, boolean broken) throws Exception {
        try (var stage = new Stage(Path.of(System.getenv(PROGRAMS)), broken)) {
            return one.act().play(stage);
        }
    }
}
