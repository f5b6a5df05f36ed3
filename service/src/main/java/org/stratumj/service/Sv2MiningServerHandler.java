package org.stratumj.service;

import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// A pool, a solo server or a proxy towards its miners.
public non-sealed interface Sv2MiningServerHandler extends ServerHandler<MiningToServer, MiningToClient> {}
