package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// In place of a handler where a client does not speak the Mining Protocol: nothing is dialled for it.
public final class NullSv2MiningClientHandler implements Sv2MiningClientHandler, NullHandler {
    /// Makes one; they are all alike.
    public NullSv2MiningClientHandler() {}

    @Override
    public long requestedFlags() {
        return 0;
    }

    @Override
    public long acceptedServerFlags() {
        return 0;
    }

    /// Leaves, if somebody but a service brings a server.
    @Override
    public Effect<MiningToServer> onUp(Upstream<MiningToServer> upstream) {
        return Effect.close(new CloseReason.Local("the Mining Protocol is not spoken here"));
    }

    @Override
    public Effect<MiningToServer> onMessage(MiningToClient message) {
        return Effect.none();
    }
}
