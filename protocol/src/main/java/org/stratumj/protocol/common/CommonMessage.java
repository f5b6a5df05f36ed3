package org.stratumj.protocol.common;

import org.stratumj.protocol.Sv2Message;

/// A message that every subprotocol has: [CommonToServer] or [CommonToClient]. Spec: 03 §3.6.
public sealed interface CommonMessage extends Sv2Message permits CommonToServer, CommonToClient {}
