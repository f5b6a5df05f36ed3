package org.stratumj.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.stratumj.protocol.Subprotocol;

/// The bounds of an endpoint and of each of its connections. Everything a peer can grow in a connection is in here;
/// what it can grow above that is bounded by who keeps it. So the channels of a connection are counted by the policy of
/// its channels, which answers one too many with `channel-capacity-exhausted`.
///
/// ```java
/// ConnectionLimits.defaults().with(limits -> limits.connectionsMax(500).frameDeadline(Duration.ofSeconds(20)))
/// ```
///
/// @param connectionsMax       open connections of a listener
/// @param perSourceMax         open connections of a listener from one source: an IPv4 address or an IPv6 /64
/// @param perDeviceMax         open connections of a listener whose SetupConnection names the same device id, none
///     counted that names none. The id is the client's own claim: the bound keeps honest duplicates apart, as a
///     device that reconnects without end, and stops nobody who invents ids. [Integer#MAX_VALUE] for none
/// @param halfOpenMax          connections of a listener that are not set up yet; a further one takes the place of the
///     oldest, unless that came less than a second ago
/// @param halfOpenPerSourceMax connections of a listener from one source that are not set up yet; a further one takes
///     the place of the oldest of its own source, unless that came less than a second ago
/// @param handshakeDeadline    from connecting to the end of the Noise handshake; also the time to dial
/// @param setupDeadline        from there to the answer to SetupConnection
/// @param firstChannelDeadline from there to the first channel of a mining connection, on the server's side. The time
///     stands still while a request for a channel waits for its answer. [Duration#ZERO] for none
/// @param idleLimits           longest silence in both directions by subprotocol; no limit where there is none
/// @param frameDeadline        from the first byte of a frame to its last, once the connection is set up
/// @param payloadBytesMax      largest payload of a frame taken from the peer; smaller bounds of message types
///     apply as well
/// @param outboundBytesMax     bytes waiting for a peer that does not read; beyond, it is closed
/// @param outboundFramesMax    frames waiting for a peer that does not read; beyond, it is closed
/// @param outboundDeadline     longest time in which the network takes none of the bytes that wait for a peer; beyond,
///     it is closed, however few they are. [Duration#ZERO] for none
/// @param outboundTotalBytesMax bytes waiting on all connections of a listener; beyond, the one with the longest queue
///     is closed
/// @param flightMessages       how many of its last messages a connection remembers for
///     [Connection#flight]; 0 for none
public record ConnectionLimits(
        int connectionsMax,
        int perSourceMax,
        int perDeviceMax,
        int halfOpenMax,
        int halfOpenPerSourceMax,
        Duration handshakeDeadline,
        Duration setupDeadline,
        Duration firstChannelDeadline,
        Map<Subprotocol, Duration> idleLimits,
        Duration frameDeadline,
        int payloadBytesMax,
        long outboundBytesMax,
        int outboundFramesMax,
        Duration outboundDeadline,
        long outboundTotalBytesMax,
        int flightMessages) {
    private static final int FLIGHT_MESSAGES_MAX = 1 << 16;

    // Miners are sent a job every few minutes, at the latest with a block: after an hour of nothing somebody is gone.
    // The other two subprotocols may have nothing to say for days.
    private static final Duration MINING_IDLE_LIMIT = Duration.ofHours(1);

    // One round of work for a thousand channels is a job, a tip and a target for each: there is room for five.
    private static final int OUTBOUND_FRAMES_MAX = 16_384;

    // A farm of 5,000 behind one address reconnects at once when the power is back, while some of its old
    // connections may still be counted.
    private static final int PER_SOURCE_MAX = 6_000;

    // Refused ones back off and come again: with so many places a storm of 5,000 is through in three waves.
    private static final int HALF_OPEN_MAX = 2_048;

    // One address leaves half of them to others. A storm of 5,000 from one is through in five waves.
    private static final int HALF_OPEN_PER_SOURCE_MAX = HALF_OPEN_MAX / 2;

    // As long as a system waits for the acknowledgement of what it sent.
    private static final Duration OUTBOUND_DEADLINE = Duration.ofSeconds(60);

    // 10,000 connections have some 50 KB each, which is dozens of jobs. They wait beside the heap, where the JVM allows
    // as much as in it. At least the largest frame has room, with what may wait before it.
    private static final long OUTBOUND_TOTAL_BYTES_MAX =
            Math.clamp(Runtime.getRuntime().maxMemory() / 4, 32L << 20, 512L << 20);

    private static final ConnectionLimits DEFAULTS = new ConnectionLimits(
            10_000,
            PER_SOURCE_MAX,
            Integer.MAX_VALUE,
            HALF_OPEN_MAX,
            HALF_OPEN_PER_SOURCE_MAX,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Map.of(Subprotocol.MINING, MINING_IDLE_LIMIT),
            Duration.ofMinutes(2),
            (1 << 24) - 1,
            4L << 20,
            OUTBOUND_FRAMES_MAX,
            OUTBOUND_DEADLINE,
            OUTBOUND_TOTAL_BYTES_MAX,
            64);

    /// @throws IllegalArgumentException if a number or deadline is not positive; the deadlines of the first channel
    ///     and of outbound bytes, idle limits and the number of remembered messages may be zero, the last is 65536
    ///     at most
    public ConnectionLimits {
        positive("connectionsMax", connectionsMax);
        positive("perSourceMax", perSourceMax);
        positive("perDeviceMax", perDeviceMax);
        positive("halfOpenMax", halfOpenMax);
        positive("halfOpenPerSourceMax", halfOpenPerSourceMax);
        positive("handshakeDeadline in ms", handshakeDeadline.toMillis());
        positive("setupDeadline in ms", setupDeadline.toMillis());
        notNegative("firstChannelDeadline", firstChannelDeadline);
        idleLimits.values().forEach(limit -> notNegative("idleLimit", limit));
        positive("frameDeadline in ms", frameDeadline.toMillis());
        positive("payloadBytesMax", payloadBytesMax);
        positive("outboundBytesMax", outboundBytesMax);
        positive("outboundFramesMax", outboundFramesMax);
        notNegative("outboundDeadline", outboundDeadline);
        positive("outboundTotalBytesMax", outboundTotalBytesMax);
        if (flightMessages < 0 || flightMessages > FLIGHT_MESSAGES_MAX) {
            throw new IllegalArgumentException(
                    "flightMessages must be 0.." + FLIGHT_MESSAGES_MAX + ", is " + flightMessages);
        }
        idleLimits = Map.copyOf(idleLimits);
    }

    /// Fit for a server on the open network: 10,000 connections, 6,000 per source, 2,048 half open of which 1,024 per
    /// source, 5 s for the handshake and for the setup, a minute for the first channel, an hour of silence for
    /// mining and no limit for the other subprotocols, 2 minutes for a frame, frames as large as the specification
    /// allows, 4 MiB or 16,384 frames outbound of which some are taken each minute, on all connections together a
    /// quarter of the heap but 32 to 512 MiB, 64 messages remembered.
    public static ConnectionLimits defaults() {
        return DEFAULTS;
    }

    /// The same but for what `change` sets.
    ///
    /// @throws IllegalArgumentException if the outcome is out of range
    public ConnectionLimits with(Consumer<Change> change) {
        Change changed = new Change(this);
        change.accept(changed);
        return changed.limits();
    }

    /// The longest silence on a connection for `subprotocol`, [Duration#ZERO] for none.
    public Duration idleLimit(Subprotocol subprotocol) {
        return idleLimits.getOrDefault(subprotocol, Duration.ZERO);
    }

    /// What [ConnectionLimits#with] is to change. Not to be kept.
    public static final class Change {
        private int connectionsMax;
        private int perSourceMax;
        private int perDeviceMax;
        private int halfOpenMax;
        private int halfOpenPerSourceMax;
        private Duration handshakeDeadline;
        private Duration setupDeadline;
        private Duration firstChannelDeadline;
        private final Map<Subprotocol, Duration> idleLimits;
        private Duration frameDeadline;
        private int payloadBytesMax;
        private long outboundBytesMax;
        private int outboundFramesMax;
        private Duration outboundDeadline;
        private long outboundTotalBytesMax;
        private int flightMessages;

        private Change(ConnectionLimits from) {
            connectionsMax = from.connectionsMax;
            perSourceMax = from.perSourceMax;
            perDeviceMax = from.perDeviceMax;
            halfOpenMax = from.halfOpenMax;
            halfOpenPerSourceMax = from.halfOpenPerSourceMax;
            handshakeDeadline = from.handshakeDeadline;
            setupDeadline = from.setupDeadline;
            firstChannelDeadline = from.firstChannelDeadline;
            idleLimits = new HashMap<>(from.idleLimits);
            frameDeadline = from.frameDeadline;
            payloadBytesMax = from.payloadBytesMax;
            outboundBytesMax = from.outboundBytesMax;
            outboundFramesMax = from.outboundFramesMax;
            outboundDeadline = from.outboundDeadline;
            outboundTotalBytesMax = from.outboundTotalBytesMax;
            flightMessages = from.flightMessages;
        }

        private ConnectionLimits limits() {
            return new ConnectionLimits(
                    connectionsMax,
                    perSourceMax,
                    perDeviceMax,
                    halfOpenMax,
                    halfOpenPerSourceMax,
                    handshakeDeadline,
                    setupDeadline,
                    firstChannelDeadline,
                    idleLimits,
                    frameDeadline,
                    payloadBytesMax,
                    outboundBytesMax,
                    outboundFramesMax,
                    outboundDeadline,
                    outboundTotalBytesMax,
                    flightMessages);
        }

        /// Sets [ConnectionLimits#connectionsMax].
        public Change connectionsMax(int value) {
            connectionsMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#perSourceMax].
        public Change perSourceMax(int value) {
            perSourceMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#perDeviceMax].
        public Change perDeviceMax(int value) {
            perDeviceMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#halfOpenMax].
        public Change halfOpenMax(int value) {
            halfOpenMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#halfOpenPerSourceMax].
        public Change halfOpenPerSourceMax(int value) {
            halfOpenPerSourceMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#handshakeDeadline].
        public Change handshakeDeadline(Duration value) {
            handshakeDeadline = value;
            return this;
        }

        /// Sets [ConnectionLimits#setupDeadline].
        public Change setupDeadline(Duration value) {
            setupDeadline = value;
            return this;
        }

        /// Sets [ConnectionLimits#firstChannelDeadline].
        public Change firstChannelDeadline(Duration value) {
            firstChannelDeadline = value;
            return this;
        }

        /// Sets the longest silence on a connection for `subprotocol`, [Duration#ZERO] for none.
        public Change idleLimit(Subprotocol subprotocol, Duration value) {
            idleLimits.put(subprotocol, value);
            return this;
        }

        /// Sets [ConnectionLimits#frameDeadline].
        public Change frameDeadline(Duration value) {
            frameDeadline = value;
            return this;
        }

        /// Sets [ConnectionLimits#payloadBytesMax].
        public Change payloadBytesMax(int value) {
            payloadBytesMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#outboundBytesMax].
        public Change outboundBytesMax(long value) {
            outboundBytesMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#outboundFramesMax].
        public Change outboundFramesMax(int value) {
            outboundFramesMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#outboundDeadline].
        public Change outboundDeadline(Duration value) {
            outboundDeadline = value;
            return this;
        }

        /// Sets [ConnectionLimits#outboundTotalBytesMax].
        public Change outboundTotalBytesMax(long value) {
            outboundTotalBytesMax = value;
            return this;
        }

        /// Sets [ConnectionLimits#flightMessages].
        public Change flightMessages(int value) {
            flightMessages = value;
            return this;
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, is " + value);
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, is " + value);
        }
    }
}
