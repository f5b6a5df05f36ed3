package org.stratumj.it.sri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.stratumj.it.sri.Trust.NOW;
import static org.stratumj.it.sri.Trust.VALIDITY;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.HandshakeException;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.HandshakeResponder;
import org.stratumj.noise.StaticKeyPair;

/// Who accepts whom, in both roles. A session that comes about has to carry a frame there and back.
final class HandshakeCases {
    private static final Duration LEEWAY = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String REFUSED = "refused NoiseSv2Error(InvalidCertificate";

    private HandshakeCases() {}

    static List<SriCase> all() {
        return List.of(
                SriCase.agrees("we dial, their certificate is of our authority", stage -> weTrust(stage, Trust.ours())),
                SriCase.agrees(
                        "we dial, any authority will do",
                        stage -> weTrust(stage, CertificatePolicy.trustAnyAuthority())),
                SriCase.agrees("we dial, and refuse another authority", HandshakeCases::weRefuseStranger),
                SriCase.agrees(
                        "we dial, and refuse a certificate 11 s over",
                        stage -> weRefuse(
                                stage, NOW.minus(VALIDITY).minus(LEEWAY).minus(SECOND), Fault.CERTIFICATE_EXPIRED)),
                SriCase.agrees(
                        "we dial, and take a certificate 10 s over",
                        stage ->
                                weTrust(stage, Trust.ours(), NOW.minus(VALIDITY).minus(LEEWAY))),
                SriCase.agrees(
                        "we dial, and refuse a certificate from 11 s ahead",
                        stage -> weRefuse(stage, NOW.plus(LEEWAY).plus(SECOND), Fault.CERTIFICATE_NOT_YET_VALID)),
                SriCase.agrees(
                        "we dial, and take a certificate from 10 s ahead",
                        stage -> weTrust(stage, Trust.ours(), NOW.plus(LEEWAY))),
                SriCase.agrees(
                        "they dial, our certificate is of their authority",
                        stage -> theyTrust(stage, Trust.server(), Trust.initiator())),
                SriCase.agrees(
                        "they dial, any authority will do",
                        stage -> theyTrust(stage, Trust.server(), "now=" + NOW.getEpochSecond(), "reencode")),
                SriCase.agrees(
                        "they dial, and refuse another authority",
                        stage -> theyRefuse(stage, Trust.server(), Trust.initiator(Trust.stranger()))),
                SriCase.agrees(
                        "they dial, and refuse a certificate 11 s over",
                        stage -> theyRefuse(stage, validUntil(NOW.minus(LEEWAY).minus(SECOND)), Trust.initiator())),
                SriCase.agrees(
                        "they dial, and take a certificate 10 s over",
                        stage -> theyTrust(stage, validUntil(NOW.minus(LEEWAY)), Trust.initiator())),
                SriCase.agrees(
                        "they dial, and refuse a certificate from 11 s ahead",
                        stage -> theyRefuse(stage, validFrom(NOW.plus(LEEWAY).plus(SECOND)), Trust.initiator())),
                SriCase.agrees(
                        "they dial, and take a certificate from 10 s ahead",
                        stage -> theyTrust(stage, validFrom(NOW.plus(LEEWAY)), Trust.initiator())),
                SriCase.agrees(
                        "they dial, and refuse a certificate of version 1",
                        stage -> theyRefuse(stage, versionOne(), Trust.initiator())),
                SriCase.differs(
                        "they dial, and take a certificate that is over if any authority will do",
                        HandshakeCases::theyTakeExpiredFromAnybody));
    }

    private static String weTrust(Stage stage, CertificatePolicy policy) throws IOException {
        return weTrust(stage, policy, NOW);
    }

    private static String weTrust(Stage stage, CertificatePolicy policy, Instant certified) throws IOException {
        var wire = stage.connect(Trust.responder(certified));
        var completed = wire.initiate(policy, Trust.CURVE, Trust.CLOCK, Trust.RANDOM);
        stage.expect("established");
        assertThat(completed.certificate().version()).isEqualTo(Certificate.VERSION);
        assertThat(completed.certificate().validFrom()).isEqualTo(certified.getEpochSecond());
        return carries(stage, wire);
    }

