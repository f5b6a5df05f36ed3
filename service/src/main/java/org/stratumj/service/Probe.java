package org.stratumj.service;

import java.util.function.Consumer;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.protocol.Sv2Message;

/// Sets up a connection only to see whether the server accepts it. On the lane of that connection.
final class Probe implements ConnectionHandler {
    private final Consumer<Boolean> end;
    private boolean accepted;

    /// @param end told once whether it was accepted, when the connection is gone
    Probe(Consumer<Boolean> end) {
        this.end = end;
    }

    @Override
    public void onOpen(Connection connection) {
        accepted = true;
        connection.close(new CloseReason.Local("it takes us"));
    }

    @Override
    public void onMessage(Sv2Message message) {}

    @Override
    public void onClosed(CloseReason reason) {
        end.accept(accepted);
    }
}
