package org.stratumj.testkit;

import org.jspecify.annotations.Nullable;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.codec.HandshakeBytes;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.protocol.MessageRegistry;

/// How a scripted peer gets from the first byte to frames: nothing to do, or a Noise handshake, done on the lane. Lane
/// only.
final class Session {
    private static final FrameLimits LIMITS = FrameLimits.of(MessageRegistry.core());

    private final @Nullable HandshakeBytes awaited;
    private final @Nullable Act act;
    private final byte[] opening;
    private @Nullable FrameCodec codec;

    private Session(byte[] opening, @Nullable HandshakeBytes awaited, @Nullable Act act) {
        this.opening = opening;
        this.awaited = awaited;
        this.act = act;
    }

    /// What is done with the act of the other side.
    private interface Act {
        FrameCodec answer(byte[] act, Pipe pipe);
    }

    /// Frames from the first byte on.
    static Session plain() {
        Session session = new Session(new byte[0], null, null);
        session.codec = FrameCodec.plain(LIMITS);
        return session;
    }

    /// As a client.
    static Session client(ClientSecurity security, Network network) {
        return switch (security) {
            case ClientSecurity.Plain _ -> plain();
            case ClientSecurity.Noise noise ->
                client(
                        CertificatePolicy.trusting(noise.authority()).withVersions(noise.certificateVersions()),
                        network);
            case ClientSecurity.NoiseAnyAuthority _ -> client(CertificatePolicy.trustAnyAuthority(), network);
        };
    }

    private static Session client(CertificatePolicy policy, Network network) {
        var initiator = HandshakeInitiator.start(policy, TestAuthority.curve(), network.clock(), network.random());
        return new Session(
                initiator.act1(),
                HandshakeBytes.act2(),
                (act2, pipe) -> FrameCodec.encrypted(initiator.readAct2(act2).ciphers(), LIMITS));
    }

    /// As a server.
    static Session server(HandshakeResponder responder) {
        return new Session(new byte[0], HandshakeBytes.act1(), (act1, pipe) -> {
            HandshakeResponder.Completed completed = responder.respond(act1);
            byte[] act2 = completed.act2();
            pipe.write(act2, 0, act2.length);
            pipe.flush();
            return FrameCodec.encrypted(completed.ciphers(), LIMITS);
        });
    }

    /// The pipe is open.
    void begin(Pipe pipe) {
        if (opening.length > 0) {
            pipe.write(opening, 0, opening.length);
            pipe.flush();
        }
    }

    /// The frames of this session, once there is one.
    @Nullable
    FrameCodec codec() {
        return codec;
    }

    /// Takes bytes of the other side.
    ///
    /// @throws org.stratumj.noise.HandshakeException if the handshake fails
    void feed(byte[] bytes, int offset, int length, Pipe pipe) {
        int taken = 0;
        if (codec == null && awaited != null && act != null) {
            taken = awaited.feed(bytes, offset, length);
            if (awaited.isComplete()) {
                codec = act.answer(awaited.act(), pipe);
            }
        }
        if (codec != null) {
            codec.decoder().feed(bytes, offset + taken, length - taken);
        }
    }
}
