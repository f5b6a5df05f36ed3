/// Messages to look at: as JSON and back, in Wireshark, as a reference page.
@org.jspecify.annotations.NullMarked
module org.stratumj.json {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    requires transitive tools.jackson.databind;

    exports org.stratumj.json;
    exports org.stratumj.json.reference;
    exports org.stratumj.json.wireshark;
}
