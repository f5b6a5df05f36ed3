package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.StaticKeyPair;

class CertificateIssuerTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final Keys keys = Keys.fresh();
    private final byte[] staticKey =
            StaticKeyPair.generate(Keys.CURVE, Keys.RANDOM).publicKey(Keys.CURVE);

    @Test
    void keepsOneCertificateForHalfItsValidity() {
        CertificateIssuer issuer = issuer(Duration.ofHours(2));
        Certificate first = issuer.at(NOON);
        assertThat(issuer.at(NOON.plus(Duration.ofMinutes(59)))).isSameAs(first);

        Certificate second = issuer.at(NOON.plus(Duration.ofHours(1)));
        assertThat(second).isNotSameAs(first);
        assertThat(second.notValidAfter())
                .isEqualTo(NOON.plus(Duration.ofHours(3)).getEpochSecond());
    }

    @Test
    void issuesWhatClientsAcceptEvenIfTheirClockIsBehind() {
        Certificate certificate = issuer(Duration.ofHours(2)).at(NOON);
        CertificatePolicy strict = CertificatePolicy.trusting(keys.authority()).withLeeway(Duration.ZERO);
        certificate.verify(staticKey, strict, NOON, Keys.CURVE);
        certificate.verify(staticKey, strict, NOON.minus(Duration.ofMinutes(59)), Keys.CURVE);
        certificate.verify(staticKey, strict, NOON.plus(Duration.ofHours(2)), Keys.CURVE);
    }

    @Test
    void issuesAnewWhenTheClockIsSetBack() {
        CertificateIssuer issuer = issuer(Duration.ofHours(2));
        issuer.at(NOON);
        Instant dayBefore = NOON.minus(Duration.ofDays(1));
        assertThat(issuer.at(dayBefore).notValidAfter())
                .isEqualTo(dayBefore.plus(Duration.ofHours(2)).getEpochSecond());
    }

    /// The clock of this machine jumps and comes back: each time a client with the same clock takes the certificate.
    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "-PT1H", "P1D", "-P1D", "PT1S", "-PT1S"})
    void followsTheClockWhereverItJumps(Duration jump) {
        CertificateIssuer issuer = issuer(Duration.ofHours(1));
        CertificatePolicy strict = CertificatePolicy.trusting(keys.authority()).withLeeway(Duration.ZERO);
        for (Instant now : List.of(NOON, NOON.plus(jump), NOON, NOON.plusSeconds(1))) {
            issuer.at(now).verify(staticKey, strict, now, Keys.CURVE);
        }
    }

    @Test
    void renewsShortestValidityInTime() {
        CertificateIssuer issuer = issuer(Duration.ofSeconds(1));
        CertificatePolicy strict = CertificatePolicy.trusting(keys.authority()).withLeeway(Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            Instant now = NOON.plusMillis(i * 100L);
            issuer.at(now).verify(staticKey, strict, now, Keys.CURVE);
        }
    }

    private CertificateIssuer issuer(Duration validity) {
        return new CertificateIssuer(keys.secret(), staticKey, validity, Keys.CURVE, Keys.RANDOM);
    }
}
