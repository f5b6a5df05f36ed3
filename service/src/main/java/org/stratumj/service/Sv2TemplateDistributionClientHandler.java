package org.stratumj.service;

import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;

/// A pool or job declarator client towards its template provider.
public non-sealed interface Sv2TemplateDistributionClientHandler
        extends ClientHandler<TemplateToClient, TemplateToServer> {

    /// None are defined. Spec: 07 §7.
    @Override
    default long requestedFlags() {
        return 0;
    }

    /// None are defined. Spec: 07 §7.
    @Override
    default long acceptedServerFlags() {
        return 0;
    }
}
