package org.stratumj.app.cli;

import java.net.InetSocketAddress;
import org.stratumj.app.role.ServiceEvents;

/// Where metrics are shown. Written as a [ListenAddress], or as a port alone: then nobody but this machine can see
/// them.
record MetricsAddress(InetSocketAddress socketAddress) {

    /// `127.0.0.1:9100`.
    @Override
    public String toString() {
        return ServiceEvents.text(socketAddress);
    }
}
