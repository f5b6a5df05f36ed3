package org.stratumj.connection;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.CertificateSource;
import org.stratumj.noise.secp256k1.Secp256k1;

/// Keeps a certificate for one static key. A new one is made when half the validity of the last is over, so
/// that no client is handed one that is about to expire. Any thread.
final class CertificateIssuer implements CertificateSource {
    // Clients whose clocks are behind must not see a certificate from the future; some grant no leeway at all.
    private static final Duration BACKDATED = Duration.ofHours(1);

    private final AuthoritySecretKey authority;
    private final byte[] staticKey;
    private final Duration validity;
    private final Secp256k1 curve;
    private final SecureRandom random;
    private volatile @Nullable Issued issued;

    CertificateIssuer(
            AuthoritySecretKey authority, byte[] staticKey, Duration validity, Secp256k1 curve, SecureRandom random) {
        this.authority = authority;
        this.staticKey = staticKey.clone();
        this.validity = validity;
        this.curve = curve;
        this.random = random;
    }

    @Override
    public Certificate at(Instant now) {
        Issued last = issued;
        return last != null && last.isGoodAt(now) ? last.certificate : renew(now);
    }

    private synchronized Certificate renew(Instant now) {
        Issued last = issued;
        if (last != null && last.isGoodAt(now)) { // another thread was faster
            return last.certificate;
        }
        Certificate certificate =
                Certificate.issue(authority, staticKey, now.minus(BACKDATED), now.plus(validity), curve, random);
        issued = new Issued(certificate, now, now.plus(validity.dividedBy(2)));
        return certificate;
    }

    /// @param made  a clock that was set back since then makes the certificate as useless as one that ran out
    /// @param until when the next is due
    private record Issued(Certificate certificate, Instant made, Instant until) {
        boolean isGoodAt(Instant now) {
            return !now.isBefore(made) && now.isBefore(until);
        }
    }
}
