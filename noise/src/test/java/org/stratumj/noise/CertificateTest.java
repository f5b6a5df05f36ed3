package org.stratumj.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;

class CertificateTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = Secp256k1s.best(RANDOM);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.750Z");

    private final AuthoritySecretKey authority = AuthoritySecretKey.generate(CURVE, RANDOM);
    private final StaticKeyPair staticKey = StaticKeyPair.generate(CURVE, RANDOM);
    private final CertificatePolicy policy = CertificatePolicy.trusting(authority.publicKey(CURVE));

    @Test
    @Tag("SEC-023")
    @Tag("TYP-012")
    void travelsAs74Bytes() {
        Certificate certificate = issued(Instant.ofEpochSecond(0x01020304L), Instant.ofEpochSecond(0xfffefdfcL));
        byte[] bytes = certificate.bytes();
        assertThat(bytes).hasSize(74);
        assertThat(Arrays.copyOf(bytes, 10)).isEqualTo(TestVectors.hex("0000" + "04030201" + "fcfdfeff"));
        assertThat(Arrays.copyOfRange(bytes, 10, 74)).isEqualTo(certificate.signature());
        assertThat(Certificate.parse(bytes)).isEqualTo(certificate).hasSameHashCodeAs(certificate);
        assertThat(Certificate.parse(bytes).notValidAfter()).isEqualTo(0xfffefdfcL);
        assertThat(certificate.toString()).contains("2106-02-06T"); // unsigned
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 73, 75})
    void hasNoOtherLength(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> Certificate.parse(new byte[length]));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void refusesMomentsThatTheWireCannotCarry(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> issued(Instant.ofEpochSecond(seconds), NOW))
                .withMessageContaining("validFrom");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> issued(NOW, Instant.ofEpochSecond(seconds)))
                .withMessageContaining("notValidAfter");
    }

    @Test
    void policyRefusesALeewayThatVoidsTheValidity() {
        policy.withLeeway(CertificatePolicy.LEEWAY_MAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.withLeeway(CertificatePolicy.LEEWAY_MAX.plusSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withLeeway(Duration.ofSeconds(-1)));
    }

    @Test
    void issuerKeepsACertificateForHalfItsValidity() {
        CertificateIssuer issuer = issuer(Duration.ofHours(2));
        Certificate first = issuer.at(NOW);
        first.verify(staticKey.publicKey(CURVE), policy, NOW, CURVE);
        assertThat(first.validFrom())
                .isEqualTo(NOW.minus(CertificateIssuer.BACKDATING).getEpochSecond());
        assertThat(first.notValidAfter())
                .isEqualTo(NOW.plus(Duration.ofHours(2)).getEpochSecond());
        assertThat(issuer.at(NOW.plus(Duration.ofMinutes(59)))).isSameAs(first);

        Instant later = NOW.plus(Duration.ofHours(1));
        Certificate second = issuer.at(later);
        assertThat(second).isNotEqualTo(first);
        second.verify(staticKey.publicKey(CURVE), policy, later.plus(Duration.ofHours(2)), CURVE);
        assertThat(issuer.at(later)).isSameAs(second);
    }

    @Test
    void issuerFollowsAClockThatIsSetBack() {
        CertificateIssuer issuer = issuer(Duration.ofHours(2));
        issuer.at(NOW);
        Instant earlier = NOW.minus(Duration.ofDays(1));
        issuer.at(earlier).verify(staticKey.publicKey(CURVE), policy, earlier, CURVE);
    }

    @Test
    void issuerRefusesAValidityThatNobodyCanUse() {
        issuer(CertificateIssuer.VALIDITY_MIN);
        assertThatIllegalArgumentException().isThrownBy(() -> issuer(CertificateIssuer.VALIDITY_MIN.minusSeconds(1)));
    }

    private Certificate issued(Instant from, Instant after) {
        return Certificate.issue(authority, staticKey.publicKey(CURVE), from, after, CURVE, RANDOM);
    }

    private CertificateIssuer issuer(Duration validity) {
        return new CertificateIssuer(authority, staticKey, validity, CURVE, RANDOM);
    }
}
