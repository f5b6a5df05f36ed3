package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;

/// In place of a handler where a server does not speak the Template Distribution Protocol: clients that ask for
/// it are refused with `unsupported-protocol`, as they are where no handler is given.
public final class NullSv2TemplateDistributionServerHandler
        implements Sv2TemplateDistributionServerHandler, NullHandler {
    /// Makes one; they are all alike.
    public NullSv2TemplateDistributionServerHandler() {}

    /// A peer that is sent away, if somebody but a service brings one.
    @Override
    public PeerHandler<TemplateToServer, TemplateToClient> open(Downstream<TemplateToClient> peer) {
        return message -> Effect.close(new CloseReason.Local("the Template Distribution Protocol is not spoken here"));
    }
}
