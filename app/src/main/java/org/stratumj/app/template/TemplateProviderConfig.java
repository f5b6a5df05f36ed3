package org.stratumj.app.template;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.node.WatchPolicy;

/// What a template provider needs to know besides its node.
///
/// @param listen          port 0 lets the system choose
/// @param security        Noise unless the network is trusted
/// @param limits          bounds of the connections
/// @param watch           when fees have risen enough for a new template; a new tip never waits
/// @param blocksDirectory where found blocks are kept from before they are submitted, or none to keep them in
///     memory only
/// @param coinbaseWitness whether NewTemplate is sent with the `coinbase_witness` of a draft of the specification
public record TemplateProviderConfig(
        InetSocketAddress listen,
        ServerSecurity security,
        ConnectionLimits limits,
        WatchPolicy watch,
        @Nullable Path blocksDirectory,
        boolean coinbaseWitness) {
    /// The same with templates as the specification has them.
    public TemplateProviderConfig(
            InetSocketAddress listen,
            ServerSecurity security,
            ConnectionLimits limits,
            WatchPolicy watch,
            @Nullable Path blocksDirectory) {
        this(listen, security, limits, watch, blocksDirectory, false);
    }
}
