package org.stratumj.app.role;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.service.ServiceListener;
import org.stratumj.service.ServiceState;

/// Reports the server that a role depends on coming and going: an outage once, however many attempts it takes to end
/// it, and once more when the server is back with another key or refuses the setup.
public final class OutageWatch implements ServiceListener {
    private final String role;
    private final String server;
    private final String consequence;
    private final RoleEvents events;
    /// Kinds of reasons that the operator was told in this outage.
    private final Set<String> told = new HashSet<>();
    private boolean stopping;
    private volatile boolean up;
    private volatile @Nullable String trouble;

    /// @param role        as [Role#name]
    /// @param server      what it is to the role, as `template provider`
    /// @param consequence what an outage means to others, as `miners keep the work they have`
    public OutageWatch(String role, String server, String consequence, RoleEvents events) {
        this.role = role;
        this.server = server;
        this.consequence = consequence;
        this.events = events;
    }

    /// Whether the server is connected. Any thread.
    public boolean isUp() {
        return up;
    }

    /// One line about an outage, empty if there is none. Any thread.
    public String note() {
        String why = trouble;
        return why == null ? "" : "no " + server + ": " + why;
    }

    @Override
    public synchronized void onState(ServiceState state) {
        stopping = state == ServiceState.DRAINING || state.isFinal();
    }

    @Override
    public synchronized void onConnected(PeerInfo peer) {
        up = true;
        trouble = null;
        told.clear();
        events.on(new RoleEvent.ConnectionUp(role, server + " " + ServiceEvents.text(peer)));
    }

    @Override
    public synchronized void onDisconnected(PeerInfo peer, CloseReason reason) {
        up = false;
        tell(ServiceEvents.text(peer), reason, (at, why) -> new RoleEvent.ConnectionDown(role, at, why));
    }

    @Override
    public synchronized void onUpstreamDown(
            Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {
        up = false;
        tell(endpoint.toString(), reason, (at, why) -> new RoleEvent.UpstreamFailed(role, at, why));
    }

    private void tell(String address, CloseReason reason, BiFunction<String, String, RoleEvent> event) {
        if (stopping) {
            return;
        }
        String text = reason.text();
        String why = text.startsWith(address + ": ") ? text.substring(address.length() + 2) : text;
        trouble = why.contains(address) ? why : address + ": " + why;
        if (told.isEmpty() || (needsOperator(reason) && !told.contains(reason.kind()))) {
            told.add(reason.kind());
            events.on(event.apply(server + " " + address, why + "; " + consequence + " while it is tried again"));
        }
    }

    /// Whether waiting does not help: another key, another version.
    private static boolean needsOperator(CloseReason reason) {
        return reason instanceof CloseReason.HandshakeFailed || reason instanceof CloseReason.SetupRefused;
    }
}
