package org.stratumj.service;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;

/// What a server was built from.
///
/// @param handlers one for each subprotocol that is served
record ServerOptions(
        Network network,
        String name,
        InetSocketAddress address,
        ServerSecurity security,
        ConnectionLimits limits,
        List<ServerHandler<?, ?>> handlers,
        Listeners listeners,
        List<Subscription<?>> subscriptions,
        Optional<Siblings> siblings) {}
