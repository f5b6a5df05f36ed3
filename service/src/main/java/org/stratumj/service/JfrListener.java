package org.stratumj.service;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;

/// Tells the flight recorder of the JVM of one service. What happens to single connections `connection` tells.
///
/// @param client whether its peers are upstreams
record JfrListener(String service, boolean client) implements ServiceListener {

    @Override
    public void onState(ServiceState state) {
        StateChanged event = new StateChanged();
        if (event.isEnabled()) {
            event.service = service;
            event.state = state.name();
            event.commit();
        }
    }

    @Override
    public void onConnected(PeerInfo peer) {
        UpstreamUp event = new UpstreamUp();
        if (client && event.isEnabled()) {
            event.service = service;
            event.connection = peer.id().value();
            event.subprotocol = peer.setup().subprotocol().toString();
            event.commit();
        }
    }

    @Override
    public void onUpstreamDown(Subprotocol subprotocol, Endpoint endpoint, CloseReason reason, Duration retryIn) {
        UpstreamDown event = new UpstreamDown();
        if (event.isEnabled()) {
            event.service = service;
            event.subprotocol = subprotocol.toString();
            event.endpoint = endpoint.toString();
            event.reason = reason.kind();
            event.detail = reason.text();
            event.retryIn = retryIn.toNanos();
            event.commit();
        }
    }

    @Override
    public void onSlowTurn(ConnectionId connection, Duration took) {
        SlowTurn event = new SlowTurn();
        if (event.isEnabled()) {
            event.service = service;
            event.connection = connection.value();
            event.took = took.toNanos();
            event.commit();
        }
    }

    @Override
    public void onStuckTurn(ConnectionId connection, Duration soFar, List<StackTraceElement> stack) {
        StuckTurn event = new StuckTurn();
        if (event.isEnabled()) {
            event.service = service;
            event.connection = connection.value();
            event.soFar = soFar.toNanos();
            event.stack = stack.stream().map(Object::toString).collect(Collectors.joining("\n"));
            event.commit();
        }
    }

    /// Which service it is about.
    @Category("Stratum V2")
    @StackTrace(false)
    abstract static class OfService extends Event {
        @Label("Service")
        String service = "";
    }

    @Name("org.stratumj.ServiceState")
    @Label("Service State")
    @Description("A service has entered a state")
    static final class StateChanged extends OfService {
        @Label("State")
        String state = "";
    }

    @Name("org.stratumj.UpstreamUp")
    @Label("Upstream Up")
    static final class UpstreamUp extends OfService {
        @Label("Connection")
        long connection;

        @Label("Subprotocol")
        String subprotocol = "";
    }

    @Name("org.stratumj.UpstreamDown")
    @Label("Upstream Down")
    @Description("An upstream could not be reached or was lost")
    static final class UpstreamDown extends OfService {
        @Label("Subprotocol")
        String subprotocol = "";

        @Label("Endpoint")
        String endpoint = "";

        @Label("Reason")
        String reason = "";

        @Label("Detail")
        String detail = "";

        @Label("Next Attempt In")
        @Timespan
        long retryIn;
    }

    @Name("org.stratumj.SlowTurn")
    @Label("Slow Turn")
    @Description("A handler kept its lane from other connections for too long")
    static final class SlowTurn extends OfService {
        @Label("Connection")
        long connection;

        @Label("Took")
        @Timespan
        long took;
    }

    @Name("org.stratumj.StuckTurn")
    @Label("Stuck Turn")
    @Description("A handler holds its lane and does not end")
    static final class StuckTurn extends OfService {
        @Label("Connection")
        long connection;

        @Label("So Far")
        @Timespan
        long soFar;

        @Label("Stack")
        String stack = "";
    }
}
