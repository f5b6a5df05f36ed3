package org.stratumj.noise;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.stratumj.noise.secp256k1.Secp256k1;

/// Issues the certificates of one static key, for servers that have the authority key at hand. A certificate is used
/// for the first half of its validity and then replaced, so that none runs out in the hands of a client.
///
/// Thread-safe. Two threads may both renew; either certificate is good.
public final class CertificateIssuer implements CertificateSource {
    /// How long before its issue a certificate becomes valid, for clients whose clocks are late.
    public static final Duration BACKDATING = Duration.ofMinutes(10);

    /// Least validity that can be configured: the unit of the wire.
    public static final Duration VALIDITY_MIN = Duration.ofSeconds(1);

    private final AuthoritySecretKey authority;
    private final byte[] staticKey;
    private final Duration validity;
    private final Secp256k1 curve;
    private final SecureRandom random;
    private final AtomicReference<@Nullable Issued> latest = new AtomicReference<>();

    /// Makes an issuer.
    ///
    /// @param authority signs; its owner erases it when nothing is to be issued any more
    /// @param validity  how long a certificate is valid after its issue, from [#VALIDITY_MIN]; cut to seconds
    public CertificateIssuer(
            AuthoritySecretKey authority,
            StaticKeyPair staticKey,
            Duration validity,
            Secp256k1 curve,
            SecureRandom random) {
        if (validity.compareTo(VALIDITY_MIN) < 0) {
            throw new IllegalArgumentException("certificate validity " + validity + ", at least " + VALIDITY_MIN);
        }
        this.authority = authority;
        this.staticKey = staticKey.publicKey(curve);
        this.validity = validity;
        this.curve = curve;
        this.random = random;
    }

    @Override
    public Certificate at(Instant now) {
        Issued current = latest.get();
        if (current == null || !current.serves(now)) {
            current = issue(now);
            latest.set(current);
        }
        return current.certificate();
    }

    private Issued issue(Instant now) {
        Certificate certificate =
                Certificate.issue(authority, staticKey, now.minus(BACKDATING), now.plus(validity), curve, random);
        return new Issued(certificate, now, now.plus(validity.dividedBy(2)));
    }

    /// A clock that was set back ends the service of a certificate as well.
    private record Issued(Certificate certificate, Instant from, Instant until) {
        boolean serves(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }
}
