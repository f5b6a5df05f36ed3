package org.stratumj.connection;

/// What others get to see of one connection: its [Meter], and its events for the flight recorder of the JVM. Lane
/// only.
final class Observation {
    private final Connection connection;
    private final Meter meter;
    private final JfrEvents.Connected life = new JfrEvents.Connected();
    private final JfrEvents.Handshaken handshake = new JfrEvents.Handshaken();
    private long stepBegan;
    private boolean handshaking;
    private long bytesIn;
    private long bytesOut;

    Observation(Connection connection, Meter meter) {
        this.connection = connection;
        this.meter = meter;
        life.begin();
    }

    void handshakeBegins() {
        handshaking = true;
        stepBegan = connection.lane().nanoTime();
        handshake.begin();
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
            case CloseReason.SetupRefused(String code, long flags) -> setupRefused(code, flags);
            case CloseReason.ProtocolViolation(String text) -> violation(text);
            default -> {}
        }
        if (life.shouldCommit()) {
            life.connection = connection.id().value();
            life.remote = remote();
            life.reason = reason.kind();
            life.detail = reason.text();
            life.messagesIn = traffic.messagesIn();
            life.messagesOut = traffic.messagesOut();
            life.bytesIn = bytesIn;
            life.bytesOut = bytesOut;
            life.commit();
        }
    }

    private void handshake(boolean succeeded) {
        if (handshake.shouldCommit()) {
            handshake.connection = connection.id().value();
            handshake.remote = remote();
            handshake.succeeded = succeeded;
            handshake.commit();
        }
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
