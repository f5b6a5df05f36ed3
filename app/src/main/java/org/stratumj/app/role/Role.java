package org.stratumj.app.role;

import java.net.InetSocketAddress;
import java.util.Optional;

/// One role as a running thing: a pool, a proxy, a template provider, a miner.
///
/// Made from its configuration and a [RoleContext], started once, closed once. A role owns what it opens
/// (services, threads, files) and nothing that is in the context. [#status] may be called from any thread at
/// any time.
public interface Role extends AutoCloseable {

    /// The name of the subcommand: `pool`, `template-provider`.
    String name();

    /// Starts, and returns when the role serves or has begun to dial.
    ///
    /// @throws RoleException if it cannot start; nothing of it is left running then
    void start();

    /// What there is to see now; after [#close], the final numbers.
    RoleStatus status();

    /// The bound address with its real port, for a role that listens; after [#start].
    default Optional<InetSocketAddress> localAddress() {
        return Optional.empty();
    }

    /// Stops in order: no new work, then queued answers go out, then connections close, then threads end.
    /// Idempotent, and done within two seconds. Harmless on a role that never started.
    @Override
    void close();
}
