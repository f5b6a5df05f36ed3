package org.stratumj.app.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.service.ServiceListener;
import org.stratumj.service.ServiceState;

/// Tells of the template provider coming and going: once for each outage, however many attempts it takes to end
/// it.
final class ProviderWatch implements ServiceListener {
    private final RoleEvents events;
    private boolean outageTold;
    private boolean stopping;
    private volatile boolean up;
    private volatile @Nullable String trouble;

    ProviderWatch(RoleEvents events) {
        this.events = events;
    }

    /// Whether the template provider is connected. Any thread.
    boolean isUp() {
        return up;
    }

    /// One line about an outage, empty if there is none. Any thread.
    String note() {
        String why = trouble;
        return why == null ? "" : "no template provider: " + why;
    }

    @Override
    public synchronized void onState(ServiceState state) {
        stopping = state == ServiceState.DRAINING || state.isFinal();
    }

    @Override
    public synchronized void onConnected(PeerInfo peer) {
        up = true;
        trouble = null;
        outageTold = false;
        events.on(new RoleEvent.ConnectionUp(
                PoolRole.NAME, "template provider " + ServiceEvents.text(peer.remoteAddress())));
    }

    @Override
    public synchronized void onDisconnected(PeerInfo peer, CloseReason reason) {
        up = false;
        tell(ServiceEvents.text(peer.remoteAddress()), reason);
    }

    @Override
    public synchronized void onUpstreamDown(
            Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {
        up = false;
        tell(endpoint.toString(), reason);
    }

    private void tell(String provider, CloseReason reason) {
        if (stopping) {
            return;
        }
        trouble = provider + ": " + reason.text();
        if (!outageTold) {
            outageTold = true;
            events.on(new RoleEvent.ConnectionDown(
                    PoolRole.NAME,
                    "template provider " + provider,
                    reason.text() + "; miners keep the work they have while it is tried again"));
        }
    }
}
