package org.stratumj.app.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.Certificate;

/// A server as users write it: `stratum2+tcp://HOST:PORT/KEY`, where KEY is the server's public authority key.
/// Spec: 04 §4.7.
///
/// `?certificate-version=N` after the key accepts certificates of that version beside 0, the only one that is
/// defined. Without a key the way of doing without has to be said: `?any-key` for encryption with whoever answers,
/// `?plain` for no encryption to a server on this machine, `?plain=anywhere` for none to any server.
final class EndpointUrl {
    private static final String FORM = "stratum2+tcp://HOST:PORT/KEY";
    private static final Pattern CERTIFICATE_VERSION = Pattern.compile("certificate-version=([0-9]{1,5})");

    private EndpointUrl() {}

    /// Reads it.
    ///
    /// @throws IllegalArgumentException with one line that says what is wrong and how to write it
    static Endpoint parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no server; write " + FORM, e);
        }
        if (!"stratum2+tcp".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "' is no server; write " + FORM);
        } else if (url.getPort() < 1) {
            throw new IllegalArgumentException("'" + text + "' has no port; write " + FORM);
        }
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        Endpoint endpoint = new Endpoint(host, url.getPort(), security(text, url));
        if (endpoint.security().equals(new ClientSecurity.Plain()) && !endpoint.isLoopback()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not this machine, and without encryption anybody on the"
                            + " way can read and change what is said; write " + FORM
                            + ", or end it with ?plain=anywhere on a network that you trust");
        }
        return endpoint;
    }

    private static ClientSecurity security(String text, URI url) {
        String key = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        String query = url.getQuery() == null ? "" : url.getQuery();
        var version = CERTIFICATE_VERSION.matcher(query);
        if (!key.isEmpty() && (query.isEmpty() || version.matches())) {
            try {
                AuthorityPublicKey authority = AuthorityPublicKey.parse(key);
                return query.isEmpty()
                        ? new ClientSecurity.Noise(authority)
                        : new ClientSecurity.Noise(authority, versions(Integer.parseInt(version.group(1))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + text + "': " + e.getMessage() + "; copy the key from the operator", e);
            }
        } else if (key.isEmpty() && query.equals("plain")) {
            return new ClientSecurity.Plain();
        } else if (key.isEmpty() && query.equals("plain=anywhere")) {
            return ClientSecurity.Plain.anywhere();
        } else if (key.isEmpty() && query.equals("any-key")) {
            return new ClientSecurity.NoiseAnyAuthority();
        }
        throw new IllegalArgumentException("'" + text + "' has no authority key; write " + FORM
                + ", or end it with ?plain for no encryption on this machine");
    }

    private static Set<Integer> versions(int another) {
        return another == Certificate.VERSION ? Set.of(another) : Set.of(Certificate.VERSION, another);
    }
}
