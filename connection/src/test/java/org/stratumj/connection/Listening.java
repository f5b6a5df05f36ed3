package org.stratumj.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.Subprotocol;

/// An [Acceptor] with the handlers of what it accepted, in that order.
final class Listening implements Acceptor.Handlers {
    final List<RecordingHandler> accepted = new CopyOnWriteArrayList<>();
    final List<CloseReason> refused = new CopyOnWriteArrayList<>();
    volatile Supplier<RecordingHandler> handlers = RecordingHandler::new;
    volatile Runnable onRefused = () -> {};
    private Acceptor acceptor;

    static Listening on(TestBed bed, ServerSecurity security, ConnectionLimits limits) {
        return on(bed, bed.network(), security, limits);
    }

    static Listening on(TestBed bed, Network network, ServerSecurity security, ConnectionLimits limits) {
        return on(bed, network, security, limits, ExtensionPolicy.NONE);
    }

    static Listening on(
            TestBed bed,
            Network network,
            ServerSecurity security,
            ConnectionLimits limits,
            ExtensionPolicy extensions) {
        Listening listening = new Listening();
        SetupPolicy policy =
                new SetupPolicy(Map.of(Subprotocol.MINING, 0b101L), Map.of(Subprotocol.MINING, extensions));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        listening.acceptor = bed.await(Acceptor.listen(network, address, security, limits, policy, listening));
        return listening;
    }

    int port() {
        return acceptor.localAddress().getPort();
    }

    Acceptor acceptor() {
        return acceptor;
    }

    RecordingHandler only() {
        return accepted.getFirst();
    }

    @Override
    public ConnectionHandler accept(Connection connection) {
        RecordingHandler handler = handlers.get();
        accepted.add(handler);
        return handler;
    }

    @Override
    public void refused(InetSocketAddress remote, CloseReason reason) {
        refused.add(reason);
        onRefused.run();
    }
}
