package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Flight;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;

/// All observers as one. Whoever throws against the rule harms nobody but himself.
record Listeners(List<ServiceListener> all) implements ServiceListener {
    private static final Logger LOG = System.getLogger("org.stratumj.service");

    Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void onState(ServiceState state) {
        each(listener -> listener.onState(state));
    }

    @Override
    public void onConnected(PeerInfo peer) {
        each(listener -> listener.onConnected(peer));
    }

    @Override
    public void onDisconnected(PeerInfo peer, CloseReason reason) {
        each(listener -> listener.onDisconnected(peer, reason));
    }

    @Override
    public void onViolation(PeerInfo peer, CloseReason reason, Flight flight) {
        each(listener -> listener.onViolation(peer, reason, flight));
    }

    /// The end of a connection that was set up.
    void ended(Connection connection, CloseReason reason) {
        if (reason.isFault()) {
            onViolation(connection.info(), reason, connection.flight());
        }
        onDisconnected(connection.info(), reason);
    }

    @Override
    public void onRefused(InetSocketAddress remote, CloseReason reason) {
        each(listener -> listener.onRefused(remote, reason));
    }

    @Override
    public void onTurn(ConnectionId connection, Duration took) {
        each(listener -> listener.onTurn(connection, took));
    }

    @Override
    public void onUpstreamDown(Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {
        each(listener -> listener.onUpstreamDown(subprotocol, endpoint, reason, retryIn));
    }

    private void each(Consumer<ServiceListener> call) {
        for (ServiceListener listener : all) {
            try {
                call.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "an observer failed", e);
            }
        }
    }
}
