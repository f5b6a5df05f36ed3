package org.stratumj.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.noise.secp256k1.SecretKey;

class HandshakeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 NATIVE = Secp256k1s.select(Secp256k1Policy.REQUIRE_CONSTANT_TIME, RANDOM);
    private static final Secp256k1 PURE_JAVA = Secp256k1s.select(Secp256k1Policy.PURE_JAVA, RANDOM);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant VALID_FROM = NOW.minus(Duration.ofHours(1));
    private static final Instant NOT_VALID_AFTER = NOW.plus(Duration.ofHours(1));
    private static final AuthoritySecretKey AUTHORITY = AuthoritySecretKey.generate(NATIVE, RANDOM);
    private static final StaticKeyPair STATIC_KEY = StaticKeyPair.generate(NATIVE, RANDOM);
    private static final CertificatePolicy POLICY = CertificatePolicy.trusting(AUTHORITY.publicKey(NATIVE));

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @Tag("SEC-025")
    void connectsProvidersOfEitherKind(boolean nativeClient, boolean nativeServer) {
        HandshakeInitiator initiator = initiator(POLICY, nativeClient ? NATIVE : PURE_JAVA, NOW);
        HandshakeResponder.Completed server =
                responder(nativeServer ? NATIVE : PURE_JAVA).respond(initiator.act1());
        HandshakeInitiator.Completed client = initiator.readAct2(server.act2());

        assertThat(client.serverKey()).isEqualTo(STATIC_KEY.publicKey(NATIVE));
        assertThat(client.certificate().notValidAfter()).isEqualTo(NOT_VALID_AFTER.getEpochSecond());
        assertTalk(client.ciphers(), server.ciphers());
        assertTalk(server.ciphers(), client.ciphers());
    }

    @Test
    void everyHandshakeHasItsOwnKeys() {
        HandshakeResponder responder = responder(NATIVE);
        HandshakeInitiator one = initiator(POLICY, NATIVE, NOW);
        HandshakeInitiator other = initiator(POLICY, NATIVE, NOW);
        assertThat(one.act1()).isNotEqualTo(other.act1());
        byte[] act2 = responder.respond(one.act1()).act2();
        assertThat(act2).isNotEqualTo(responder.respond(one.act1()).act2());
        assertThat(fault(other, act2)).isEqualTo(Fault.BAD_TAG);
    }

    @Test
    @Tag("SEC-016")
    @Tag("SEC-024")
    void refusesEveryAlteredByteOfAct2() {
        for (int i = 0; i < HandshakeInitiator.ACT2_BYTES; i++) {
            HandshakeInitiator initiator = initiator(POLICY, NATIVE, NOW);
            byte[] act2 = responder(NATIVE).respond(initiator.act1()).act2();
            act2[i] ^= (byte) (1 << (i % 8));
            assertThat(fault(initiator, act2)).as("byte %d", i).isEqualTo(Fault.BAD_TAG);
        }
    }

    @Test
    @Tag("SEC-020")
    @Tag("SEC-021")
    void refusesEveryAlteredByteOfAct1() {
        for (int i = 0; i < HandshakeInitiator.ACT1_BYTES; i++) {
            HandshakeInitiator initiator = initiator(POLICY, NATIVE, NOW);
            byte[] act1 = initiator.act1();
            act1[i] ^= (byte) (1 << (i % 8));
            byte[] act2 = responder(NATIVE).respond(act1).act2();
            assertThat(fault(initiator, act2)).as("byte %d", i).isEqualTo(Fault.BAD_TAG);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 64, 143, 144, 170, 233, 235})
    @Tag("SEC-024")
    void refusesAct2OfAnotherLength(int length) {
        HandshakeInitiator initiator = initiator(POLICY, NATIVE, NOW);
        byte[] act2 = Arrays.copyOf(responder(NATIVE).respond(initiator.act1()).act2(), length);
        HandshakeException failure = failure(initiator, act2);
        assertThat(failure.fault()).isEqualTo(Fault.WRONG_LENGTH);
        assertThat(failure).hasMessage("act 2 of the handshake has " + length + " bytes, not 234");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 65})
    @Tag("SEC-021")
    void refusesAct1OfAnotherLength(int length) {
        HandshakeResponder responder = responder(NATIVE);
        HandshakeException failure =
                catchThrowableOfType(HandshakeException.class, () -> responder.respond(new byte[length]));
        assertThat(failure.fault()).isEqualTo(Fault.WRONG_LENGTH);
    }

    @Test
    @Tag("SEC-026")
    void refusesAnotherAuthority() {
        AuthoritySecretKey stranger = AuthoritySecretKey.generate(NATIVE, RANDOM);
        HandshakeInitiator initiator = initiator(CertificatePolicy.trusting(stranger.publicKey(NATIVE)), NATIVE, NOW);
        HandshakeException failure =
                failure(initiator, responder(NATIVE).respond(initiator.act1()).act2());
        assertThat(failure.fault()).isEqualTo(Fault.WRONG_AUTHORITY);
        assertThat(failure).hasMessageContaining(stranger.publicKey(NATIVE).toString());
    }

    @Test
    void refusesAnAuthorityKeyThatIsNotOnTheCurve() {
        byte[] notOnTheCurve = new byte[32];
        Arrays.fill(notOnTheCurve, (byte) 0xff);
        HandshakeInitiator initiator =
                initiator(CertificatePolicy.trusting(AuthorityPublicKey.of(notOnTheCurve)), NATIVE, NOW);
        assertThat(fault(initiator, responder(NATIVE).respond(initiator.act1()).act2()))
                .isEqualTo(Fault.WRONG_AUTHORITY);
    }

    /// A certificate of the right authority for another server is worth nothing.
    @Test
    @Tag("SEC-026")
    @Tag("SEC-028")
    void refusesTheCertificateOfAnotherServer() {
        StaticKeyPair other = StaticKeyPair.generate(NATIVE, RANDOM);
        HandshakeResponder impostor = new HandshakeResponder(
                other, now -> certificate(VALID_FROM, NOT_VALID_AFTER), NATIVE, InstantSource.fixed(NOW), RANDOM);
        HandshakeInitiator initiator = initiator(POLICY, NATIVE, NOW);
        assertThat(fault(initiator, impostor.respond(initiator.act1()).act2())).isEqualTo(Fault.WRONG_AUTHORITY);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:59:50Z, ", // 10 s before
        "2026-11-20T10:59:49Z, CERTIFICATE_NOT_YET_VALID",
        "2026-11-20T11:00:00Z, ",
        "2026-11-20T13:00:00Z, ",
        "2026-11-20T13:00:10Z, ", // 10 s after
        "2026-11-20T13:00:11Z, CERTIFICATE_EXPIRED"
    })
    @Tag("SEC-027")
    void acceptsCertificatesInTheirValidityGiveOrTakeTheLeeway(Instant now, Fault fault) {
        assertThat(faultAt(POLICY, now)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2026-11-20T10:59:59Z, CERTIFICATE_NOT_YET_VALID",
        "0, 2026-11-20T11:00:00Z, ",
        "0, 2026-11-20T13:00:01Z, CERTIFICATE_EXPIRED",
        "60, 2026-11-20T10:59:00Z, ",
        "60, 2026-11-20T13:01:00Z, ",
        "60, 2026-11-20T13:01:01Z, CERTIFICATE_EXPIRED"
    })
    void leewayIsConfigurable(int seconds, Instant now, Fault fault) {
        assertThat(faultAt(POLICY.withLeeway(Duration.ofSeconds(seconds)), now)).isEqualTo(fault);
    }

    @Test
    void trustingAnyAuthorityStillChecksTheValidity() {
        CertificatePolicy any = CertificatePolicy.trustAnyAuthority();
        assertThat(faultAt(any, NOW)).isNull();
        assertThat(faultAt(any, NOT_VALID_AFTER.plusSeconds(11))).isEqualTo(Fault.CERTIFICATE_EXPIRED);
        assertThat(faultAt(any, VALID_FROM.minusSeconds(11))).isEqualTo(Fault.CERTIFICATE_NOT_YET_VALID);
    }

    @Test
    void refusesCertificateVersionsThatAreNotConfigured() {
        byte[] bytes = certificate(VALID_FROM, NOT_VALID_AFTER).bytes();
        bytes[0] = 1;
        HandshakeResponder responder = new HandshakeResponder(
                STATIC_KEY, now -> Certificate.parse(bytes), NATIVE, InstantSource.fixed(NOW), RANDOM);
        HandshakeInitiator strict = initiator(CertificatePolicy.trustAnyAuthority(), NATIVE, NOW);
        HandshakeException failure =
                failure(strict, responder.respond(strict.act1()).act2());
        assertThat(failure.fault()).isEqualTo(Fault.CERTIFICATE_VERSION);
        assertThat(failure).hasMessage("certificate has version 1, accepted are [0]");

        CertificatePolicy lenient = CertificatePolicy.trustAnyAuthority().withVersions(Set.of(0, 1));
        HandshakeInitiator initiator = initiator(lenient, NATIVE, NOW);
        assertThat(initiator
                        .readAct2(responder.respond(initiator.act1()).act2())
                        .certificate()
                        .version())
                .isEqualTo(1);
    }

    @Test
    void initiatorServesOneHandshakeAndErasesItsKey() {
        SecretKey secret = SecretKey.generate(NATIVE, RANDOM);
        HandshakeInitiator initiator = new HandshakeInitiator(
                StaticKeyPair.of(secret, NATIVE, RANDOM), POLICY, NATIVE, InstantSource.fixed(NOW));
        byte[] act2 = responder(NATIVE).respond(initiator.act1()).act2();
        initiator.readAct2(act2);
        assertThat(secret.isDestroyed()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> initiator.readAct2(act2))
                .withMessageContaining("ended");
    }

    @Test
    void failedInitiatorErasesItsKeyToo() {
        SecretKey secret = SecretKey.generate(NATIVE, RANDOM);
        HandshakeInitiator initiator = new HandshakeInitiator(
                StaticKeyPair.of(secret, NATIVE, RANDOM), POLICY, NATIVE, InstantSource.fixed(NOW));
        assertThat(fault(initiator, new byte[HandshakeInitiator.ACT2_BYTES])).isEqualTo(Fault.BAD_TAG);
        assertThat(secret.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> initiator.readAct2(new byte[0]));
    }

    @Test
    void responderErasesItsEphemeralKeyButNotTheStaticOne() {
        SecretKey ephemeral = SecretKey.generate(NATIVE, RANDOM);
        HandshakeResponder responder = responder(NATIVE);
        responder.respond(initiator(POLICY, NATIVE, NOW).act1(), StaticKeyPair.of(ephemeral, NATIVE, RANDOM));
        assertThat(ephemeral.isDestroyed()).isTrue();
        assertThat(STATIC_KEY.secret().isDestroyed()).isFalse();
    }

    private static Fault faultAt(CertificatePolicy policy, Instant now) {
        HandshakeInitiator initiator = initiator(policy, NATIVE, now);
        byte[] act2 = responder(NATIVE).respond(initiator.act1()).act2();
        HandshakeException failure = catchThrowableOfType(HandshakeException.class, () -> initiator.readAct2(act2));
        return failure == null ? null : failure.fault();
    }

    private static Fault fault(HandshakeInitiator initiator, byte[] act2) {
        return failure(initiator, act2).fault();
    }

    private static HandshakeException failure(HandshakeInitiator initiator, byte[] act2) {
        HandshakeException failure = catchThrowableOfType(HandshakeException.class, () -> initiator.readAct2(act2));
        assertThat(failure).as("handshake should fail").isNotNull();
        return failure;
    }

    private static HandshakeInitiator initiator(CertificatePolicy policy, Secp256k1 curve, Instant now) {
        return HandshakeInitiator.start(policy, curve, InstantSource.fixed(now), RANDOM);
    }

    private static HandshakeResponder responder(Secp256k1 curve) {
        return new HandshakeResponder(
                STATIC_KEY, now -> certificate(VALID_FROM, NOT_VALID_AFTER), curve, InstantSource.fixed(NOW), RANDOM);
    }

    private static Certificate certificate(Instant from, Instant after) {
        return Certificate.issue(AUTHORITY, STATIC_KEY.publicKey(NATIVE), from, after, NATIVE, RANDOM);
    }

    private static void assertTalk(TransportCiphers from, TransportCiphers to) {
        for (int i = 0; i < 3; i++) {
            byte[] message = {1, 2, 3, (byte) i};
            byte[] sealed = new byte[20];
            from.send().seal(message, 0, 4, sealed, 0);
            byte[] opened = new byte[4];
            to.receive().open(sealed, 0, 20, opened, 0);
            assertThat(opened).isEqualTo(message);
        }
    }
}
