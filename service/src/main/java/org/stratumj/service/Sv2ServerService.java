package org.stratumj.service;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Network;
import org.stratumj.connection.PeerInfo;
import org.stratumj.connection.ServerSecurity;

/// A Stratum V2 server: listens, negotiates SetupConnection, and gives every accepted client to the handler of
/// its subprotocol. A subprotocol without handler is refused with `unsupported-protocol`.
public non-sealed interface Sv2ServerService extends Sv2Service<Sv2ServerEvent> {

    /// The bound address, with the real port.
    ///
    /// @throws IllegalStateException before [#start]
    InetSocketAddress localAddress();

    /// A snapshot of the peers that are set up, in the order of connecting.
    List<PeerInfo> peers();

    /// Begins a server on `network`, which stays with the caller.
    static Builder builder(Network network) {
        return new ServerBuilder(network);
    }

    /// Options of a server. `listen`, `security` and at least one handler are needed. One thread at a time.
    interface Builder {
        /// The name in logs; `server` by default.
        Builder name(String name);

        /// Where to listen; port 0 lets the system choose.
        Builder listen(InetSocketAddress address);

        /// How connections are protected.
        Builder security(ServerSecurity security);

        /// [ConnectionLimits#defaults] by default.
        Builder limits(ConnectionLimits limits);

        /// Serves the Mining Protocol.
        Builder mining(Sv2MiningServerHandler handler);

        /// Serves the Job Declaration Protocol.
        Builder jobDeclaration(Sv2JobDeclarationServerHandler handler);

        /// Serves the Template Distribution Protocol.
        Builder templateDistribution(Sv2TemplateDistributionServerHandler handler);

        /// Adds an observer; each is called in the order of adding.
        Builder listener(ServiceListener listener);

        /// Who gets the numbers; [ServiceMetrics#NONE] by default.
        Builder metrics(ServiceMetrics metrics);

        /// Delivers events of `link` on the service's own lane from [Sv2Service#start] on.
        <E> Builder link(Link<E> link, Consumer<? super E> receiver);

        /// Makes the client service that is given the same `siblings` this service's sibling.
        Builder sibling(Siblings siblings);

        /// The service, not started.
        ///
        /// @throws IllegalStateException if something needed is missing, named in the message
        Sv2ServerService build();
    }
}
