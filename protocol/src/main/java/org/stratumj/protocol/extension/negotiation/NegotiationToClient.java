package org.stratumj.protocol.extension.negotiation;

import org.stratumj.protocol.ToClient;

/// What a server sends to a client: a message of the Extensions Negotiation extension. Spec: extension 0x0001.
public sealed interface NegotiationToClient extends NegotiationMessage, ToClient
        permits RequestExtensionsSuccess, RequestExtensionsError {}
