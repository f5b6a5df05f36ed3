package org.stratumj.app.role;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.Optional;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// Where clients find a server of ours: the address as the user gave it, with the port that the system chose, and the
/// public key. Any thread.
public final class ServerAddress {
    private final String host;
    private final boolean wildcard;
    private final String security;
    private volatile int port;
    private volatile boolean bound;

    /// @param given to listen on; port 0 lets the system choose
    public ServerAddress(InetSocketAddress given, ServerSecurity security) {
        this.host = given.getHostString();
        this.wildcard = given.getAddress() != null && given.getAddress().isAnyLocalAddress();
        this.port = given.getPort();
        this.security = switch (security) {
            case ServerSecurity.Noise noise -> "/" + noise.authority().publicKey(Curve.SHARED);
            case ServerSecurity.Plain plain -> plain.beyondLoopback() ? "?plain=anywhere" : "?plain";
        };
    }

    /// The server listens.
    public void bind(InetSocketAddress real) {
        port = real.getPort();
        bound = true;
    }

    /// `0.0.0.0:3333`, `[::1]:3333`.
    public String text() {
        return ServiceEvents.text(host, port);
    }

    /// `stratum2+tcp://0.0.0.0:3333/KEY`; empty before the server listens.
    public String url() {
        return bound ? "stratum2+tcp://" + text() + security : "";
    }

    /// One line with the URL for clients. Where the server listens on all addresses, it names one to use.
    public String announcement() {
        String line = "clients connect to " + url();
        return wildcard
                ? line + " with " + reachable().orElse("this machine's address") + " in place of " + host
                : line;
    }

    /// The first IPv4 address that other machines may know this one by.
    private static Optional<String> reachable() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .findFirst()
                    .map(InetAddress::getHostAddress);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /// Loading and checking a curve takes longer than a handshake, so the process does it once.
    private static final class Curve {
        static final Secp256k1 SHARED = Secp256k1s.best(new SecureRandom());
    }
}
