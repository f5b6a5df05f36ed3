/// Frame streams without I/O: plain and encrypted.
@org.jspecify.annotations.NullMarked
module org.stratumj.codec {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    requires transitive org.stratumj.noise;
}
