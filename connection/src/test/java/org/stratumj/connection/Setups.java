package org.stratumj.connection;

import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.wire.Str0255;

/// SetupConnection messages.
final class Setups {
    private Setups() {}

    static SetupConnection mining() {
        return of(Subprotocol.MINING.code(), 2, 2, 0);
    }

    static SetupConnection of(int protocol, int minVersion, int maxVersion, long flags) {
        return new SetupConnection(
                protocol,
                minVersion,
                maxVersion,
                flags,
                Str0255.of("pool.example"),
                3333,
                Str0255.of("maker"),
                Str0255.of("S19"),
                Str0255.of("1.0"),
                Str0255.of("device-7"));
    }

    static SetupOffer offer(SetupConnection request) {
        return new SetupOffer(request, 0);
    }
}
