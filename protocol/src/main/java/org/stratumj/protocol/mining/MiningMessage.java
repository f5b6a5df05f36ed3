package org.stratumj.protocol.mining;

import org.stratumj.protocol.Sv2Message;

/// A message of the Mining Protocol: [MiningToServer] or [MiningToClient]. Spec: 05.
public sealed interface MiningMessage extends Sv2Message permits MiningToServer, MiningToClient {}
