package org.stratumj.protocol.common;

import org.stratumj.protocol.ToServer;

/// What a client sends to a server: a message that every subprotocol has. Spec: 03 §3.6.
public sealed interface CommonToServer extends CommonMessage, ToServer permits SetupConnection {}