    private static String weRefuseStranger(Stage stage) throws IOException {
        return weRefuse(stage, CertificatePolicy.trusting(Trust.stranger()), NOW, Fault.WRONG_AUTHORITY);
    }

    private static String weRefuse(Stage stage, Instant certified, Fault fault) throws IOException {
        return weRefuse(stage, Trust.ours(), certified, fault);
    }

    private static String weRefuse(Stage stage, CertificatePolicy policy, Instant certified, Fault fault)
            throws IOException {
        var wire = stage.connect(Trust.responder(certified));
        var refusal = catchThrowableOfType(
                HandshakeException.class, () -> wire.initiate(policy, Trust.CURVE, Trust.CLOCK, Trust.RANDOM));
        assertThat(refusal).isNotNull();
        assertThat(refusal.fault()).isEqualTo(fault);
        return fault.toString();
    }

    private static String theyTrust(Stage stage, HandshakeResponder server, String... options) throws IOException {
        var wire = stage.accept(options);
        wire.respond(server);
        stage.expect("established");
        return carries(stage, wire);
    }

    private static String theyRefuse(Stage stage, HandshakeResponder server, String... options) throws IOException {
        var wire = stage.accept(options);
        wire.respond(server);
        stage.expect(REFUSED);
        return "InvalidCertificate";
    }

    // SRI looks at a certificate's period only together with its signature; we always do.
    private static String theyTakeExpiredFromAnybody(Stage stage) throws IOException {
        theyTrust(stage, validUntil(NOW.minus(VALIDITY)), "now=" + NOW.getEpochSecond(), "reencode");
        var expired = stage.connect(Trust.responder(NOW.minus(VALIDITY).minus(VALIDITY)));
        var refusal = catchThrowableOfType(
                HandshakeException.class,
                () -> expired.initiate(CertificatePolicy.trustAnyAuthority(), Trust.CURVE, Trust.CLOCK, Trust.RANDOM));
        assertThat(refusal).isNotNull();
        assertThat(refusal.fault()).isEqualTo(Fault.CERTIFICATE_EXPIRED);
        return "we refuse it";
    }

    private static String carries(Stage stage, Wire wire) throws IOException {
        var frame = Samples.share();
        assertThat(wire.exchange(frame)).isEqualTo(frame);
        wire.finish();
        stage.expect("answered 1");
        return "a frame there and back";
    }

    private static HandshakeResponder validUntil(Instant until) {
        return Trust.server(until.minus(VALIDITY), until);
    }

    private static HandshakeResponder validFrom(Instant from) {
        return Trust.server(from, from.plus(VALIDITY));
    }

    // Signed as it should be: nothing but the version speaks against it, and we refuse it too.
    private static HandshakeResponder versionOne() {
        var key = StaticKeyPair.generate(Trust.CURVE, Trust.RANDOM);
        var publicKey = key.publicKey(Trust.CURVE);
        var fields = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1)
                .putInt((int) NOW.getEpochSecond())
                .putInt((int) NOW.plus(VALIDITY).getEpochSecond())
                .array();
        var signature = Trust.SECRET.sign(sha256(fields, publicKey), Trust.CURVE, Trust.RANDOM);
        var certificate = Certificate.parse(ByteBuffer.allocate(Certificate.BYTES)
                .put(fields)
                .put(signature)
                .array());
        certificate.verify(publicKey, Trust.ours().withVersions(Set.of(1)), NOW, Trust.CURVE);
        var refusal = catchThrowableOfType(
                HandshakeException.class, () -> certificate.verify(publicKey, Trust.ours(), NOW, Trust.CURVE));
        assertThat(refusal).isNotNull();
        assertThat(refusal.fault()).isEqualTo(Fault.CERTIFICATE_VERSION);
        return new HandshakeResponder(key, _ -> certificate, Trust.CURVE, Trust.CLOCK, Trust.RANDOM);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
