package org.stratumj.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// Attacks on the handshake, one test each. `docs/attacks.md` says what each wants.
class HandshakeAttackTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 NATIVE = Secp256k1s.select(Secp256k1Policy.REQUIRE_CONSTANT_TIME, RANDOM);
    private static final Secp256k1 PURE_JAVA = Secp256k1s.select(Secp256k1Policy.PURE_JAVA, RANDOM);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final AuthoritySecretKey AUTHORITY = AuthoritySecretKey.generate(NATIVE, RANDOM);
    private static final StaticKeyPair STATIC_KEY = StaticKeyPair.generate(NATIVE, RANDOM);
    private static final CertificatePolicy POLICY = CertificatePolicy.trusting(AUTHORITY.publicKey(NATIVE));
    private static final BigInteger P = new BigInteger("2").pow(256).subtract(new BigInteger("4294968273"));
    private static final BigInteger N =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    static Stream<Secp256k1> providers() {
        return Stream.of(NATIVE, PURE_JAVA);
    }

    /// Encodings at the edges of ElligatorSwift: u or t a multiple of p, above p, and the special cases in between.
    static Stream<byte[]> edgeEncodings() {
        Stream<byte[]> extremes = Stream.of(new byte[64], filled(64, 0xff));
        return Stream.concat(
                extremes,
                TestVectors.csv("bip324_ellswift_decode.csv").stream()
                        .map(row -> TestVectors.hex(row.get("ellswift"))));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void reflectedAct1MakesNobodyAServer(Secp256k1 curve) {
        HandshakeInitiator initiator = initiator(curve);
        byte[] act2 = Arrays.copyOf(initiator.act1(), HandshakeInitiator.ACT2_BYTES);
        System.arraycopy(initiator.act1(), 0, act2, 64, 64);
        assertThat(fault(initiator, act2)).isEqualTo(Fault.BAD_TAG);
    }

    /// Who recorded a client's whole session plays it to the server again: the server's fresh key makes other ciphers.
    @Test
    void replayedSessionOpensNoFrame() {
        HandshakeInitiator initiator = initiator(NATIVE);
        byte[] act1 = initiator.act1();
        HandshakeResponder.Completed first = responder(NATIVE).respond(act1);
        byte[] sealed = new byte[16 + 6];
        initiator.readAct2(first.act2()).ciphers().send().seal(new byte[6], 0, 6, sealed, 0);

        HandshakeResponder.Completed second = responder(NATIVE).respond(act1);
        assertThatThrownBy(() -> second.ciphers().receive().open(sealed, 0, sealed.length, new byte[6], 0))
                .isInstanceOf(TransportException.class);
    }

    @Test
    void framesReflectedToTheirSenderAreNotAuthentic() {
        HandshakeInitiator initiator = initiator(NATIVE);
        HandshakeResponder.Completed server = responder(NATIVE).respond(initiator.act1());
        byte[] sealed = new byte[16 + 6];
        server.ciphers().send().seal(new byte[6], 0, 6, sealed, 0);
        assertThatThrownBy(() -> server.ciphers().receive().open(sealed, 0, sealed.length, new byte[6], 0))
                .isInstanceOf(TransportException.class);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void edgeEncodingsOfAClientsKeyGetAnAnswerLikeAnyOther(Secp256k1 curve) {
        HandshakeResponder responder = responder(curve);
        assertThat(edgeEncodings())
                .hasSizeGreaterThan(70)
                .allSatisfy(act1 -> assertThat(responder.respond(act1).act2())
                        .as(HexFormat.of().formatHex(act1))
                        .hasSize(HandshakeInitiator.ACT2_BYTES));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void edgeEncodingsOfAServersKeyOnlyFailToAuthenticate(Secp256k1 curve) {
        edgeEncodings().forEach(encoding -> {
            byte[] act2 = Arrays.copyOf(encoding, HandshakeInitiator.ACT2_BYTES);
            assertThat(fault(initiator(curve), act2))
                    .as(HexFormat.of().formatHex(encoding))
                    .isEqualTo(Fault.BAD_TAG);
        });
    }

    /// r and s of a signature at and beyond the ends of their ranges, on a certificate that is otherwise in order.
    @ParameterizedTest
    @MethodSource("providers")
    void edgeValuesOfASignatureAreNoSignature(Secp256k1 curve) {
        byte[] good = certificate().bytes();
        List<BigInteger> edges = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                N.subtract(BigInteger.ONE),
                N,
                N.add(BigInteger.ONE),
                P.subtract(BigInteger.ONE),
                P,
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        for (BigInteger edge : edges) {
            for (int part : new int[] {10, 42}) {
                byte[] forged = good.clone();
                System.arraycopy(bytes32(edge), 0, forged, part, 32);
                assertThat(verdict(Certificate.parse(forged), POLICY, curve))
                        .as("%x at byte %d", edge, part)
                        .isEqualTo(Fault.WRONG_AUTHORITY);
            }
        }
        assertThat(verdict(Certificate.parse(good), POLICY, curve)).isNull();
    }

    /// What a user may have pasted or a redirect given as authority key: x at and beyond the field, x of no point.
    @ParameterizedTest
    @MethodSource("providers")
    void edgeValuesOfAnAuthorityKeyVerifyNothing(Secp256k1 curve) {
        List<BigInteger> edges = List.of(
                BigInteger.ZERO, // x³ + 7 = 7 is no square
                BigInteger.valueOf(5), // nor is 132
                P.subtract(BigInteger.ONE),
                P,
                P.add(BigInteger.ONE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        for (BigInteger edge : edges) {
            CertificatePolicy policy = CertificatePolicy.trusting(AuthorityPublicKey.of(bytes32(edge)));
            assertThat(verdict(certificate(), policy, curve)).as("%x", edge).isEqualTo(Fault.WRONG_AUTHORITY);
        }
    }

    /// A stolen static key and its last certificate are of no use once that has run out, to the second.
    @Test
    void replayedCertificateEndsWithItsValidity() {
        Certificate certificate = certificate();
        CertificatePolicy exact = POLICY.withLeeway(Duration.ZERO);
        Instant end = Instant.ofEpochSecond(certificate.notValidAfter());
        assertThat(verdictAt(certificate, exact, end, NATIVE)).isNull();
        assertThat(verdictAt(certificate, exact, end.plusSeconds(1), NATIVE)).isEqualTo(Fault.CERTIFICATE_EXPIRED);
    }

    /// The dates are under the signature: a recorded certificate cannot be made to last.
    @Test
    void prolongedCertificateIsNotSigned() {
        byte[] prolonged = certificate().bytes();
        Arrays.fill(prolonged, 6, 10, (byte) 0xff);
        assertThat(verdict(Certificate.parse(prolonged), POLICY, NATIVE)).isEqualTo(Fault.WRONG_AUTHORITY);
    }

    private static Fault verdict(Certificate certificate, CertificatePolicy policy, Secp256k1 curve) {
        return verdictAt(certificate, policy, NOW, curve);
    }

    private static Fault verdictAt(Certificate certificate, CertificatePolicy policy, Instant now, Secp256k1 curve) {
        HandshakeException failure = catchThrowableOfType(
                HandshakeException.class, () -> certificate.verify(STATIC_KEY.publicKey(NATIVE), policy, now, curve));
        return failure == null ? null : failure.fault();
    }

    private static Fault fault(HandshakeInitiator initiator, byte[] act2) {
        return catchThrowableOfType(HandshakeException.class, () -> initiator.readAct2(act2))
                .fault();
    }

    private static HandshakeInitiator initiator(Secp256k1 curve) {
        return HandshakeInitiator.start(POLICY, curve, InstantSource.fixed(NOW), RANDOM);
    }

    private static HandshakeResponder responder(Secp256k1 curve) {
        return new HandshakeResponder(STATIC_KEY, now -> certificate(), curve, InstantSource.fixed(NOW), RANDOM);
    }

    private static Certificate certificate() {
        return Certificate.issue(
                AUTHORITY,
                STATIC_KEY.publicKey(NATIVE),
                NOW.minus(Duration.ofHours(1)),
                NOW.plus(Duration.ofHours(1)),
                NATIVE,
                RANDOM);
    }

    private static byte[] bytes32(BigInteger number) {
        byte[] magnitude = number.toByteArray();
        byte[] bytes = new byte[32];
        int length = Math.min(32, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, 32 - length, length);
        return bytes;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
