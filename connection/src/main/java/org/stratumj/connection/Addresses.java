package org.stratumj.connection;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/// Addresses for people.
final class Addresses {
    private Addresses() {}

    /// `10.0.0.1:3333` or `[2001:db8::1]:3333`, without asking a name service.
    static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
