package org.stratumj.protocol.extension.negotiation;

import org.stratumj.protocol.ToServer;

/// What a client sends to a server: a message of the Extensions Negotiation extension. Spec: extension 0x0001.
public sealed interface NegotiationToServer extends NegotiationMessage, ToServer permits RequestExtensions {}
