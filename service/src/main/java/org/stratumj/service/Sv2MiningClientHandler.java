package org.stratumj.service;

import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// A mining device, or a proxy towards its pool.
public non-sealed interface Sv2MiningClientHandler extends ClientHandler<MiningToClient, MiningToServer> {}
