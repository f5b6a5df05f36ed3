package org.stratumj.app.capture;

import java.net.Inet6Address;
import java.net.InetAddress;

/// One direction of a TCP connection.
public record Flow(InetAddress from, int fromPort, InetAddress to, int toPort) {

    /// Whether it goes from or to this port.
    public boolean uses(int port) {
        return fromPort == port || toPort == port;
    }

    /// `10.0.0.1:40000`.
    public String source() {
        return text(from, fromPort);
    }

    /// `10.0.0.2:3333`.
    public String destination() {
        return text(to, toPort);
    }

    private static String text(InetAddress address, int port) {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
}
