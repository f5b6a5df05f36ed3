package org.stratumj.service;

import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;

/// A job declarator server.
public non-sealed interface Sv2JobDeclarationServerHandler
        extends ServerHandler<JobDeclarationToServer, JobDeclarationToClient> {}
