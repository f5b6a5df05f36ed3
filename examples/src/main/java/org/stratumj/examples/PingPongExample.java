package org.stratumj.examples;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.CertificateIssuer;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Frames without services: a client pings, a server answers, with Noise or, after `--plain`, without, over sockets and
/// threads of one's own. For whoever takes the codec, and brings the rest.
///
/// The first pong is small, the others take more than one Noise message.
public final class PingPongExample {
    static final Map<String, String> OPTIONS = Example.options("plain=false pings=10 port=0");

    private static final MessageRegistry MESSAGES = MessageRegistry.core().with(MessageCodecs.all());
    private static final FrameLimits LIMITS = FrameLimits.of(MESSAGES);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = Secp256k1s.best(RANDOM);
    private static final int SMALL = 10;
    private static final int LARGE = 3000;

    private final Example example;
    private final AuthoritySecretKey authority = AuthoritySecretKey.generate(CURVE, RANDOM);

    private PingPongExample(Example example) {
        this.example = example;
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, PingPongExample::start);
    }

    static Example.Running start(Example example) throws IOException {
        var game = new PingPongExample(example);
        var listening = new ServerSocket((int) example.number("port"), 1, InetAddress.getLoopbackAddress());
        long pings = example.number("pings");
        example.inBackground(() -> game.serve(listening));
        example.inBackground(() -> {
            game.ping(listening.getLocalPort(), pings);
            example.finish(true);
        });
        return () -> {
            try {
                listening.close();
            } catch (IOException e) {
                example.say("not closed: " + e.getMessage());
            }
        };
    }

    private void serve(ServerSocket listening) throws IOException {
        try (Socket socket = listening.accept()) {
            var stream = new Stream(socket, example.flag("plain") ? FrameCodec.plain(LIMITS) : serverCodec(socket));
            for (int size = SMALL; stream.read() instanceof Ping ping; size = LARGE) {
                example.say("ping " + ping.id() + ": " + ping.text());
                stream.write(new Pong(Collections.nCopies(size, U256.ZERO), ping.id()));
            }
        } catch (EOFException e) {
            example.say("the client has left");
        }
    }

    private void ping(int port, long pings) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var stream = new Stream(socket, example.flag("plain") ? FrameCodec.plain(LIMITS) : clientCodec(socket));
            for (int id = 1; id <= pings; id++) {
                stream.write(new Ping(Str0255.of("hello " + id), id));
                if (!(stream.read() instanceof Pong pong) || pong.id() != id) {
                    throw new IOException("another answer than pong " + id);
                }
                example.say("pong " + pong.id() + ": " + pong.hashes().size() + " hashes");
            }
        }
    }

    /// Act 1 goes out, act 2 comes back and proves who the server is. Spec: 04 §4.5.
    private FrameCodec clientCodec(Socket socket) throws IOException {
        var policy = CertificatePolicy.trusting(authority.publicKey(CURVE));
        var initiator = HandshakeInitiator.start(policy, CURVE, CLOCK, RANDOM);
        socket.getOutputStream().write(initiator.act1());
        byte[] act2 = socket.getInputStream().readNBytes(HandshakeInitiator.ACT2_BYTES);
        TransportCiphers ciphers = initiator.readAct2(act2).ciphers();
        return FrameCodec.encrypted(ciphers, LIMITS);
    }

    private FrameCodec serverCodec(Socket socket) throws IOException {
        var key = StaticKeyPair.generate(CURVE, RANDOM);
        var certificates = new CertificateIssuer(authority, key, Duration.ofHours(1), CURVE, RANDOM);
        var responder = new HandshakeResponder(key, certificates, CURVE, CLOCK, RANDOM);
        byte[] act1 = socket.getInputStream().readNBytes(HandshakeInitiator.ACT1_BYTES);
        var answer = responder.respond(act1);
        socket.getOutputStream().write(answer.act2());
        return FrameCodec.encrypted(answer.ciphers(), LIMITS);
    }

    /// Messages on a socket.
    private record Stream(Socket socket, FrameCodec codec) {
        void write(Sv2Message message) throws IOException {
            socket.getOutputStream().write(codec.encoder().encode(MESSAGES.encode(message)));
        }

        /// Reads what the decoder lacks, and not a byte of the next frame.
        Sv2Message read() throws IOException {
            Frame frame = codec.decoder().poll();
            while (frame == null) {
                byte[] more = socket.getInputStream().readNBytes(codec.decoder().missingBytes());
                if (more.length == 0) {
                    throw new EOFException("the stream has ended");
                }
                codec.decoder().feed(more, 0, more.length);
                frame = codec.decoder().poll();
            }
            return MESSAGES.decode(frame);
        }
    }
}
