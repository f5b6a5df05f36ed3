package org.stratumj.service;

import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;

/// A template provider.
public non-sealed interface Sv2TemplateDistributionServerHandler
        extends ServerHandler<TemplateToServer, TemplateToClient> {}
