package org.stratumj.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.noise.CertificateIssuer;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.secp256k1.Secp256k1;

/// A server played by hand: a port, and a [ScriptedPeer] for each client that dials it, in the order in which they
/// came.
/// For the test's thread.
public final class ScriptedServer {
    private final TestBed bed;
    private final ClientSecurity security;
    private final Network.Listener listener;
    private final Queue<ScriptedPeer> clients;

    private ScriptedServer(
            TestBed bed, ClientSecurity security, Network.Listener listener, Queue<ScriptedPeer> clients) {
        this.bed = bed;
        this.security = security;
        this.listener = listener;
        this.clients = clients;
    }

    static ScriptedServer open(TestBed bed, Network network, ServerSecurity security) {
        Queue<ScriptedPeer> clients = new ConcurrentLinkedQueue<>();
        Supplier<Session> sessions = sessions(security, network);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Network.Listener listener = bed.await(network.listen(address, pipe -> {
            ScriptedPeer peer = new ScriptedPeer(bed, pipe, sessions.get(), "server of " + pipe.remoteAddress());
            clients.add(peer);
            return peer.begin();
        }));
        return new ScriptedServer(bed, clientSecurity(security), listener, clients);
    }

    /// The port.
    public int port() {
        return listener.localAddress().getPort();
    }

    /// Where clients find it, and how they check it.
    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", port(), security);
    }

    /// Waits for the next client, and for its handshake if there is one to do.
    ///
    /// @throws AssertionError if nobody comes, or the handshake fails
    public ScriptedPeer accept() {
        try {
            bed.await(() -> !clients.isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("expected a client on port " + port() + ", but nobody came", e);
        }
        return clients.remove().awaitReady();
    }

    /// Listens no more; accepted clients stay.
    public void close() {
        bed.await(listener.close());
    }

    private static Supplier<Session> sessions(ServerSecurity security, Network network) {
        return switch (security) {
            case ServerSecurity.Plain _ -> Session::plain;
            case ServerSecurity.Noise noise -> {
                HandshakeResponder responder = responder(noise, network);
                yield () -> Session.server(responder);
            }
        };
    }

    private static HandshakeResponder responder(ServerSecurity.Noise noise, Network network) {
        Secp256k1 curve = TestAuthority.curve();
        SecureRandom random = network.random();
        StaticKeyPair key = StaticKeyPair.generate(curve, random);
        var certificates = new CertificateIssuer(noise.authority(), key, noise.certificateValidity(), curve, random);
        return new HandshakeResponder(key, certificates, curve, network.clock(), random);
    }

    /// How clients check a server of this security.
    static ClientSecurity clientSecurity(ServerSecurity security) {
        return switch (security) {
            case ServerSecurity.Plain _ -> new ClientSecurity.Plain();
            case ServerSecurity.Noise noise ->
                new ClientSecurity.Noise(noise.authority().publicKey(TestAuthority.curve()));
        };
    }
}
