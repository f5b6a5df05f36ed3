package org.stratumj.app.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.noise.AuthorityPublicKey;

/// A server as users write it: `stratum2+tcp://HOST:PORT/KEY`, where KEY is the server's public authority key.
/// Spec: 04 §4.7.
///
/// Without a key the way of doing without has to be said: `?plain` for no encryption, `?any-key` for encryption
/// with whoever answers.
final class EndpointUrl {
    private static final String FORM = "stratum2+tcp://HOST:PORT/KEY";

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
        return new Endpoint(host, url.getPort(), security(text, url));
    }

    private static ClientSecurity security(String text, URI url) {
        String key = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        String query = url.getQuery() == null ? "" : url.getQuery();
        if (!key.isEmpty() && query.isEmpty()) {
            try {
                return new ClientSecurity.Noise(AuthorityPublicKey.parse(key));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + text + "': " + e.getMessage() + "; copy the key from the operator", e);
            }
        } else if (key.isEmpty() && query.equals("plain")) {
            return new ClientSecurity.Plain();
        } else if (key.isEmpty() && query.equals("any-key")) {
            return new ClientSecurity.NoiseAnyAuthority();
        }
        throw new IllegalArgumentException("'" + text + "' has no authority key; write " + FORM
                + ", or end it with ?plain for no encryption on a trusted network");
    }
}
