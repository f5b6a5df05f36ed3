package org.stratumj.node.rpc;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Where a node's JSON-RPC interface is, and how patient to be with it.
///
/// @param endpoint    `http` or `https`, host and port, without credentials in it
/// @param credentials what the node asks for
/// @param timeout     for an answer, long polls aside
/// @param backoffMin  pause after the first failure of a watch, doubled after each further one
/// @param backoffMax  longest pause
public record RpcOptions(
        URI endpoint, RpcCredentials credentials, Duration timeout, Duration backoffMin, Duration backoffMax) {
    private static final String EXAMPLE = "http://127.0.0.1:8332?cookie=/var/lib/bitcoin/.cookie";

    /// Checks the address and the durations.
    public RpcOptions {
        boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!web || endpoint.getHost() == null || endpoint.getUserInfo() != null) {
            throw new IllegalArgumentException("not the address of a node: " + withoutSecrets(endpoint));
        }
        if (!timeout.isPositive() || !backoffMin.isPositive() || backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException("timeout and backoff are positive, and backoff grows");
        }
    }

    /// The interface at this address, with usual patience.
    public static RpcOptions of(URI endpoint, RpcCredentials credentials) {
        return new RpcOptions(
                endpoint, credentials, Duration.ofSeconds(30), Duration.ofMillis(250), Duration.ofSeconds(5));
    }

    /// Reads `http://HOST:PORT?cookie=PATH` or `http://USER:PASSWORD@HOST:PORT`, where reserved characters in
    /// user, password and path are percent-encoded.
    ///
    /// @throws IllegalArgumentException with one line that says what is wrong and shows how it should look
    public static RpcOptions parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw malformed("is not a URL");
        }
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw malformed("needs a host and a port");
        }
        return of(endpoint(uri), credentials(uri));
    }

    private static RpcCredentials credentials(URI uri) {
        String cookie = query(uri).get("cookie");
        String userInfo = uri.getRawUserInfo();
        if ((cookie == null) == (userInfo == null)) {
            throw malformed("needs either ?cookie=PATH or USER:PASSWORD@");
        }
        if (cookie != null) {
            return RpcCredentials.ofCookieFile(Path.of(cookie));
        }
        String[] parts = String.valueOf(userInfo).split(":", 2);
        if (parts.length < 2) {
            throw malformed("has a user name without a password");
        }
        return RpcCredentials.of(decoded(parts[0]), decoded(parts[1]));
    }

    private static URI endpoint(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort() + path);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        String query = uri.getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || !parts[0].equals("cookie")) {
                throw malformed("has an unknown part after the question mark");
            }
            values.put(parts[0], decoded(parts[1]));
        }
        return values;
    }

    /// A plus is a plus here: only forms write spaces so.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("the node's address " + what + ": write it like " + EXAMPLE);
    }

    private static String withoutSecrets(URI uri) {
        return uri.getScheme() + "://" + uri.getHost();
    }
}
