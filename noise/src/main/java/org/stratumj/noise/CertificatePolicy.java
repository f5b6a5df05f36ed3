package org.stratumj.noise;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a client accepts as the certificate of a server. Spec: 04 §4.5.3.
public final class CertificatePolicy {
    /// How far the two clocks may be apart, unless configured otherwise.
    public static final Duration LEEWAY_DEFAULT = Duration.ofSeconds(10);

    /// Most that can be configured as leeway: more would make the validity meaningless.
    public static final Duration LEEWAY_MAX = Duration.ofDays(1);

    private final Optional<AuthorityPublicKey> authority;
    private final Duration leeway;
    private final Set<Integer> versions;

    private CertificatePolicy(Optional<AuthorityPublicKey> authority, Duration leeway, Set<Integer> versions) {
        if (leeway.isNegative() || leeway.compareTo(LEEWAY_MAX) > 0) {
            throw new IllegalArgumentException("leeway " + leeway + ", not 0 to " + LEEWAY_MAX);
        }
        this.authority = authority;
        this.leeway = leeway;
        this.versions = Set.copyOf(versions);
    }

    /// Accepts what this authority signed, in its period of validity.
    public static CertificatePolicy trusting(AuthorityPublicKey authority) {
        return new CertificatePolicy(Optional.of(authority), LEEWAY_DEFAULT, Set.of(Certificate.VERSION));
    }

    /// Accepts any server in the period of validity that it claims. This keeps listeners out, but not somebody
    /// who takes the place of the server: for tests and trusted networks only.
    public static CertificatePolicy trustAnyAuthority() {
        return new CertificatePolicy(Optional.empty(), LEEWAY_DEFAULT, Set.of(Certificate.VERSION));
    }

    /// Returns the same policy with another leeway, 0 to [#LEEWAY_MAX], cut to seconds.
    public CertificatePolicy withLeeway(Duration leeway) {
        return new CertificatePolicy(authority, leeway, versions);
    }

    /// Returns the same policy accepting these certificate versions instead of [Certificate#VERSION] alone.
    public CertificatePolicy withVersions(Set<Integer> versions) {
        return new CertificatePolicy(authority, leeway, versions);
    }

    /// Returns the authority whose signature is asked for, or empty if any server is trusted.
    public Optional<AuthorityPublicKey> authority() {
        return authority;
    }

    /// Returns how far the clocks may be apart.
    public Duration leeway() {
        return leeway;
    }

    /// Returns the accepted certificate versions.
    public Set<Integer> versions() {
        return versions;
    }

    @Override
    public String toString() {
        return "CertificatePolicy[authority=" + authority.map(Object::toString).orElse("any") + ", leeway=" + leeway
                + ", versions=" + versions + "]";
    }
}
