/// Stratum V2 data types, frame and messages.
@org.jspecify.annotations.NullMarked
module org.stratumj.protocol {
    requires static transitive org.jspecify;
}
