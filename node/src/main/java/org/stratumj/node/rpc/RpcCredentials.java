package org.stratumj.node.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.stratumj.node.NodeException;

/// What proves to a node that the caller may use it: a user name and password, or the cookie file that a node
/// writes at each start. Never shown.
public abstract sealed class RpcCredentials {
    private RpcCredentials() {}

    /// A user name and password from the node's configuration (`rpcuser` and `rpcpassword`, or `rpcauth`).
    public static RpcCredentials of(String user, String password) {
        return new Password(user, password);
    }

    /// A user name with the password in a file of one line, read again for each request.
    public static RpcCredentials ofPasswordFile(String user, Path file) {
        return new PasswordFile(user, file);
    }

    /// The file `.cookie` in the node's data directory, read again for each request.
    public static RpcCredentials ofCookieFile(Path file) {
        return new Cookie(file);
    }

    /// The value of the `Authorization` header.
    ///
    /// @throws NodeException if it comes from a file that cannot be used (yet)
    abstract String authorization();

    /// What to look at when the node refuses these.
    abstract String advice();

    /// What a refusal of these means. Fixed ones stay wrong.
    ///
    /// @param message one line
    NodeException refused(String message) {
        return new NodeException.Misconfigured(message);
    }

    /// Names the kind, never the secret.
    @Override
    public abstract String toString();

    private static String basic(String userAndPassword) {
        byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static String checkedUser(String user) {
        if (user.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException("an RPC user name is not empty and has no colon");
        }
        return user;
    }

    private static final class Password extends RpcCredentials {
        private final String user;
        private final String password;

        Password(String user, String password) {
            this.user = checkedUser(user);
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

    private static final class PasswordFile extends RpcCredentials {
        private final String user;
        private final SecretFile file;

        PasswordFile(String user, Path file) {
            this.user = checkedUser(user);
            this.file = new SecretFile(file, "password");
        }

        @Override
        String authorization() {
            try {
                String password = file.line();
                if (password.isEmpty()) {
                    throw file.unusable("is empty: write the password of " + user + " into it");
                }
                return basic(user + ":" + password);
            } catch (IOException e) {
                throw file.unusable("cannot be read: create it, or give another");
            }
        }

        @Override
        String advice() {
            return "check the user name and the password in " + file + " against rpcuser, rpcpassword or rpcauth of"
                    + " the node";
        }

        @Override
        public String toString() {
            return "RpcCredentials[password file " + file + "]";
        }
    }

    private static final class Cookie extends RpcCredentials {
        private final SecretFile file;

        Cookie(Path file) {
            this.file = new SecretFile(file, "cookie");
        }

        @Override
        String authorization() {
            try {
                String cookie = file.line();
                if (cookie.isEmpty()) {
                    throw new NodeException.Unavailable(
                            "the cookie file " + file + " is empty: start the node, or give its .cookie");
                }
                if (!cookie.contains(":")) {
                    throw file.unusable("is not a cookie, which is USER:PASSWORD: give the node's .cookie");
                }
                return basic(cookie);
            } catch (IOException e) {
                throw new NodeException.Unavailable(
                        "the cookie file " + file + " cannot be read: start the node, or give its .cookie");
            }
        }

        @Override
        String advice() {
            return "check that " + file + " is the cookie of this node";
        }

        /// One of the node's last start, which it is about to replace, or of another node, which this cannot tell from
        /// it.
        @Override
        NodeException refused(String message) {
            return new NodeException.Unavailable(message);
        }

        @Override
        public String toString() {
            return "RpcCredentials[cookie " + file + "]";
        }
    }
}
