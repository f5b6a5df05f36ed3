package org.stratumj.app.node;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.Placeholders;
import org.stratumj.app.cli.SecretFiles;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;
import org.stratumj.node.rpc.NodeUrl;
import org.stratumj.node.rpc.RpcCredentials;
import org.stratumj.node.rpc.RpcNode;
import org.stratumj.node.rpc.RpcOptions;

/// The node that a user asked for with `--node`.
public sealed interface NodeSpec {
    /// What comes before the path of the file of an embedded chain.
    String FILE_QUERY = "?file=";

    /// Warns if others on this machine can read the password of this node.
    default void warnOfPublicSecrets() {
        if (this instanceof Rpc rpc && rpc.credentials() instanceof User user) {
            SecretFiles.warnIfPublic(user.passwordFile());
        }
    }

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
            return "embedded:" + name + (file == null ? "" : FILE_QUERY + NodeUrl.encoded(file.toString()));
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
            return "rpc:" + url + "?" + credentials.text();
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
        RpcCredentials forNode();

        /// As users write it after the `?`.
        String text();
    }

    /// The file that the node writes at each start.
    record Cookie(Path file) implements Credentials {
        @Override
        public RpcCredentials forNode() {
            return RpcCredentials.ofCookieFile(file);
        }

        @Override
        public String text() {
            return "cookie=" + NodeUrl.encoded(file.toString());
        }
    }

    /// A fixed user, with the password in a file.
    record User(String name, Path passwordFile) implements Credentials {
        public User {
            if (name.isEmpty() || name.contains(":")) {
                throw new IllegalArgumentException("the node's user '" + name + "' is empty or has a colon");
            }
        }

        @Override
        public RpcCredentials forNode() {
            return RpcCredentials.ofPasswordFile(name, passwordFile);
        }

        @Override
        public String text() {
            return "user=" + NodeUrl.encoded(name) + "&password-file=" + NodeUrl.encoded(passwordFile.toString());
        }
    }

    /// Reads what a user wrote: `embedded`, `embedded:regtest`, `embedded:signet?file=/path`,
    /// `rpc:http://127.0.0.1:8332?cookie=/path/.cookie`, or
    /// `rpc:http://127.0.0.1:8332?user=name&password-file=/path`. A path may begin with `~/`, and `%`, `&` and `,`
    /// in it are written `%25`, `%26` and `%2C`; a relative one is resolved against the working directory, or, in a
    /// config file, against the folder of that file before it comes here.
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
                        "'" + text + "' is no node; write 'rpc:http://127.0.0.1:8332?cookie=PATH' or embedded");
        };
    }

    /// As users write it: what [#parse] reads.
    String text();

    /// Opens it; blocks while a real node is looked at.
    ///
    /// @throws org.stratumj.node.NodeException if the node cannot be used (yet)
    default NodeBackend open(InstantSource clock) {
        return switch (this) {
            case Embedded embedded -> EmbeddedNode.start(embedded.options().withClock(clock));
            case Rpc rpc ->
                RpcNode.connect(RpcOptions.of(rpc.url(), rpc.credentials().forNode()));
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
            return new Embedded(profile, NodeUrl.path(NodeUrl.decoded(query.substring(FILE_QUERY.length()))));
        }
        throw new IllegalArgumentException(
                "after embedded comes nothing but the file that keeps the blocks: ?file=PATH");
    }

    private static NodeSpec rpc(String text) {
        NodeUrl address;
        try {
            address = NodeUrl.parse(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "what follows rpc: is no URL; write 'rpc:http://127.0.0.1:8332?cookie=PATH'", e);
        }
        URI url = address.url();
        if (NodeUrl.userInfo(url).isPresent()) {
            throw new IllegalArgumentException("passwords do not go into the URL, where others can see them; use"
                    + " ?cookie=PATH or ?user=NAME&password-file=PATH");
        }
        Placeholders.refuse(url.toString(), "your node's value");
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                || NodeUrl.host(url).isEmpty()) {
            throw new IllegalArgumentException("after rpc: comes a URL with http and a host: http://127.0.0.1:8332");
        } else if (NodeUrl.port(url) == -1) {
            throw new IllegalArgumentException("'" + text + "' has no port; Bitcoin Core uses 8332, on signet 38332");
        }
        return new Rpc(withRoot(url), credentials(address.query()));
    }

    private static Credentials credentials(Map<String, String> query) {
        if (query.keySet().equals(Set.of("cookie"))) {
            return new Cookie(path("cookie", query));
        } else if (query.keySet().equals(Set.of("user", "password-file"))) {
            return new User(query.getOrDefault("user", ""), path("password-file", query));
        }
        throw new IllegalArgumentException(
                "say how to log in to the node: ?cookie=PATH (the .cookie in its data directory)"
                        + " or ?user=NAME&password-file=PATH; a & in a path is written %26");
    }

    private static Path path(String key, Map<String, String> query) {
        String path = query.getOrDefault(key, "");
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the path after " + key + "= is missing");
        } else if (path.equals("PATH") || path.endsWith("/PATH")) { // in a config file, behind that file's folder
            throw new IllegalArgumentException(
                    "the path after " + key + "= is still the placeholder PATH; put the file's path in its place");
        }
        return NodeUrl.path(path);
    }

    private static URI withRoot(URI url) {
        return url.getRawPath().isEmpty() ? url.resolve("/") : url;
    }
}
