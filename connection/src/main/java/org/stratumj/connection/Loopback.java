package org.stratumj.connection;

import java.net.InetSocketAddress;

/// Holds connections without encryption to this machine, unless they are wanted beyond it. Spec: 04 §4.
final class Loopback {
    private Loopback() {}

    /// @throws IllegalStateException if `address` is reached from other machines, and `security` is not meant for that
    static void check(ServerSecurity security, InetSocketAddress address) {
        boolean local = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        if (security instanceof ServerSecurity.Plain(boolean beyondLoopback) && !beyondLoopback && !local) {
            throw new IllegalStateException(refusal(Addresses.text(address)));
        }
    }

    /// @throws IllegalStateException if `endpoint` is another machine, and its security is not meant for that
    static void check(Endpoint endpoint) {
        if (endpoint.security() instanceof ClientSecurity.Plain(boolean beyondLoopback)
                && !beyondLoopback
                && !endpoint.isLoopback()) {
            throw new IllegalStateException(refusal(endpoint.toString()));
        }
    }

    private static String refusal(String address) {
        return address + " is not loopback, and without encryption anybody on the way can read and change what is said;"
                + " use an authority key, or allow this in so many words on a network that is trusted";
    }
}
