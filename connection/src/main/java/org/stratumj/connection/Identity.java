package org.stratumj.connection;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.secp256k1.Secp256k1;

/// How a listener shows who it is, for its whole life: a static key with certificates, or nothing. Any thread.
sealed interface Identity {

    /// Makes one.
    ///
    /// @throws IllegalStateException if the platform lacks what `security` requires
    static Identity of(ServerSecurity security, Network network) {
        return switch (security) {
            case ServerSecurity.Plain plain -> new None();
            case ServerSecurity.Noise noise -> certified(noise, network);
        };
    }

    /// What an accepted connection begins with; empty if nothing is encrypted.
    Optional<Handshake> handshake();

    /// Begins an accepted connection, on its lane.
    default PipeHandler begin(Connection connection, Executor workers) {
        return handshake()
                .map(handshake -> connection.begin(handshake, workers))
                .orElseGet(connection::begin);
    }

    /// Erases the key. No handshake may be under way or follow.
    void destroy();

    private static Identity certified(ServerSecurity.Noise noise, Network network) {
        Secp256k1 curve = Curves.of(noise.curve(), network.random());
        StaticKeyPair key = StaticKeyPair.generate(curve, network.random());
        CertificateIssuer certificates = new CertificateIssuer(
                noise.authority(), key.publicKey(curve), noise.certificateValidity(), curve, network.random());
        HandshakeResponder responder =
                new HandshakeResponder(key, certificates, curve, network.clock(), network.random());
        Rehearsal.run(responder, curve, network);
        return new Certified(key, responder);
    }

    /// Without encryption.
    record None() implements Identity {
        @Override
        public Optional<Handshake> handshake() {
            return Optional.empty();
        }

        @Override
        public void destroy() {}
    }

    /// With a handshake for each connection.
    record Certified(StaticKeyPair key, HandshakeResponder responder) implements Identity {
        @Override
        public Optional<Handshake> handshake() {
            return Optional.of(Handshake.of(responder));
        }

        @Override
        public void destroy() {
            key.destroy();
        }
    }
}
