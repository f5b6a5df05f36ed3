package org.stratumj.app.cli;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.ServerSecurity;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of a role that listens: address, key, limits. A role has it as a mixin, made with its own
/// address.
public final class ServerOptions {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}")
    private ListenAddress listen;

    @Mixin
    private SecurityOptions security = new SecurityOptions();

    @Option(
            names = "--connections-max",
            paramLabel = "COUNT",
            description = "Connections in all. Default: ${DEFAULT-VALUE}")
    private int connectionsMax = ConnectionLimits.defaults().connectionsMax();

    @Option(
            names = "--connections-per-source-max",
            paramLabel = "COUNT",
            description = "Connections from one IP address. Default: ${DEFAULT-VALUE}")
    private int connectionsPerSourceMax = ConnectionLimits.defaults().perSourceMax();

    @Option(
            names = "--connections-half-open-max",
            paramLabel = "COUNT",
            description = "Connections that are not set up yet. Default: ${DEFAULT-VALUE}")
    private int connectionsHalfOpenMax = ConnectionLimits.defaults().halfOpenMax();

    @Option(
            names = "--connections-half-open-per-source-max",
            paramLabel = "COUNT",
            description = "Connections from one IP address that are not set up yet. Default: half of"
                    + " --connections-half-open-max")
    private @Nullable Integer connectionsHalfOpenPerSourceMax;

    /// @param listen the address unless another is given, `HOST:PORT`
    public ServerOptions(String listen) {
        this.listen = Converters.address(listen);
    }

    public InetSocketAddress listen() {
        return listen.socketAddress();
    }

    /// How connections are protected.
    ///
    /// @throws UsageException if there is no key, or there is one and encryption is off, or it is off and the
    ///     address is not loopback
    public ServerSecurity security() {
        return security.security(listen);
    }

    /// The bounds of the server and its connections.
    ///
    /// @throws UsageException if one is not positive
    public ConnectionLimits limits() {
        int halfOpenPerSourceMax = halfOpenPerSourceMax();
        if (connectionsMax < 1
                || connectionsPerSourceMax < 1
                || connectionsHalfOpenMax < 1
                || halfOpenPerSourceMax < 1) {
            throw new UsageException("--connections-max, --connections-per-source-max,"
                    + " --connections-half-open-max and --connections-half-open-per-source-max are at least 1");
        }
        OpenFiles.warnUnlessEnoughFor(connectionsMax);
        return ConnectionLimits.defaults()
                .with(change -> change.connectionsMax(connectionsMax)
                        .perSourceMax(connectionsPerSourceMax)
                        .halfOpenMax(connectionsHalfOpenMax)
                        .halfOpenPerSourceMax(halfOpenPerSourceMax));
    }

    /// Half, rounded up: one address leaves places to others.
    private int halfOpenPerSourceMax() {
        return connectionsHalfOpenPerSourceMax == null
                ? connectionsHalfOpenMax - connectionsHalfOpenMax / 2
                : connectionsHalfOpenPerSourceMax;
    }
}
