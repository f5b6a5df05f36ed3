package org.stratumj.it.sri;

/// One thing to agree on, or to differ in as expected.
///
/// @param name  unique, in the words of the table
/// @param kind  what has to happen
/// @param act   plays it and fails if it does not happen
record SriCase(String name, Kind kind, Act act) {

    enum Kind {
        /// Both sides behave alike.
        AGREES,
        /// SRI is known to behave otherwise than we do; the case fails when it no longer does.
        DIFFERS
    }

    /// Our side of a case.
    @FunctionalInterface
    interface Act {
        /// Plays it and tells what was seen, for the table; what does not happen as it should is thrown.
        String play(Stage stage) throws Exception;
    }

    static SriCase agrees(String name, Act act) {
        return new SriCase(name, Kind.AGREES, act);
    }

    static SriCase differs(String name, Act act) {
        return new SriCase(name, Kind.DIFFERS, act);
    }
}
