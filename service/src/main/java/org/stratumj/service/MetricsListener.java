package org.stratumj.service;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;

/// What listeners are told, counted.
record MetricsListener(ServiceMetrics metrics) implements ServiceListener {

    @Override
    public void onConnected(PeerInfo peer) {
        metrics.connected(peer.setup().subprotocol());
    }

    @Override
    public void onDisconnected(PeerInfo peer, CloseReason reason) {
        metrics.closed(peer.setup().subprotocol(), reason);
    }

    @Override
    public void onRefused(InetSocketAddress remote, CloseReason reason) {
        metrics.refused(reason);
    }

    @Override
    public void onSlowTurn(ConnectionId connection, Duration took) {
        metrics.slowTurn();
    }

    @Override
    public void onStuckTurn(ConnectionId connection, Duration soFar, List<StackTraceElement> stack) {
        metrics.stuckTurn();
    }

    @Override
    public void onUpstreamDown(Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {
        metrics.upstreamDown(subprotocol, reason);
    }
}
