package org.stratumj.connection;

import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/// What others get to see of one connection: its [Meter], and its events for the flight recorder of the JVM. Lane
/// only.
///
/// Idle connections are many, so events are kept only while somebody records: one that began before the recording did
/// is shown with its end alone.
final class Observation {
    private final Connection connection;
    private final Meter meter;
    private final JfrEvents.@Nullable Connected life;
    private JfrEvents.@Nullable Handshaken handshake;
    private long stepBegan;
    private boolean handshaking;
    private long bytesIn;
    private long bytesOut;

    Observation(Connection connection, Meter meter) {
        this.connection = connection;
        this.meter = meter;
        this.life = recorded(new JfrEvents.Connected());
    }

    void handshakeBegins() {
        handshaking = true;
        stepBegan = connection.lane().nanoTime();
        handshake = recorded(new JfrEvents.Handshaken());
    }

    void setupBegins() {
        long now = connection.lane().nanoTime();
        if (handshaking) {
            handshaking = false;
            meter.handshakeTook(now - stepBegan);
            handshake(true);
        }
        stepBegan = now;
    }

    void setUp() {
        meter.setupTook(connection.lane().nanoTime() - stepBegan);
    }

    void received(int extensionType, int messageType) {
        meter.received(extensionType, messageType);
    }

    void receivedBytes(int bytes) {
        bytesIn += bytes;
        meter.receivedBytes(bytes);
    }

    void sent(int extensionType, int messageType, int bytes) {
        bytesOut += bytes;
        meter.sent(extensionType, messageType, bytes);
    }

    void ended(CloseReason reason, Traffic traffic) {
        if (handshaking) {
            handshake(false);
        }
        switch (reason) {
            case CloseReason.SetupRefused(String code, long flags, String _) -> setupRefused(code, flags);
            case CloseReason.ProtocolViolation(String text) -> violation(text);
            default -> {}
        }
        JfrEvents.Connected ended = life == null ? new JfrEvents.Connected() : life;
        if (ended.shouldCommit()) {
            ended.connection = connection.id().value();
            ended.remote = remote();
            ended.reason = reason.kind();
            ended.detail = reason.text();
            ended.messagesIn = traffic.messagesIn();
            ended.messagesOut = traffic.messagesOut();
            ended.bytesIn = bytesIn;
            ended.bytesOut = bytesOut;
            ended.commit();
        }
    }

    private void handshake(boolean succeeded) {
        JfrEvents.Handshaken ended = handshake == null ? new JfrEvents.Handshaken() : handshake;
        handshake = null;
        if (ended.shouldCommit()) {
            ended.connection = connection.id().value();
            ended.remote = remote();
            ended.succeeded = succeeded;
            ended.commit();
        }
    }

    /// Begins it, if somebody records.
    private static <E extends Event> @Nullable E recorded(E event) {
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    private void setupRefused(String code, long flags) {
        JfrEvents.SetupRefused refused = new JfrEvents.SetupRefused();
        if (refused.isEnabled()) {
            refused.connection = connection.id().value();
            refused.remote = remote();
            refused.code = code;
            refused.flags = flags;
            refused.commit();
        }
    }

    private void violation(String text) {
        JfrEvents.Violation violation = new JfrEvents.Violation();
        if (violation.isEnabled()) {
            violation.connection = connection.id().value();
            violation.remote = remote();
            violation.text = text;
            violation.commit();
        }
    }

    private String remote() {
        return Addresses.text(connection.remoteAddress());
    }
}
