package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;

/// In place of a handler where a server does not speak the Job Declaration Protocol: clients that ask for it
/// are refused with `unsupported-protocol`, as they are where no handler is given.
public final class NullSv2JobDeclarationServerHandler implements Sv2JobDeclarationServerHandler, NullHandler {
    /// Makes one; they are all alike.
    public NullSv2JobDeclarationServerHandler() {}

    @Override
    public long supportedFlags() {
        return 0;
    }

    /// A peer that is sent away, if somebody but a service brings one.
    @Override
    public PeerHandler<JobDeclarationToServer, JobDeclarationToClient> open(Downstream<JobDeclarationToClient> peer) {
        return message -> Effect.close(new CloseReason.Local("the Job Declaration Protocol is not spoken here"));
    }
}
