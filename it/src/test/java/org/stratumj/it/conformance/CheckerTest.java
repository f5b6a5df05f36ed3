package org.stratumj.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stratumj.it.conformance.Reports.Outcome;

/// Goal: each way in which the map can be wrong is found. Method: a map, classes and reports that agree, and
/// one planted error in each test.
final class CheckerTest {
    private static final String TEST = "a.FooContract#holds";

    private final List<Rule> rules = List.of(
            new Rule("ONE-001", "S", "tested"),
            new Rule("ONE-002", "W", "in a type"),
            new Rule("TWO-001", "D", "about documents"),
            new Rule("TWO-002", "S", "later"));
    private final List<String> lines = new ArrayList<>(List.of(
            "# a comment",
            "id\tstatus\tproof\tnote",
            "ONE-001\ttested\t" + TEST + "\t",
            "ONE-002\theld by type\ta.Held.Inner#member\t",
            "TWO-001\tnot testable\t\tis about prose",
            "TWO-002\tnot yet\t\tneeds a role that does not exist"));
    private Set<String> tags = Set.of("ONE-001", "slow");
    private Outcome simulated = new Outcome(2, 0, 0);
    private Outcome withSockets = new Outcome(1, 0, 1);

    @Test
    void isContentWithAMapThatAgrees() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void findsAnUnknownRule() {
        lines.add("ONE-009\tnot yet\t\tno reason helps");
        assertThat(problems()).containsExactly("ONE-009 there is no such rule");
    }

    @Test
    void findsARuleThatIsThereTwice() {
        lines.add(lines.getLast());
        assertThat(problems()).containsExactly("TWO-002 is there twice");
    }

    @Test
    void findsARuleInTheWrongPlace() {
        lines.addFirst(lines.removeLast());
        assertThat(problems())
                .contains("ONE-001 comes after TWO-002, and not in the order of the rules")
                .hasSize(3);
    }

    @Test
    void findsAMissingRule() {
        lines.removeLast();
        assertThat(problems()).containsExactly("TWO-002 is missing");
    }

    @Test
    void findsALineThatCannotBeRead() {
        lines.add("TWO-002 not yet");
        lines.add("TWO-002\tsoon\t\tas a status");
        assertThat(problems()).hasSize(2).allMatch(problem -> problem.startsWith("not id, status, proof and note"));
    }

    @Test
    void findsATestThatDoesNotExist() {
        replace(TEST, "a.FooContract#gone");
        assertThat(problems())
                .contains("ONE-001 there is no test a.FooContract#gone (name the class that declares it)");
    }

    @Test
    void findsAMethodThatIsNoTest() {
        replace(TEST, "a.FooContract#helper");
        assertThat(problems())
                .contains("ONE-001 there is no test a.FooContract#helper (name the class that declares it)");
    }

    @Test
    void findsATestWithoutTheTag() {
        tags = Set.of();
        assertThat(problems()).containsExactly("ONE-001 " + TEST + " does not carry @Tag(\"ONE-001\")");
    }

    @Test
    void findsATagThatIsNotInTheMap() {
        tags = Set.of("ONE-001", "TWO-002");
        assertThat(problems()).containsExactly("TWO-002 " + TEST + " has the tag and is not in the map");
    }

    @Test
    void findsATestThatDidNotRun() {
        simulated = new Outcome(0, 0, 0);
        assertThat(problems()).containsExactly("ONE-001 " + TEST + " did not run, or was skipped");
    }

    @Test
    void findsATestOfWhichACaseWasSkipped() {
        simulated = new Outcome(2, 0, 1);
        assertThat(problems()).containsExactly("ONE-001 " + TEST + " did not run, or was skipped");
    }

    @Test
    void findsATestOfWhichACaseFailed() {
        withSockets = new Outcome(2, 1, 0);
        assertThat(problems()).containsExactly("ONE-001 " + TEST + " failed");
    }

    @Test
    void findsATypeThatDoesNotExist() {
        replace("a.Held.Inner", "a.Held.Other");
        assertThat(problems()).containsExactly("ONE-002 there is no type a.Held.Other");
    }

    @Test
    void findsAMemberThatDoesNotExist() {
        replace("#member", "#other");
        assertThat(problems()).containsExactly("ONE-002 there is no member a.Held.Inner#other");
    }

    @Test
    void findsAStatusWithoutProof() {
        replace("a.Held.Inner#member", "");
        replace(TEST, "");
        assertThat(problems()).contains("ONE-001 tested, and no proof", "ONE-002 held by type, and no proof");
    }

    @Test
    void findsAStatusWithoutReason() {
        replace("is about prose", " ");
        replace("needs a role that does not exist", "");
        assertThat(problems())
                .containsExactly("TWO-001 not testable, and no reason why", "TWO-002 not yet, and no reason why");
    }

    @Test
    void findsAProofOfWhatIsNotHeld() {
        replace("not yet\t", "not yet\t" + TEST);
        assertThat(problems()).containsExactly("TWO-002 not yet, and yet a proof");
    }

    @Test
    void doesNotPutOffRulesOfTheWire() {
        replace("held by type\ta.Held.Inner#member\t", "not yet\t\tlater");
        assertThat(problems()).containsExactly("ONE-002 a rule of kind W has to be held today");
    }

    @Test
    void letsNothingButDocumentsBeUntestable() {
        replace("not yet\t", "not testable\t");
        assertThat(problems()).containsExactly("TWO-002 a rule of kind S is testable");
    }

    private void replace(String what, String with) {
        lines.replaceAll(line -> line.replace(what, with));
    }

    private List<String> problems() {
        var problems = new ArrayList<String>();
        var classes = new CompiledClasses(Map.of(
                "a.FooContract",
                        new CompiledClasses.Type("a.FooContract", Set.of(), Set.of("helper"), Map.of("holds", tags)),
                "a.FooTest", new CompiledClasses.Type("a.FooTest", Set.of("a.FooContract"), Set.of(), Map.of()),
                "a.FooIT", new CompiledClasses.Type("a.FooIT", Set.of("a.FooContract"), Set.of(), Map.of()),
                "a.Held$Inner", new CompiledClasses.Type("a.Held$Inner", Set.of(), Set.of("member"), Map.of())));
        var reports =
                new Reports(Map.of("a.FooTest", Map.of("holds", simulated), "a.FooIT", Map.of("holds", withSockets)));
        new Checker(rules, classes, reports, problems::add).check(Row.read(lines, problems::add));
        return problems;
    }
}
