package org.stratumj.service;

import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;

/// A template provider.
public non-sealed interface Sv2TemplateDistributionServerHandler
        extends ServerHandler<TemplateToServer, TemplateToClient> {

    /// None are defined. Spec: 07 §7.
    @Override
    default long supportedFlags() {
        return 0;
    }
}
