/// Frame streams without I/O: plain and encrypted.
@org.jspecify.annotations.NullMarked
module org.stratumj.codec {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    // Encrypted streams need it at run time; plain ones work without.
    requires static transitive org.stratumj.noise;

    exports org.stratumj.codec;
    exports org.stratumj.codec.buffer;
}
