/// Noise NX handshake of Stratum V2, certificates, authority keys, transport ciphers.
@org.jspecify.annotations.NullMarked
module org.stratumj.noise {
    requires static transitive org.jspecify;

    exports org.stratumj.noise;
    exports org.stratumj.noise.aead;
    exports org.stratumj.noise.secp256k1;
}
