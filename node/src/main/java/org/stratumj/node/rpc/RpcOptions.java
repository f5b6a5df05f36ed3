package org.stratumj.node.rpc;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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
        if (!web
                || NodeUrl.host(endpoint).isEmpty()
                || NodeUrl.userInfo(endpoint).isPresent()) {
            throw new IllegalArgumentException("not the address of a node: " + withoutSecrets(endpoint));
        }
        if (endpoint.getHost() == null && "https".equals(endpoint.getScheme())) {
            throw new IllegalArgumentException("certificates are not issued for host names with an underscore: use"
                    + " http, or another name for " + NodeUrl.host(endpoint));
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
    /// user, password and path are percent-encoded. The path may begin with `~/`.
    ///
    /// @throws IllegalArgumentException with one line that says what is wrong and shows how it should look
    public static RpcOptions parse(String text) {
        NodeUrl address;
        try {
            address = NodeUrl.parse(text);
        } catch (URISyntaxException e) {
            throw malformed("is not a URL");
        }
        URI url = address.url();
        if (NodeUrl.host(url).isEmpty() || NodeUrl.port(url) < 0) {
            throw malformed("needs a host and a port");
        }
        return of(endpoint(url), credentials(address));
    }

    private static RpcCredentials credentials(NodeUrl address) {
        if (!Set.of("cookie").containsAll(address.query().keySet())) {
            throw malformed("has an unknown part after the question mark");
        }
        String cookie = address.query().get("cookie");
        Optional<String> userInfo = NodeUrl.userInfo(address.url());
        if ((cookie == null) == userInfo.isEmpty()) {
            throw malformed("needs either ?cookie=PATH or USER:PASSWORD@");
        }
        if (cookie != null) {
            return RpcCredentials.ofCookieFile(NodeUrl.path(cookie));
        }
        String[] parts = userInfo.orElseThrow().split(":", 2);
        if (parts.length < 2) {
            throw malformed("has a user name without a password");
        }
        return RpcCredentials.of(NodeUrl.decoded(parts[0]), NodeUrl.decoded(parts[1]));
    }

    private static URI endpoint(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String authority = url.getRawAuthority().replaceFirst("^.*@", "");
        return URI.create(url.getScheme() + "://" + authority + path);
    }

    private static IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("the node's address " + what + ": write it like " + EXAMPLE);
    }

    private static String withoutSecrets(URI uri) {
        return uri.getScheme() + "://" + NodeUrl.host(uri);
    }
}
