package org.stratumj.service;

import java.util.List;
import java.util.function.Consumer;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.protocol.Subprotocol;

/// A Stratum V2 client: for each subprotocol with a handler it keeps one connection up, dialling again by its
/// policy. It tries the endpoints of its list in order, and begins again with the first when a connection that
/// held is lost. When the handler closes a connection, the next endpoint is tried.
///
/// `Reconnect` of a server is obeyed: the next attempt goes to the host and port it names, under the same
/// security, so that only a server of the same authority is accepted there. Spec: 03 §3.6.5.
public non-sealed interface Sv2ClientService extends Sv2Service<Sv2ClientEvent> {

    /// Whether the connection of `subprotocol` is set up now.
    boolean isUp(Subprotocol subprotocol);

    /// Begins a client on `network`, which stays with the caller.
    static Builder builder(Network network) {
        return new ClientBuilder(network);
    }

    /// Options of a client. At least one handler is needed. One thread at a time.
    interface Builder {
        /// The name in logs; `client` by default.
        Builder name(String name);

        /// Keeps a Mining Protocol connection to the first of `upstreams` that answers.
        Builder mining(List<Endpoint> upstreams, Sv2MiningClientHandler handler);

        /// Keeps a Job Declaration Protocol connection to the first of `upstreams` that answers.
        Builder jobDeclaration(List<Endpoint> upstreams, Sv2JobDeclarationClientHandler handler);

        /// Keeps a Template Distribution Protocol connection to the first of `upstreams` that answers.
        Builder templateDistribution(List<Endpoint> upstreams, Sv2TemplateDistributionClientHandler handler);

        /// What SetupConnection says of this client; [DeviceInfo#software] with the name of the service by
        /// default.
        Builder device(DeviceInfo device);

        /// [ConnectionLimits#defaults] by default; what concerns listeners is not used.
        Builder limits(ConnectionLimits limits);

        /// [ReconnectPolicy#defaults] by default.
        Builder reconnect(ReconnectPolicy policy);

        /// Adds an observer; each is called in the order of adding.
        Builder listener(ServiceListener listener);

        /// Who gets the numbers; [ServiceMetrics#NONE] by default.
        Builder metrics(ServiceMetrics metrics);

        /// Delivers events of `link` on the service's own lane from [Sv2Service#start] on.
        <E> Builder link(Link<E> link, Consumer<? super E> receiver);

        /// Makes the server service that is given the same `siblings` this service's sibling.
        Builder sibling(Siblings siblings);

        /// The service, not started.
        ///
        /// @throws IllegalStateException if something needed is missing, named in the message
        Sv2ClientService build();
    }
}
