package org.stratumj.protocol.extension;

/// The extension numbers in use: 15 bits, the same for messages and TLV fields. Spec: 03 §3.4 and 09.
public final class ExtensionType {
    /// The core protocol, which is no extension.
    public static final int CORE = 0x0000;

    /// Extensions Negotiation; whoever supports any extension supports this one.
    public static final int NEGOTIATION = 0x0001;

    /// Worker-Specific Hashrate Tracking.
    public static final int WORKER_HASHRATE_TRACKING = 0x0002;

    /// The first number free for experiments; up to 0x7fff, and not for production.
    public static final int EXPERIMENTAL_MIN = 0x4000;

    private ExtensionType() {}
}
