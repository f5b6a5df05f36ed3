package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.ToClient;

/// What a server sends to a client: a message of the Job Declaration Protocol. Spec: 06.
public sealed interface JobDeclarationToClient extends JobDeclarationMessage, ToClient
        permits AllocateMiningJobTokenSuccess,
                ProvideMissingTransactions,
                DeclareMiningJobSuccess,
                DeclareMiningJobError {}
