package org.stratumj.app.node;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.SecretFiles;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;
import org.stratumj.node.rpc.RpcCredentials;
import org.stratumj.node.rpc.RpcNode;
import org.stratumj.node.rpc.RpcOptions;

/// The node that a user asked for with `--node`.
public sealed interface NodeSpec {
    /// What comes before the path of the file of an embedded chain.
    String FILE_QUERY = "?file=";

    /// A chain inside this process.
    ///
    /// @param file keeps its blocks; none to forget them with the process
    record Embedded(Profile profile, @Nullable Path file) implements NodeSpec {
        /// The same with its blocks kept.
        public Embedded withFile(Path kept) {
            return new Embedded(profile, kept);
        }

        @Override
        public String text() {
            String name = profile.name().toLowerCase(Locale.ROOT);
            return "embedded:" + name + (file == null ? "" : FILE_QUERY + file);
        }

        private EmbeddedOptions options() {
            EmbeddedOptions options = EmbeddedOptions.of(profile.rules());
            return file == null ? options : options.withFile(file);
        }

        @Override
        public String toString() {
            return "embedded " + profile.name().toLowerCase(Locale.ROOT);
        }
    }

    /// A node's JSON-RPC.
    ///
    /// @param url         `http` or `https`, without credentials
    /// @param credentials how to log in
    record Rpc(URI url, Credentials credentials) implements NodeSpec {
        @Override
        public String text() {
            try {
                return "rpc:" + new URI(url.getScheme(), url.getAuthority(), url.getPath(), credentials.text(), null);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e); // it was one before
            }
        }

        @Override
        public String toString() {
            return url.toString();
        }
    }

    /// The rules of an embedded chain.
    enum Profile {
        /// Real difficulty at its lower limit, blocks need no signature.
        SIGNET,
        /// Two hashes a block.
        REGTEST;

        private ChainProfile rules() {
            return switch (this) {
                case SIGNET -> ChainProfile.SIGNET;
                case REGTEST -> ChainProfile.REGTEST;
            };
        }
    }

    /// How to log in to a node.
    sealed interface Credentials {
        /// What the node is shown.
        ///
        /// @throws org.stratumj.app.cli.UsageException if a password file cannot be read
        RpcCredentials read();

        /// As users write it after the `?`.
        String text();
    }

    /// The file that the node writes at each start; read anew when the node refuses it.
    record Cookie(Path file) implements Credentials {
        @Override
        public RpcCredentials read() {
            return RpcCredentials.ofCookieFile(file);
        }

        @Override
        public String text() {
            return "cookie=" + file;
        }
    }

    /// A fixed user, with the password in a file.
    record User(String name, Path passwordFile) implements Credentials {
        @Override
        public RpcCredentials read() {
            return RpcCredentials.of(name, SecretFiles.read("--node: password-file", passwordFile));
        }

        @Override
        public String text() {
            return "user=" + name + "&password-file=" + passwordFile;
        }
    }

    /// Reads what a user wrote: `embedded`, `embedded:regtest`, `embedded:signet?file=/path`,
    /// `rpc:http://127.0.0.1:8332?cookie=/path/.cookie`, or
    /// `rpc:http://127.0.0.1:8332?user=name&password-file=/path`.
    ///
    /// @throws IllegalArgumentException with one line that says what is wrong and how to write it
    static NodeSpec parse(String text) {
        String kind = text.split("[:?]", 2)[0];
        String rest = text.substring(kind.length()).replaceFirst("^:", "");
        return switch (kind) {
            case "embedded" -> embedded(rest);
            case "rpc" -> rpc(rest);
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' is no node; write rpc:http://127.0.0.1:8332?cookie=PATH or embedded");
        };
    }

    /// As users write it: what [#parse] reads.
    String text();

    /// Opens it; blocks while a real node is looked at.
    ///
    /// @throws org.stratumj.node.NodeException if the node cannot be had
    /// @throws org.stratumj.app.cli.UsageException if a password file cannot be read
    default NodeBackend open(InstantSource clock) {
        return switch (this) {
            case Embedded embedded -> EmbeddedNode.start(embedded.options().withClock(clock));
            case Rpc rpc ->
                RpcNode.connect(RpcOptions.of(rpc.url(), rpc.credentials().read()));
        };
    }

    private static NodeSpec embedded(String text) {
        String name = text.contains("?") ? text.substring(0, text.indexOf('?')) : text;
        Profile profile = switch (name) {
            case "", "signet" -> Profile.SIGNET;
            case "regtest" -> Profile.REGTEST;
            default ->
                throw new IllegalArgumentException(
                        "there is no embedded profile '" + name + "'; there are signet and regtest");
        };
        String query = text.substring(name.length());
        if (query.isEmpty()) {
            return new Embedded(profile, null);
        } else if (query.startsWith(FILE_QUERY) && query.length() > FILE_QUERY.length()) {
            return new Embedded(profile, Path.of(query.substring(FILE_QUERY.length())));
        }
        throw new IllegalArgumentException(
                "after embedded comes nothing but the file that keeps the blocks: ?file=PATH");
    }

    private static NodeSpec rpc(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no URL; write rpc:http://127.0.0.1:8332?cookie=PATH", e);
        }
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("after rpc: comes a URL with http and a host: http://127.0.0.1:8332");
        } else if (url.getPort() == -1) {
            throw new IllegalArgumentException("'" + text + "' has no port; Bitcoin Core uses 8332, on signet 38332");
        } else if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("passwords do not go into the URL, where others can see them; use"
                    + " ?cookie=PATH or ?user=NAME&password-file=PATH");
        }
        return new Rpc(withoutQuery(url), credentials(query(url)));
    }

    private static Credentials credentials(Map<String, String> query) {
        if (query.keySet().equals(Set.of("cookie"))) {
            return new Cookie(Path.of(query.getOrDefault("cookie", "")));
        } else if (query.keySet().equals(Set.of("user", "password-file"))) {
            return new User(query.getOrDefault("user", ""), Path.of(query.getOrDefault("password-file", "")));
        }
        throw new IllegalArgumentException(
                "say how to log in to the node: ?cookie=PATH (the .cookie in its data directory)"
                        + " or ?user=NAME&password-file=PATH");
    }

    private static Map<String, String> query(URI url) {
        Map<String, String> values = new LinkedHashMap<>();
        String query = url.getQuery() == null ? "" : url.getQuery();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            values.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return values;
    }

    private static URI withoutQuery(URI url) {
        String path = url.getPath().isEmpty() ? "/" : url.getPath();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path);
    }
}
