/// Examples of what applications do with the libraries.
@org.jspecify.annotations.NullMarked
module org.stratumj.examples {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    requires org.stratumj.bitcoin;
    requires org.stratumj.channels;
    requires org.stratumj.codec;
    requires org.stratumj.json;
    requires org.stratumj.miner;
    requires org.stratumj.node;
    requires org.stratumj.noise;
    requires transitive org.stratumj.service;

    exports org.stratumj.examples;
    exports org.stratumj.examples.temperature;
}
