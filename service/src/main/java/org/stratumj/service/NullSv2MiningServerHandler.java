package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// In place of a handler where a server does not speak the Mining Protocol: clients that ask for it are refused
/// with `unsupported-protocol`, as they are where no handler is given.
public final class NullSv2MiningServerHandler implements Sv2MiningServerHandler, NullHandler {
    /// Makes one; they are all alike.
    public NullSv2MiningServerHandler() {}

    @Override
    public long supportedFlags() {
        return 0;
    }

    /// A peer that is sent away, if somebody but a service brings one.
    @Override
    public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
        return message -> Effect.close(new CloseReason.Local("the Mining Protocol is not spoken here"));
    }
}
