package org.stratumj.service;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Flight;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;

/// Writes down what a service lets others see.
final class RecordingListener implements ServiceListener {
    final List<ServiceState> states = new CopyOnWriteArrayList<>();
    final List<PeerInfo> connected = new CopyOnWriteArrayList<>();
    final List<PeerInfo> disconnected = new CopyOnWriteArrayList<>();
    final List<Flight> flights = new CopyOnWriteArrayList<>();
    final List<CloseReason> refused = new CopyOnWriteArrayList<>();
    final List<CloseReason> downs = new CopyOnWriteArrayList<>();
    final List<Endpoint> downEndpoints = new CopyOnWriteArrayList<>();

    @Override
    public void onState(ServiceState state) {
        states.add(state);
    }

    @Override
    public void onConnected(PeerInfo peer) {
        connected.add(peer);
    }

    @Override
    public void onDisconnected(PeerInfo peer, CloseReason reason) {
        disconnected.add(peer);
    }

    @Override
    public void onViolation(PeerInfo peer, CloseReason reason, Flight flight) {
        flights.add(flight);
    }

    @Override
    public void onRefused(InetSocketAddress remote, CloseReason reason) {
        refused.add(reason);
    }

    @Override
    public void onUpstreamDown(Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {
        downs.add(reason);
        downEndpoints.add(endpoint);
    }
}
