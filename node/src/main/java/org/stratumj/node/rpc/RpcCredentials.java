package org.stratumj.node.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.stratumj.node.NodeException;

/// What proves to a node that the caller may use it: a user name and password, or the cookie file that a node
/// writes anew at each start. Never shown.
public abstract sealed class RpcCredentials {
    private static final int COOKIE_BYTES_MAX = 1024;

    private RpcCredentials() {}

    /// A user name and password from the node's configuration (`rpcuser` and `rpcpassword`, or `rpcauth`).
    public static RpcCredentials of(String user, String password) {
        return new Password(user, password);
    }

    /// The file `.cookie` in the node's data directory, read again for each request.
    public static RpcCredentials ofCookieFile(Path file) {
        return new Cookie(file);
    }

    /// The value of the `Authorization` header.
    abstract String authorization();

    /// What to look at when the node refuses these.
    abstract String advice();

    /// Names the kind, never the secret.
    @Override
    public abstract String toString();

    private static String basic(String userAndPassword) {
        byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static final class Password extends RpcCredentials {
        private final String user;
        private final String password;

        Password(String user, String password) {
            if (user.isEmpty() || user.contains(":")) {
                throw new IllegalArgumentException("an RPC user name is not empty and has no colon");
            }
            this.user = user;
            this.password = password;
        }

        @Override
        String authorization() {
            return basic(user + ":" + password);
        }

        @Override
        String advice() {
            return "check the user name and password against rpcuser, rpcpassword or rpcauth of the node";
        }

        @Override
        public String toString() {
            return "RpcCredentials[password]";
        }
    }

    private static final class Cookie extends RpcCredentials {
        private final Path file;

        Cookie(Path file) {
            this.file = file;
        }

        @Override
        String authorization() {
            try {
                if (Files.size(file) > COOKIE_BYTES_MAX) {
                    throw new NodeException.Misconfigured(file + " is too large for a cookie: give the node's .cookie");
                }
                return basic(Files.readString(file, StandardCharsets.UTF_8).strip());
            } catch (IOException e) {
                throw new NodeException.Unavailable(
                        "the cookie file " + file + " cannot be read: start the node, or give its .cookie");
            }
        }

        @Override
        String advice() {
            return "check that " + file + " is the cookie of this node";
        }

        @Override
        public String toString() {
            return "RpcCredentials[cookie " + file + "]";
        }
    }
}
