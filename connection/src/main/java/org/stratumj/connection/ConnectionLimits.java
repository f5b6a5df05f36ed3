package org.stratumj.connection;

import java.time.Duration;

/// The bounds of an endpoint and of each of its connections. Everything a peer can grow is in here.
///
/// @param connectionsMax    open connections of a listener
/// @param perSourceMax      open connections of a listener from one source: an IPv4 address or an IPv6 /64
/// @param halfOpenMax       connections of a listener that are not set up yet; a further one takes the place of the
///     oldest, unless that came less than a second ago
/// @param handshakeDeadline from connecting to the end of the Noise handshake; also the time to dial
/// @param setupDeadline     from there to the answer to SetupConnection
/// @param idleLimit         longest silence in both directions, [Duration#ZERO] for none
/// @param frameDeadline     from the first byte of a frame to its last, once the connection is set up
/// @param payloadBytesMax   largest payload of a frame taken from the peer; smaller bounds of message types
///     apply as well
/// @param outboundBytesMax  bytes waiting for a peer that does not read; beyond, it is closed
public record ConnectionLimits(
        int connectionsMax,
        int perSourceMax,
        int halfOpenMax,
        Duration handshakeDeadline,
        Duration setupDeadline,
        Duration idleLimit,
        Duration frameDeadline,
        int payloadBytesMax,
        long outboundBytesMax) {

    /// @throws IllegalArgumentException if a number or deadline is not positive, or the idle limit negative
    public ConnectionLimits {
        positive("connectionsMax", connectionsMax);
        positive("perSourceMax", perSourceMax);
        positive("halfOpenMax", halfOpenMax);
        positive("handshakeDeadline in ms", handshakeDeadline.toMillis());
        positive("setupDeadline in ms", setupDeadline.toMillis());
        positive("frameDeadline in ms", frameDeadline.toMillis());
        positive("payloadBytesMax", payloadBytesMax);
        positive("outboundBytesMax", outboundBytesMax);
        if (idleLimit.isNegative()) {
            throw new IllegalArgumentException("idleLimit must not be negative, is " + idleLimit);
        }
    }

    /// Fit for a server on the open network: 10,000 connections, 256 per source, 512 half open, 5 s for the
    /// handshake and for the setup, no idle limit, 2 minutes for a frame, frames as large as the specification
    /// allows, 4 MiB outbound.
    public static ConnectionLimits defaults() {
        return new ConnectionLimits(
                10_000,
                256,
                512,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofMinutes(2),
                (1 << 24) - 1,
                4L << 20);
    }

    /// The same with other bounds on the number of connections.
    public ConnectionLimits withConnections(int connectionsMax, int perSourceMax, int halfOpenMax) {
        return new ConnectionLimits(
                connectionsMax,
                perSourceMax,
                halfOpenMax,
                handshakeDeadline,
                setupDeadline,
                idleLimit,
                frameDeadline,
                payloadBytesMax,
                outboundBytesMax);
    }

    /// The same with other deadlines.
    public ConnectionLimits withDeadlines(Duration handshakeDeadline, Duration setupDeadline) {
        return new ConnectionLimits(
                connectionsMax,
                perSourceMax,
                halfOpenMax,
                handshakeDeadline,
                setupDeadline,
                idleLimit,
                frameDeadline,
                payloadBytesMax,
                outboundBytesMax);
    }

    /// The same with another idle limit, [Duration#ZERO] for none.
    public ConnectionLimits withIdleLimit(Duration idleLimit) {
        return new ConnectionLimits(
                connectionsMax,
                perSourceMax,
                halfOpenMax,
                handshakeDeadline,
                setupDeadline,
                idleLimit,
                frameDeadline,
                payloadBytesMax,
                outboundBytesMax);
    }

    /// The same with another time for a frame.
    public ConnectionLimits withFrameDeadline(Duration frameDeadline) {
        return new ConnectionLimits(
                connectionsMax,
                perSourceMax,
                halfOpenMax,
                handshakeDeadline,
                setupDeadline,
                idleLimit,
                frameDeadline,
                payloadBytesMax,
                outboundBytesMax);
    }

    /// The same with other bounds in bytes.
    public ConnectionLimits withBytes(int payloadBytesMax, long outboundBytesMax) {
        return new ConnectionLimits(
                connectionsMax,
                perSourceMax,
                halfOpenMax,
                handshakeDeadline,
                setupDeadline,
                idleLimit,
                frameDeadline,
                payloadBytesMax,
                outboundBytesMax);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, is " + value);
        }
    }
}
