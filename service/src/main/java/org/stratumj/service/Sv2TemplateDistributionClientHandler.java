package org.stratumj.service;

import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;

/// A pool or job declarator client towards its template provider.
public non-sealed interface Sv2TemplateDistributionClientHandler
        extends ClientHandler<TemplateToClient, TemplateToServer> {}
