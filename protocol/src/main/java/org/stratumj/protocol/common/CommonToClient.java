package org.stratumj.protocol.common;

import org.stratumj.protocol.ToClient;

/// What a server sends to a client: a message that every subprotocol has. Spec: 03 §3.6.
public sealed interface CommonToClient extends CommonMessage, ToClient
        permits SetupConnectionSuccess, SetupConnectionError, ChannelEndpointChanged, Reconnect {}
