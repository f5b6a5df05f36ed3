package org.stratumj.protocol.extension.negotiation;

import org.stratumj.protocol.ExtensionMessage;

/// A message of the Extensions Negotiation extension, 0x0001: [NegotiationToServer] or [NegotiationToClient].
/// Spec: extension 0x0001.
public sealed interface NegotiationMessage extends ExtensionMessage permits NegotiationToServer, NegotiationToClient {}
