/// Any message as JSON, and back.
@org.jspecify.annotations.NullMarked
module org.stratumj.json {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    requires transitive tools.jackson.databind;

    exports org.stratumj.json;
}
