package org.stratumj.service;

import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;

/// A job declarator client.
public non-sealed interface Sv2JobDeclarationClientHandler
        extends ClientHandler<JobDeclarationToClient, JobDeclarationToServer> {}
