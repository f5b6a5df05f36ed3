package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
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
record Listeners(List<ServiceListener> all, ServiceMetrics metrics) implements ServiceListener {
    private static final Logger LOG = System.getLogger("org.stratumj.service");

    Listeners {
        all = List.copyOf(all);
    }

    /// The observers that were given, behind those that every service has.
    ///
    /// @param client whether the service is one
    static Listeners of(String service, boolean client, List<ServiceListener> given, ServiceMetrics metrics) {
        ServiceMetrics guarded = new GuardedMetrics(metrics);
        List<ServiceListener> all = new ArrayList<>();
        all.add(new JfrListener(service, client));
        all.add(new MetricsListener(guarded));
        all.addAll(given);
        return new Listeners(all, guarded);
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
    public void onSlowTurn(ConnectionId connection, Duration took) {
        each(listener -> listener.onSlowTurn(connection, took));
    }

    @Override
    public void onStuckTurn(ConnectionId connection, Duration soFar, List<StackTraceElement> stack) {
        each(listener -> listener.onStuckTurn(connection, soFar, stack));
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
