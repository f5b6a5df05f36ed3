package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;

/// In place of a handler where a client does not speak the Job Declaration Protocol: nothing is dialled for it.
public final class NullSv2JobDeclarationClientHandler implements Sv2JobDeclarationClientHandler, NullHandler {
    /// Makes one; they are all alike.
    public NullSv2JobDeclarationClientHandler() {}

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
    public Effect<JobDeclarationToServer> onUp(Upstream<JobDeclarationToServer> upstream) {
        return Effect.close(new CloseReason.Local("the Job Declaration Protocol is not spoken here"));
    }

    @Override
    public Effect<JobDeclarationToServer> onMessage(JobDeclarationToClient message) {
        return Effect.none();
    }
}
