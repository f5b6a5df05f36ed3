package org.stratumj.connection;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;

/// Makes connections to servers. Any thread.
public final class Dialer {
    private final Network network;
    private final ConnectionLimits limits;
    private final FlightLog flights = new FlightLog();

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
    ///     with [java.io.IOException], also if the host is not one for the security of `endpoint`, and the handler
    ///     is not called then
    public CompletionStage<Connection> dial(Endpoint endpoint, SetupOffer offer, ConnectionHandler handler) {
        try {
            Loopback.check(endpoint);
            return begin(endpoint, offer, handler);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(new IOException(e.getMessage(), e));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IOException("the network is closed", e));
        }
    }

    private CompletionStage<Connection> begin(Endpoint endpoint, SetupOffer offer, ConnectionHandler handler) {
        return handshake(endpoint.security(), network)
                .thenCompose(handshake -> connect(endpoint, offer, handler, handshake)
                        .whenComplete((connection, failure) -> {
                            if (failure != null) {
                                handshake.ifPresent(Handshake::abandon);
                            }
                        }));
    }

    /// What a dialled connection begins with; empty if nothing is encrypted. The ephemeral key is made before dialling:
    /// then act 1 is at hand when the network has connected.
    static CompletionStage<Optional<Handshake>> handshake(ClientSecurity security, Network network) {
        return switch (security) {
            case ClientSecurity.Plain plain -> CompletableFuture.completedFuture(Optional.empty());
            case ClientSecurity.Noise(var authority, var versions) ->
                handshake(CertificatePolicy.trusting(authority).withVersions(versions), network);
            case ClientSecurity.NoiseAnyAuthority any -> handshake(CertificatePolicy.trustAnyAuthority(), network);
        };
    }

    private static CompletionStage<Optional<Handshake>> handshake(CertificatePolicy policy, Network network) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Secp256k1 curve = Curves.of(Secp256k1Policy.PREFER_CONSTANT_TIME, network.random());
                    return Optional.of(
                            Handshake.of(HandshakeInitiator.start(policy, curve, network.clock(), network.random())));
                },
                network.workers());
    }

    private CompletionStage<Connection> connect(
            Endpoint endpoint, SetupOffer offer, ConnectionHandler handler, Optional<Handshake> handshake) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        return network.connect(endpoint.host(), endpoint.port(), limits.handshakeDeadline(), pipe -> {
                    Connection connection =
                            new Connection(pipe, new Role.Client(offer), limits, Place.NONE, flights, made -> handler);
                    result.complete(connection);
                    return handshake
                            .map(exchange -> connection.begin(exchange, network.workers()))
                            .orElseGet(connection::begin);
                })
                .thenCompose(pipe -> result);
    }
}
