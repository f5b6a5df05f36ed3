package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.ToServer;

/// What a client sends to a server: a message of the Job Declaration Protocol. Spec: 06.
public sealed interface JobDeclarationToServer extends JobDeclarationMessage, ToServer
        permits AllocateMiningJobToken, ProvideMissingTransactionsSuccess, DeclareMiningJob, PushSolution {}
