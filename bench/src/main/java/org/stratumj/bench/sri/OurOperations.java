package org.stratumj.bench.sri;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.stratumj.bench.SampleMessage;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.CipherState;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;

/// Our side of each comparison, by name.
///
/// * `encode/MESSAGE`: the frame of a message, header included, into a fresh array.
/// * `decode/MESSAGE`: the message in an array that holds its frame, by the reader of one stream.
/// * `seal-open/N`: N bytes sealed by the sender's cipher and opened by the receiver's, in place in one array.
/// * `frame/N`: a frame with a payload of N bytes through the encoder and decoder of an encrypted stream.
/// * `handshake`: both sides from nothing, the server's static key and certificate included.
/// * `handshake-kept`: both sides, the server having kept its key and certificate, as a listener of ours does.
final class OurOperations {
    static final int[] SIZES = {22, 64, 1024, 16384};

    private static final MessageRegistry REGISTRY = MessageRegistry.core();
    private static final Instant NOW = Instant.ofEpochSecond(1_763_600_000L);
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    /// Where results go, so that the compiler cannot leave them out.
    private static final AtomicReference<Object> SINK = new AtomicReference<>();

    private OurOperations() {}

    static Map<String, Operation> all() {
        var all = new LinkedHashMap<String, Operation>();
        for (var message : SampleMessage.values()) {
            all.put("encode/" + name(message), encode(message));
            all.put("decode/" + name(message), decode(message));
        }
        for (int size : SIZES) {
            all.put("seal-open/" + size, sealOpen(size));
            all.put("frame/" + size, frame(size));
        }
        handshakes(all);
        return all;
    }

    /// The message's name in the specification.
    static String name(SampleMessage message) {
        var header = REGISTRY.encode(message.make()).header();
        return REGISTRY.layout(header.extensionType(), header.messageType())
                .orElseThrow()
                .specName();
    }

    static byte[] frame(SampleMessage message) {
        return REGISTRY.encode(message.make()).bytes();
    }

    private static Operation encode(SampleMessage sample) {
        var message = sample.make();
        return times -> {
            for (long i = 0; i < times; i++) {
                var bytes = new byte[FrameHeader.SIZE + REGISTRY.payloadSize(message)];
                REGISTRY.writeFrame(message, bytes, 0);
                SINK.setOpaque(bytes);
            }
        };
    }

    private static Operation decode(SampleMessage sample) {
        var bytes = frame(sample);
        var reader = REGISTRY.reader();
        return times -> {
            for (long i = 0; i < times; i++) {
                var header = FrameHeader.parse(bytes, 0);
                SINK.setOpaque(reader.decode(header, bytes, FrameHeader.SIZE, header.payloadLength()));
            }
        };
    }

    private static Operation sealOpen(int size) {
        var sender = CipherState.of(new byte[CipherState.KEY_BYTES]);
        var receiver = CipherState.of(new byte[CipherState.KEY_BYTES]);
        var message = new byte[size + CipherState.TAG_BYTES];
        return times -> {
            for (long i = 0; i < times; i++) {
                int sealed = sender.seal(message, 0, size, message, 0);
                receiver.open(message, 0, sealed, message, 0);
            }
        };
    }

    private static Operation frame(int size) {
        var codec = FrameCodec.encrypted(
                new TransportCiphers(
                        CipherState.of(new byte[CipherState.KEY_BYTES]),
                        CipherState.of(new byte[CipherState.KEY_BYTES])),
                FrameLimits.of(REGISTRY));
        var frame = new Frame(new FrameHeader(0x4000, false, 1, size), Bytes.of(new byte[size]));
        return times -> {
            for (long i = 0; i < times; i++) {
                var wire = codec.encoder().encode(frame);
                codec.decoder().feed(wire, 0, wire.length);
                SINK.setOpaque(Objects.requireNonNull(codec.decoder().poll()));
            }
        };
    }

    private static void handshakes(Map<String, Operation> all) {
        var random = new SecureRandom();
        var curve = Secp256k1s.best(random);
        var authority = AuthoritySecretKey.generate(curve, random);
        var policy = CertificatePolicy.trusting(authority.publicKey(curve));
        var kept = responder(authority, curve, random);
        all.put("handshake", times -> {
            for (long i = 0; i < times; i++) {
                handshake(policy, responder(authority, curve, random), curve, random);
            }
        });
        all.put("handshake-kept", times -> {
            for (long i = 0; i < times; i++) {
                handshake(policy, kept, curve, random);
            }
        });
    }

    private static HandshakeResponder responder(AuthoritySecretKey authority, Secp256k1 curve, SecureRandom random) {
        var key = StaticKeyPair.generate(curve, random);
        var certificate = Certificate.issue(authority, key.publicKey(curve), NOW, NOW.plusSeconds(3600), curve, random);
        return new HandshakeResponder(key, _ -> certificate, curve, CLOCK, random);
    }

    private static void handshake(
            CertificatePolicy policy, HandshakeResponder responder, Secp256k1 curve, SecureRandom random) {
        var initiator = HandshakeInitiator.start(policy, curve, CLOCK, random);
        var server = responder.respond(initiator.act1());
        SINK.setOpaque(initiator.readAct2(server.act2()));
    }
}
