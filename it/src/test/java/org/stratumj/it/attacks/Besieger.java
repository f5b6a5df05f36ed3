package org.stratumj.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.CipherState;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Str0255;

/// A client, by hand, that is set up for job declaration and then sends whatever is wanted.
class Besieger {
    /// Of ProvideMissingTransactions.Success with the longest payload.
    private static final byte[] HEADER = {0, 0, 0x56, (byte) 0xff, (byte) 0xff, (byte) 0xff};

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Frame SETUP = MessageRegistry.core()
            .encode(new SetupConnection(
                    Subprotocol.JOB_DECLARATION.code(),
                    2,
                    2,
                    0,
                    Str0255.of("127.0.0.1"),
                    1,
                    Str0255.of("siege"),
                    Str0255.EMPTY,
                    Str0255.EMPTY,
                    Str0255.EMPTY));

    final SocketChannel socket;

    Besieger(SocketChannel socket) {
        this.socket = socket;
    }

    void setUp() throws IOException {
        write(SETUP.bytes());
    }

    void send(byte[] header) throws IOException {
        write(header);
    }

    final void write(byte[] bytes) throws IOException {
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
            socket.write(left);
        }
    }

    /// Not more at a time than the system queues for a listener.
    ///
    /// @param security `plain` or `noise`
    static List<Besieger> connect(InetSocketAddress address, String security, int number) throws IOException {
        List<Besieger> batch = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel socket = SocketChannel.open(address);
            batch.add(security.equals("plain") ? new Besieger(socket) : new EncryptedBesieger(socket));
        }
        for (Besieger besieger : batch) {
            besieger.setUp();
        }
        return batch;
    }

    void sendHalfAFrame() throws IOException {
        send(HEADER);
    }

    void close() throws IOException {
        socket.close();
    }

    private static final class EncryptedBesieger extends Besieger {
        private static final Secp256k1 CURVE = Secp256k1s.select(Secp256k1Policy.PREFER_CONSTANT_TIME, RANDOM);

        private final HandshakeInitiator handshake =
                HandshakeInitiator.start(CertificatePolicy.trustAnyAuthority(), CURVE, InstantSource.system(), RANDOM);
        private CipherState cipher;

        EncryptedBesieger(SocketChannel socket) throws IOException {
            super(socket);
            write(handshake.act1());
        }

        @Override
        void setUp() throws IOException {
            ByteBuffer act2 = ByteBuffer.allocate(HandshakeInitiator.ACT2_BYTES);
            while (act2.hasRemaining()) {
                assertThat(socket.read(act2)).as("the server closed").isPositive();
            }
            var ciphers = handshake.readAct2(act2.array()).ciphers();
            cipher = ciphers.send();
            write(FrameCodec.encrypted(ciphers, FrameLimits.of(MessageRegistry.core()))
                    .encoder()
                    .encode(SETUP));
        }

        @Override
        void send(byte[] header) throws IOException {
            byte[] sealed = new byte[FrameHeader.SIZE + CipherState.TAG_BYTES];
            cipher.seal(header, 0, FrameHeader.SIZE, sealed, 0);
            write(sealed);
        }
    }
}
