/// What tests of Stratum V2 applications stand on: faults, scripted peers, recorders, relays that meddle.
@org.jspecify.annotations.NullMarked
module org.stratumj.testkit {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.channels;
    requires transitive org.stratumj.connection;
    requires static transitive org.junit.jupiter.api;

    exports org.stratumj.testkit;
    exports org.stratumj.testkit.faults;
}
