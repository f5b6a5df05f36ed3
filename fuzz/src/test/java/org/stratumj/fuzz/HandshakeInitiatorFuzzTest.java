package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeException;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.HandshakeInitiator;

/// A client before a server that lies. The input is what is wrong with its certificate, then with its act 2. The
/// handshake ends in a session exactly if nothing is wrong, else with the fault that the wrong thing has.
class HandshakeInitiatorFuzzTest {
    private static final long LEEWAY_SECONDS = CertificatePolicy.LEEWAY_DEFAULT.toSeconds();

    /// A certificate, and what a client has against it.
    private record Offer(Certificate certificate, Optional<Fault> fault) {}

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "00f0ff640000000000", // all is well
                        "00f0ff640001000000", // another version
                        "01f0ff640000000000", // another authority
                        "00f0ff640000000540", // a changed signature
                        "0064006e0000000000", // not yet
                        "009cffe0ff00000000", // no more
                        "02f0ff64000000000001", // any authority
                        "00f0ff640000000000" + "01e901", // the last byte of act 2
                        "00f0ff640000000000" + "02e900") // cut
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void acceptsExactlyTheServerItTrusts(byte[] data) {
        var in = new Input(data);
        int parties = in.u8();
        boolean trusting = (parties & 2) == 0;
        var offer = offer((parties & 1) == 0 ? NoiseParties.AUTHORITY : NoiseParties.STRANGER, trusting, in);
        var client = NoiseParties.initiator(trusting ? NoiseParties.POLICY : CertificatePolicy.trustAnyAuthority());
        var server = NoiseParties.responder(now -> offer.certificate()).respond(client.act1());
        var altered = damage(server.act2(), in);
        var expected = fault(server.act2(), altered).or(offer::fault);
        try {
            var completed = client.readAct2(altered);
            requireEqual(Optional.empty(), expected, "a session in spite of a fault");
            requireEqual(offer.certificate(), completed.certificate(), "certificate");
            NoiseParties.requireSession(completed.ciphers(), server.ciphers());
        } catch (HandshakeException refused) {
            requireEqual(expected, Optional.of(refused.fault()), "fault");
        }
        requireEnded(client, server.act2());
    }

    private static Offer offer(AuthoritySecretKey authority, boolean trusting, Input in) {
        long from = (short) in.u16();
        long until = (short) in.u16();
        var genuine = Certificate.issue(
                authority,
                NoiseParties.SERVER.publicKey(NoiseParties.CURVE),
                at(from),
                at(until),
                NoiseParties.CURVE,
                new RepeatableRandom(7));
        var bytes = genuine.bytes();
        int version = in.u16();
        bytes[0] ^= (byte) version;
        bytes[1] ^= (byte) (version >>> 8);
        bytes[10 + in.u8() % 64] ^= (byte) in.u8();
        var certificate = Certificate.parse(bytes);
        requireEqual(bytes, certificate.bytes(), "certificate read and written");
        boolean signed = authority.equals(NoiseParties.AUTHORITY) && certificate.equals(genuine);
        return new Offer(certificate, objection(certificate, signed || !trusting, from, until));
    }

    // In the order in which a client has to look.
    private static Optional<Fault> objection(Certificate certificate, boolean signed, long from, long until) {
        if (certificate.version() != Certificate.VERSION) {
            return Optional.of(Fault.CERTIFICATE_VERSION);
        } else if (!signed) {
            return Optional.of(Fault.WRONG_AUTHORITY);
        } else if (from > LEEWAY_SECONDS) {
            return Optional.of(Fault.CERTIFICATE_NOT_YET_VALID);
        } else if (until < -LEEWAY_SECONDS) {
            return Optional.of(Fault.CERTIFICATE_EXPIRED);
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(byte[] act2, byte[] altered) {
        if (altered.length != HandshakeInitiator.ACT2_BYTES) {
            return Optional.of(Fault.WRONG_LENGTH);
        }
        return Arrays.equals(act2, altered) ? Optional.empty() : Optional.of(Fault.BAD_TAG);
    }

    private static byte[] damage(byte[] act2, Input in) {
        int kind = in.u8() % 3;
        int at = in.u8();
        if (kind == 1) {
            act2[at % act2.length] ^= (byte) in.u8();
        } else if (kind == 2) {
            return Arrays.copyOf(act2, at + in.u8());
        }
        return act2;
    }

    private static Instant at(long seconds) {
        return NoiseParties.NOW.plusSeconds(seconds);
    }

    private static void requireEnded(HandshakeInitiator client, byte[] act2) {
        try {
            client.readAct2(act2);
        } catch (IllegalStateException asItShould) {
            return;
        }
        require(false, "a handshake that has ended goes on");
    }
}
