package org.stratumj.app.cli;

import java.net.InetSocketAddress;
import org.stratumj.app.role.ServiceEvents;

/// An address to listen on, shown as users write it.
public record ListenAddress(InetSocketAddress socketAddress) {

    /// Whether only this machine can connect to it.
    boolean isLoopback() {
        return socketAddress.getAddress() != null && socketAddress.getAddress().isLoopbackAddress();
    }

    /// `127.0.0.1:3333`.
    @Override
    public String toString() {
        return ServiceEvents.text(socketAddress);
    }
}
