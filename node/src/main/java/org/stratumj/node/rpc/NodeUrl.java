package org.stratumj.node.rpc;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a node as users write it: `http://HOST:PORT`, and after a question mark how to log in, as
/// `KEY=VALUE` joined with `&`. What follows the question mark is not held to the characters of a URL, since paths
/// have blanks and backslashes. Immutable.
///
/// @param url   without the question mark and what follows it; may hold a user and password
/// @param query values by key, in order, with their percent escapes decoded; a percent sign without two hexadecimal
///     digits stands for itself
public record NodeUrl(URI url, Map<String, String> query) {
    private static final Pattern ESCAPES = Pattern.compile("(?:%\\p{XDigit}{2})+");

    /// Container networks name hosts with underscores, which RFC 2396 does not allow, so that [URI] knows no host.
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:.*@)?([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    /// Reads an address.
    ///
    /// @throws URISyntaxException if what stands before the question mark is not a URL
    public static NodeUrl parse(String text) throws URISyntaxException {
        int mark = text.indexOf('?');
        URI url = new URI(mark < 0 ? text : text.substring(0, mark));
        return new NodeUrl(url, mark < 0 ? Map.of() : values(text.substring(mark + 1)));
    }

    /// The host, with underscores or without; empty if there is none.
    public static String host(URI url) {
        Matcher named = HOST_AND_PORT.matcher(Objects.toString(url.getRawAuthority(), ""));
        return Objects.requireNonNullElseGet(url.getHost(), () -> named.matches() ? named.group(1) : "");
    }

    /// The port; -1 if there is none.
    public static int port(URI url) {
        Matcher named = HOST_AND_PORT.matcher(Objects.toString(url.getRawAuthority(), ""));
        return named.matches() && named.group(2) != null ? Integer.parseInt(named.group(2)) : url.getPort();
    }

    /// User and password, still percent-encoded; empty if there are none.
    public static Optional<String> userInfo(URI url) {
        String authority = Objects.toString(url.getRawAuthority(), "");
        int end = authority.lastIndexOf('@');
        return end < 0 ? Optional.empty() : Optional.of(authority.substring(0, end));
    }

    /// The path that a user wrote: `~/` is the home directory, which no shell expands in the middle of a word.
    ///
    /// @throws IllegalArgumentException with one line if the file system has no such paths
    public static Path path(String text) {
        try {
            return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("a path has no character of the number 0", e);
        }
    }

    /// A value of a query as [#parse] reads it; also without commas, which separate the nodes of a list.
    public static String encoded(String value) {
        return value.replace("%", "%25").replace("&", "%26").replace(",", "%2C");
    }

    private static Map<String, String> values(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            values.put(key, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return values;
    }

    /// A value of a query without its percent escapes. A plus is a plus here: only forms write spaces so.
    public static String decoded(String text) {
        return ESCAPES.matcher(text)
                .replaceAll(escapes ->
                        Matcher.quoteReplacement(URLDecoder.decode(escapes.group(), StandardCharsets.UTF_8)));
    }
}
