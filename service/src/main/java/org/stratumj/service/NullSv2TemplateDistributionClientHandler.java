package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;

/// In place of a handler where a client does not speak the Template Distribution Protocol: nothing is dialled
/// for it.
public final class NullSv2TemplateDistributionClientHandler
        implements Sv2TemplateDistributionClientHandler, NullHandler {
    /// Makes one; they are all alike.
    public NullSv2TemplateDistributionClientHandler() {}

    /// Leaves, if somebody but a service brings a server.
    @Override
    public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
        return Effect.close(new CloseReason.Local("the Template Distribution Protocol is not spoken here"));
    }

    @Override
    public Effect<TemplateToServer> onMessage(TemplateToClient message) {
        return Effect.none();
    }
}
