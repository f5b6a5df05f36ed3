package org.stratumj.app.cli;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.Certificate;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// A server as users write it: `stratum2+tcp://HOST:PORT/KEY`, where KEY is the server's public authority key.
/// Spec: 04 §4.7.
///
/// `?certificate-version=N` after the key accepts certificates of that version beside 0, the only one that is
/// defined. Without a key the way of doing without has to be said: `?any-key` for encryption with whoever answers,
/// `?plain` for no encryption to a server on this machine, `?plain=anywhere` for none to any server.
final class EndpointUrl {
    private static final String SCHEME = "stratum2+tcp";
    private static final String FORM = SCHEME + "://HOST:PORT/KEY";
    private static final Pattern URL = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
            + "(?<host>\\[[0-9A-Fa-f:.]+(?:%[\\w.-]+)?]|[\\w.-]+)(?::(?<port>\\d{1,5}))?"
            + "(?:/(?<key>[^/?]*)/?)?(?:\\?(?<query>.*))?");
    private static final Pattern STRATUM_V1 = Pattern.compile("(?i)stratum1?(\\+(tcp|ssl|tls))?://.*");
    private static final Pattern CERTIFICATE_VERSION = Pattern.compile("certificate-version=([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;
    private static final int CERTIFICATE_VERSION_MAX = 65_535;

    private EndpointUrl() {}

    /// Reads it. Spaces around it and a slash at its end do not count, nor does the case of the scheme.
    ///
    /// @throws IllegalArgumentException with one line that says what is wrong and how to write it; a key is not
    ///     repeated, as it could be a secret one
    static Endpoint parse(String text) {
        Placeholders.refuse(text, "the value from the server's operator");
        Matcher url = URL.matcher(text.strip());
        if (STRATUM_V1.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is a Stratum V1 server, and only Stratum V2 is supported;"
                            + " ask its operator for a Stratum V2 address: " + FORM);
        } else if (!url.matches() || !url.group("scheme").equalsIgnoreCase(SCHEME)) {
            throw new IllegalArgumentException("'" + text + "' is no server; write " + FORM);
        } else if (url.group("port") == null) {
            throw new IllegalArgumentException("'" + text + "' has no port; write " + FORM);
        }
        Endpoint endpoint =
                new Endpoint(url.group("host").replaceAll("[\\[\\]]", ""), port(text, url), security(text, url));
        if (endpoint.security().equals(new ClientSecurity.Plain()) && !endpoint.isLoopback()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not this machine, and without encryption anybody on the"
                            + " way can read and change what is said; write " + FORM
                            + ", or end it with ?plain=anywhere on a network that you trust");
        }
        return endpoint;
    }

    private static int port(String text, Matcher url) {
        int port = Integer.parseInt(url.group("port"));
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("'" + text + "' has port " + port + "; ports are 1 to " + PORT_MAX);
        }
        return port;
    }

    private static ClientSecurity security(String text, Matcher url) {
        String key = Objects.requireNonNullElse(url.group("key"), "");
        String query = Objects.requireNonNullElse(url.group("query"), "");
        var version = CERTIFICATE_VERSION.matcher(query);
        if (!key.isEmpty() && (query.isEmpty() || version.matches())) {
            AuthorityPublicKey authority = authority(key, text.strip().replace(key, "…"));
            return query.isEmpty()
                    ? new ClientSecurity.Noise(authority)
                    : new ClientSecurity.Noise(authority, versions(Integer.parseInt(version.group(1))));
        } else if (key.isEmpty() && query.equals("plain")) {
            return new ClientSecurity.Plain();
        } else if (key.isEmpty() && query.equals("plain=anywhere")) {
            return ClientSecurity.Plain.anywhere();
        } else if (key.isEmpty() && query.equals("any-key")) {
            return new ClientSecurity.NoiseAnyAuthority();
        } else if (!key.isEmpty()) {
            throw new IllegalArgumentException("'" + text.strip().replace(key, "…") + "': after a key comes nothing but"
                    + " ?certificate-version=N; drop the key or the rest");
        }
        throw new IllegalArgumentException("'" + text + "' has no authority key; write " + FORM
                + ", or end it with ?plain for no encryption on this machine");
    }

    private static AuthorityPublicKey authority(String key, String shown) {
        try {
            return AuthorityPublicKey.parse(key);
        } catch (IllegalArgumentException e) {
            String mistake = isSecretKey(key)
                    ? "this is a SECRET key, which belongs on the server alone; 'stratumj keygen --show FILE' there prints"
                            + " the public one"
                    : e.getMessage() + "; copy the key from the operator";
            throw new IllegalArgumentException("'" + shown + "': " + mistake, e);
        }
    }

    private static boolean isSecretKey(String key) {
        try {
            AuthoritySecretKey.parse(key, Secp256k1s.best(new SecureRandom())).destroy();
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Set<Integer> versions(int another) {
        if (another > CERTIFICATE_VERSION_MAX) {
            throw new IllegalArgumentException(
                    "certificate-version is " + another + "; versions are 0 to " + CERTIFICATE_VERSION_MAX);
        }
        return another == Certificate.VERSION ? Set.of(another) : Set.of(Certificate.VERSION, another);
    }
}
