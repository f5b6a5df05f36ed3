package org.stratumj.it.conformance;

import java.util.Optional;
import java.util.stream.Stream;

/// How a rule is held.
enum Status {
    /// Tests fail when the rule is broken.
    TESTED("tested"),
    /// No value exists that breaks the rule.
    HELD_BY_TYPE("held by type"),
    /// Nothing that runs could show it.
    NOT_TESTABLE("not testable"),
    /// Neither code nor test holds it today.
    NOT_YET("not yet");

    private final String text;

    Status(String text) {
        this.text = text;
    }

    /// As it is written in the map.
    String text() {
        return text;
    }

    static Optional<Status> of(String text) {
        return Stream.of(values()).filter(status -> status.text.equals(text)).findFirst();
    }
}
