package org.stratumj.fuzz;

import static org.stratumj.fuzz.NoiseParties.CURVE;
import static org.stratumj.fuzz.NoiseParties.PURE_JAVA;
import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.HandshakeException;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.secp256k1.Secp256k1.Side;
import org.stratumj.noise.secp256k1.SecretKey;

/// A server before any client. The input is act 1, as it is or as changes to a genuine one. Any 64 bytes are answered,
/// but only the client that sent them as they arrived gets a session; both curves agree on every key.
class HandshakeResponderFuzzTest {
    private static final Certificate CERTIFICATE = Certificate.issue(
            NoiseParties.AUTHORITY,
            NoiseParties.SERVER.publicKey(CURVE),
            NoiseParties.NOW,
            NoiseParties.NOW.plus(Duration.ofHours(1)),
            CURVE,
            new RepeatableRandom(8));
    private static final SecretKey SECRET = SecretKey.generate(CURVE, new RepeatableRandom(9));
    private static final byte[] OWN = CURVE.ellswiftCreate(SECRET, new byte[32]);

    // From BIP324's vectors for decoding: the special cases of the map.
    private static final String P = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00",
                        "00" + "00".repeat(63) + "01",
                        "01" + "00".repeat(64),
                        "01" + "00".repeat(32) + P,
                        "01" + P + "00".repeat(32),
                        "01" + P + P,
                        "01" + "ff".repeat(64),
                        "01" + "11".repeat(32) + "00".repeat(32),
                        "01" + "22".repeat(63))
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void answersAnyKeyAndServesOnlyItsOwner(byte[] data) {
        var in = new Input(data);
        var client = NoiseParties.initiator(NoiseParties.POLICY);
        var genuine = client.act1();
        var act1 = in.flag() ? in.rest() : changed(genuine.clone(), in.exactly(genuine.length));
        try {
            var server = NoiseParties.responder(now -> CERTIFICATE).respond(act1);
            requireEqual(HandshakeInitiator.ACT1_BYTES, act1.length, "bytes of act 1");
            requireSameCurve(act1);
            boolean served = isServed(client, server.act2());
            requireEqual(Arrays.equals(genuine, act1), served, "served the client whose act 1 arrived");
        } catch (HandshakeException refused) {
            requireEqual(Fault.WRONG_LENGTH, refused.fault(), "fault");
            require(act1.length != HandshakeInitiator.ACT1_BYTES, "any 64 bytes are answered");
        }
    }

    private static boolean isServed(HandshakeInitiator client, byte[] act2) {
        try {
            return client.readAct2(act2).certificate().equals(CERTIFICATE);
        } catch (HandshakeException refused) {
            requireEqual(Fault.BAD_TAG, refused.fault(), "fault");
            return false;
        }
    }

    private static void requireSameCurve(byte[] act1) {
        requireEqual(PURE_JAVA.ellswiftDecode(act1), CURVE.ellswiftDecode(act1), "decoded key");
        requireEqual(
                PURE_JAVA.sharedSecret(act1, OWN, SECRET, Side.RESPONDER),
                CURVE.sharedSecret(act1, OWN, SECRET, Side.RESPONDER),
                "shared secret");
    }

    private static byte[] changed(byte[] bytes, byte[] bits) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= bits[i];
        }
        return bytes;
    }
}
