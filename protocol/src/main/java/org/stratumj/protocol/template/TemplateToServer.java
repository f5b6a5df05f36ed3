package org.stratumj.protocol.template;

import org.stratumj.protocol.ToServer;

/// What a client sends to a server: a message of the Template Distribution Protocol. Spec: 07.
public sealed interface TemplateToServer extends TemplateMessage, ToServer
        permits CoinbaseOutputConstraints, RequestTransactionData, SubmitSolution {}
