package org.stratumj.protocol;

import java.util.Arrays;
import java.util.Optional;

/// What a connection is for; `SetupConnection` names one and it never changes. Spec: 03 §3.6.1.
public enum Subprotocol {
    /// Jobs and shares between mining devices, proxies and pools.
    MINING(0),
    /// Miners propose their own blocks to a pool.
    JOB_DECLARATION(1),
    /// Block templates from a node.
    TEMPLATE_DISTRIBUTION(2);

    private final int code;

    Subprotocol(int code) {
        this.code = code;
    }

    /// The number on the wire, U8.
    public int code() {
        return code;
    }

    /// The subprotocol of that number; empty if there is none.
    public static Optional<Subprotocol> of(int code) {
        return Arrays.stream(values())
                .filter(subprotocol -> subprotocol.code == code)
                .findFirst();
    }
}
