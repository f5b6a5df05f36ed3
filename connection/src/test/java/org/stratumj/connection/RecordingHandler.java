package org.stratumj.connection;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.CommonToClient;
import org.stratumj.protocol.common.SetupConnection;

/// Writes down what happens on a connection, and does what the test says. Any thread may look.
final class RecordingHandler implements ConnectionHandler {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Sv2Message> received = new CopyOnWriteArrayList<>();
    volatile Meter meter = Meter.NONE;
    volatile Connection connection;
    volatile CloseReason closed;
    volatile SetupVerdict verdict;
    volatile Consumer<Connection> onOpen = connection -> {};
    volatile Consumer<Sv2Message> onMessage = message -> {};

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
        events.add("setup");
        return verdict == null ? proposed : verdict;
    }

    @Override
    public void onOpen(Connection connection) {
        this.connection = connection;
        events.add("open");
        onOpen.accept(connection);
    }

    @Override
    public void onMessage(Sv2Message message) {
        received.add(message);
        onMessage.accept(message);
    }

    @Override
    public void onCommon(CommonToClient message) {
        received.add(message);
    }

    @Override
    public void onUnknown(UnknownMessage message) {
        received.add(message);
    }

    @Override
    public void onWritable() {
        events.add("writable");
    }

    @Override
    public void onClosed(CloseReason reason) {
        closed = reason;
        events.add("closed");
    }

    boolean isOpen() {
        return events.contains("open") && closed == null;
    }

    /// Does something on the lane of the connection.
    void onLane(Consumer<Connection> action) {
        connection.lane().execute(() -> action.accept(connection));
    }
}
