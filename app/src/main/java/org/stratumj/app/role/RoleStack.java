package org.stratumj.app.role;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Roles that run in one process, started one on top of the other: the node's side first, the miners' last.
/// Closed the other way round, so that nobody loses the server it talks to before it has stopped itself. Any
/// thread.
public final class RoleStack implements AutoCloseable {
    private final Deque<Role> started = new ArrayDeque<>();
    private boolean closed;

    /// Starts `role` on top of those that run.
    ///
    /// @throws RoleException if it cannot start; the others go on
    public <R extends Role> R start(R role) {
        role.start();
        if (!push(role)) {
            role.close();
            throw new RoleException(role.name() + ": stopped while starting");
        }
        return role;
    }

    /// The status of each role, the miners' side first; after closing, the last one.
    public List<RoleStatus> statuses() {
        return snapshot().stream().map(Role::status).toList();
    }

    /// Closes every role, the last started first. A role that fails to close does not keep the others from it.
    @Override
    public void close() {
        for (Role role : markClosed()) {
            try {
                role.close();
            } catch (RuntimeException e) {
                System.getLogger("org.stratumj.app." + role.name())
                        .log(System.Logger.Level.ERROR, "failed while closing", e);
            }
        }
    }

    private synchronized boolean push(Role role) {
        if (!closed) {
            started.addFirst(role);
        }
        return !closed;
    }

    private synchronized List<Role> snapshot() {
        return List.copyOf(started);
    }

    private synchronized List<Role> markClosed() {
        closed = true;
        return List.copyOf(started);
    }
}
