/// Examples of what applications do with the libraries.
@org.jspecify.annotations.NullMarked
module org.stratumj.examples {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    requires org.stratumj.json;

    exports org.stratumj.examples.temperature;
}
