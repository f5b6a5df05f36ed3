package org.stratumj.app.cli;

import java.net.InetSocketAddress;
import org.stratumj.app.role.ServiceEvents;

/// An address to listen on, shown as users write it.
public record ListenAddress(InetSocketAddress socketAddress) {

    /// `127.0.0.1:3333`.
    @Override
    public String toString() {
        return ServiceEvents.text(socketAddress);
    }
}
