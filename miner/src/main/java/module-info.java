/// CPU hash engine, mining threads, measured hashrate.
@org.jspecify.annotations.NullMarked
module org.stratumj.miner {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.bitcoin;
    // Without it at run time the digest engine does the work.
    requires static jdk.incubator.vector;

    exports org.stratumj.miner;
}
