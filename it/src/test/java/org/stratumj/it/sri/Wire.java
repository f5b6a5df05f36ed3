package org.stratumj.it.sri;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.codec.HandshakeBytes;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;

/// Our end of a connection: the codec and the handshake under test, around a plain blocking socket.
final class Wire {
    /// Of the bytes that arrive on a broken wire, the one with the changed bit: the first after a frame's header.
    private static final int BROKEN_BYTE = FrameHeader.SIZE;

    private static final FrameLimits LIMITS =
            FrameLimits.of(MessageRegistry.core()).withOtherPayloadBytesMax(FrameHeader.PAYLOAD_BYTES_MAX);

    private final Socket socket;
    private final boolean broken;
    private final byte[] buffer = new byte[64 * 1024];
    private FrameCodec codec = FrameCodec.plain(LIMITS);
    private boolean bytewise;
    private long received;

    Wire(Socket socket, boolean broken) {
        this.socket = socket;
        this.broken = broken;
    }

    /// From now on one byte for each write and each read.
    Wire bytewise() {
        bytewise = true;
        return this;
    }

    HandshakeInitiator.Completed initiate(
            CertificatePolicy policy, Secp256k1 curve, InstantSource clock, SecureRandom random) throws IOException {
        var initiator = HandshakeInitiator.start(policy, curve, clock, random);
        write(initiator.act1());
        var completed = initiator.readAct2(gather(HandshakeBytes.act2()));
        codec = FrameCodec.encrypted(completed.ciphers(), LIMITS);
        return completed;
    }

    void respond(HandshakeResponder responder) throws IOException {
        var completed = responder.respond(gather(HandshakeBytes.act1()));
        write(completed.act2());
        codec = FrameCodec.encrypted(completed.ciphers(), LIMITS);
    }

    void send(Frame frame) throws IOException {
        write(codec.encoder().encode(frame));
    }

    /// All frames in one write.
    void sendTogether(List<Frame> frames) throws IOException {
        var bytes = new ByteArrayOutputStream();
        frames.forEach(frame -> bytes.writeBytes(codec.encoder().encode(frame)));
        write(bytes.toByteArray());
    }

    Frame receive() throws IOException {
        while (true) {
            var frame = codec.decoder().poll();
            if (frame != null) {
                return frame;
            }
            int length = read(bytewise ? 1 : buffer.length);
            codec.decoder().feed(buffer, 0, length);
        }
    }

    /// What comes back for a frame.
    Frame exchange(Frame frame) throws IOException {
        send(frame);
        return receive();
    }

    /// Tells the peer that nothing more comes.
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    private byte[] gather(HandshakeBytes act) throws IOException {
        while (!act.isComplete()) {
            act.feed(buffer, 0, read(bytewise ? 1 : act.missingBytes()));
        }
        return act.act();
    }

    private int read(int atMost) throws IOException {
        int length = socket.getInputStream().read(buffer, 0, atMost);
        if (length < 0) {
            throw new EOFException("the peer has closed");
        }
        if (broken && received <= BROKEN_BYTE && BROKEN_BYTE < received + length) {
            buffer[(int) (BROKEN_BYTE - received)] ^= 1;
        }
        received += length;
        return length;
    }

    private void write(byte[] bytes) throws IOException {
        var output = socket.getOutputStream();
        if (!bytewise) {
            output.write(bytes);
            return;
        }
        for (byte single : bytes) {
            output.write(single);
        }
    }
}
