package org.stratumj.service;

import java.util.List;
import java.util.Optional;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;

/// What a client was built from.
///
/// @param upstreams one for each subprotocol
record ClientOptions(
        Network network,
        String name,
        List<Upstreams> upstreams,
        DeviceInfo device,
        ConnectionLimits limits,
        ReconnectPolicy reconnect,
        Listeners listeners,
        List<Subscription<?>> subscriptions,
        Optional<Siblings> siblings) {

    /// Where one subprotocol is dialled, and by whom it is spoken.
    record Upstreams(List<Endpoint> endpoints, ClientHandler<?, ?> handler) {
        Upstreams {
            endpoints = List.copyOf(endpoints);
            if (endpoints.isEmpty()) {
                throw new IllegalStateException("a client needs at least one endpoint to dial");
            }
        }
    }
}
