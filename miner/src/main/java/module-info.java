/// CPU hash engine, mining threads, measured hashrate.
@org.jspecify.annotations.NullMarked
module org.stratumj.miner {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.bitcoin;
}
