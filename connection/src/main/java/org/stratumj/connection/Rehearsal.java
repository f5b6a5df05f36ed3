package org.stratumj.connection;

import java.util.concurrent.atomic.AtomicBoolean;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.frame.Frame;

/// One handshake and one frame in memory before the first client comes, once in a process. It loads every class and
/// library that a connection needs: a class that is first loaded when file descriptors are exhausted fails to
/// initialise, and never recovers. Any thread.
final class Rehearsal {
    private static final AtomicBoolean DONE = new AtomicBoolean();

    private Rehearsal() {}

    /// @throws IllegalStateException if a handshake does not work on this platform
    static void run(HandshakeResponder responder, Secp256k1 curve, Network network) {
        if (DONE.get()) {
            return;
        }
        HandshakeInitiator initiator = HandshakeInitiator.start(
                CertificatePolicy.trustAnyAuthority(), curve, network.clock(), network.random());
        HandshakeResponder.Completed server = responder.respond(initiator.act1());
        TransportCiphers client = initiator.readAct2(server.act2()).ciphers();
        Frame frame = MessageRegistry.core().encode(new SetupConnectionSuccess(2, 0));
        FrameLimits limits = FrameLimits.of(MessageRegistry.core());
        byte[] sealed = FrameCodec.encrypted(server.ciphers(), limits).encoder().encode(frame);
        var decoder = FrameCodec.encrypted(client, limits).decoder();
        decoder.feed(sealed, 0, sealed.length);
        if (decoder.poll((header, payload, offset, length) -> header) == null) {
            throw new IllegalStateException("the rehearsed frame did not arrive");
        }
        server.ciphers().destroy();
        client.destroy();
        DONE.set(true);
    }
}
