package org.stratumj.connection;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;

/// Makes connections to servers. Any thread.
public final class Dialer {
    private final Network network;
    private final ConnectionLimits limits;

    /// Makes a dialer.
    ///
    /// @param limits of each connection; what concerns listeners is not used
    public Dialer(Network network, ConnectionLimits limits) {
        this.network = network;
        this.limits = limits;
    }

    /// Dials `endpoint`, and begins to set up the connection, of whose life `handler` is told.
    ///
    /// @return done when the network has connected, which is before the handshake and SetupConnection; fails
    ///     with [java.io.IOException], and the handler is not called then
    public CompletionStage<Connection> dial(Endpoint endpoint, SetupOffer offer, ConnectionHandler handler) {
        try {
            return begin(endpoint, offer, handler);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IOException("the network is closed", e));
        }
    }

    private CompletionStage<Connection> begin(Endpoint endpoint, SetupOffer offer, ConnectionHandler handler) {
        return switch (endpoint.security()) {
            case ClientSecurity.Plain plain -> connect(endpoint, offer, handler, Connection::begin);
            case ClientSecurity.Noise(var authority, var versions) ->
                secure(
                        endpoint,
                        offer,
                        handler,
                        CertificatePolicy.trusting(authority).withVersions(versions));
            case ClientSecurity.NoiseAnyAuthority any ->
                secure(endpoint, offer, handler, CertificatePolicy.trustAnyAuthority());
        };
    }

    /// The ephemeral key is made before dialling: then act 1 is at hand when the network has connected.
    private CompletionStage<Connection> secure(
            Endpoint endpoint, SetupOffer offer, ConnectionHandler handler, CertificatePolicy policy) {
        return CompletableFuture.supplyAsync(() -> initiator(policy), network.workers())
                .thenCompose(initiator -> connect(endpoint, offer, handler, begin(initiator))
                        .whenComplete((connection, failure) -> {
                            if (failure != null) {
                                initiator.destroy();
                            }
                        }));
    }

    private Function<Connection, PipeHandler> begin(HandshakeInitiator initiator) {
        return connection -> connection.begin(Handshake.of(initiator), network.workers());
    }

    private HandshakeInitiator initiator(CertificatePolicy policy) {
        Secp256k1 curve = Curves.of(Secp256k1Policy.PREFER_CONSTANT_TIME, network.random());
        return HandshakeInitiator.start(policy, curve, network.clock(), network.random());
    }

    private CompletionStage<Connection> connect(
            Endpoint endpoint, SetupOffer offer, ConnectionHandler handler, Function<Connection, PipeHandler> begin) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        return network.connect(endpoint.host(), endpoint.port(), limits.handshakeDeadline(), pipe -> {
                    Connection connection =
                            new Connection(pipe, new Role.Client(offer), limits, Place.NONE, made -> handler);
                    result.complete(connection);
                    return begin.apply(connection);
                })
                .thenCompose(pipe -> result);
    }
}
