package org.stratumj.connection;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// A server to dial.
///
/// @param host name or address, ASCII, 1..255 characters
/// @param port 1..65535
public record Endpoint(String host, int port, ClientSecurity security) {
    private static final int HOST_LENGTH_MAX = 255;
    private static final String LOCALHOST = "localhost";

    /// @throws IllegalArgumentException if host or port is outside its range
    public Endpoint {
        if (host.isEmpty() || host.length() > HOST_LENGTH_MAX || !isPrintableAscii(host)) {
            throw new IllegalArgumentException("host must be 1.." + HOST_LENGTH_MAX + " printable ASCII characters");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1..65535, is " + port);
        }
    }

    /// Whether it is this machine: `localhost`, or a loopback address. No name service is asked, since what it says can
    /// change, and be forged.
    public boolean isLoopback() {
        try {
            return host.equalsIgnoreCase(LOCALHOST)
                    || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) { // another name
            return false;
        }
    }

    /// `host:port`, with brackets around an IPv6 address.
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static boolean isPrintableAscii(String text) {
        for (byte character : text.getBytes(StandardCharsets.UTF_8)) {
            if (character <= ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
