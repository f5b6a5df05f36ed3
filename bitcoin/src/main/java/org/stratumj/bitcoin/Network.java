package org.stratumj.bitcoin;

/// A Bitcoin network, as far as addresses tell them apart: the test networks share all or some of their prefixes.
public enum Network {
    /// The network with money on it.
    MAINNET("bc", 0x00, 0x05),
    /// Testnet 3 and 4.
    TESTNET("tb", 0x6f, 0xc4),
    /// Signet, the default one and custom ones; addresses as on testnet.
    SIGNET("tb", 0x6f, 0xc4),
    /// A private chain with trivial proof of work.
    REGTEST("bcrt", 0x6f, 0xc4);

    private final String bech32Prefix;
    private final int pubKeyHashVersion;
    private final int scriptHashVersion;

    Network(String bech32Prefix, int pubKeyHashVersion, int scriptHashVersion) {
        this.bech32Prefix = bech32Prefix;
        this.pubKeyHashVersion = pubKeyHashVersion;
        this.scriptHashVersion = scriptHashVersion;
    }

    /// The human-readable part of SegWit addresses.
    public String bech32Prefix() {
        return bech32Prefix;
    }

    /// The version byte of addresses that pay to a public key hash.
    public int pubKeyHashVersion() {
        return pubKeyHashVersion;
    }

    /// The version byte of addresses that pay to a script hash.
    public int scriptHashVersion() {
        return scriptHashVersion;
    }
}
