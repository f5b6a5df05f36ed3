package org.stratumj.service;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Flight;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;

/// What a service lets others see of itself: the place to bind metrics, logs and views to. Called on the lane
/// concerned; must be quick and must not throw.
public interface ServiceListener {

    /// The service has entered `state`.
    default void onState(ServiceState state) {}

    /// A peer was accepted, or an upstream is up.
    default void onConnected(PeerInfo peer) {}

    /// A connection that was set up is gone.
    default void onDisconnected(PeerInfo peer, CloseReason reason) {}

    /// A connection that was set up is about to be reported as gone because a rule was broken, by the peer or by our
    /// own code.
    ///
    /// @param flight its last messages
    default void onViolation(PeerInfo peer, CloseReason reason, Flight flight) {}

    /// A peer left or was sent away before it was set up.
    default void onRefused(InetSocketAddress remote, CloseReason reason) {}

    /// A handler kept its lane from other connections for so long, which is longer than it should.
    default void onSlowTurn(ConnectionId connection, Duration took) {}

    /// A handler keeps its lane from other connections and does not end. Once for each turn, on the lane of the
    /// service; never in a simulation.
    ///
    /// @param stack what its thread was doing
    default void onStuckTurn(ConnectionId connection, Duration soFar, List<StackTraceElement> stack) {}

    /// An upstream could not be reached or was lost; the next attempt follows after `retryIn`.
    default void onUpstreamDown(Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {}
}
