package org.stratumj.connection;

import java.time.Duration;
import java.util.Locale;

/// Why a connection ended. [#text] is one line for a log, safe to print.
public sealed interface CloseReason {

    /// One plain line without control characters, that names the thing and where possible what to do.
    String text();

    /// Whether a rule was broken, by the peer or by our own code: then what went before is of interest, which
    /// [Connection#flight] tells.
    default boolean isFault() {
        return this instanceof ProtocolViolation || this instanceof HandlerFailed;
    }

    /// What kind of reason it is, as a stable name for counters: `remote`, `protocol-violation`.
    default String kind() {
        return switch (this) {
            case Local _ -> "local";
            case Remote _ -> "remote";
            case NetworkFailed _ -> "network-failed";
            case HandshakeFailed _ -> "handshake-failed";
            case DeadlineMissed _ -> "deadline-missed";
            case SetupRefused _ -> "setup-refused";
            case ExtensionsRefused _ -> "extensions-refused";
            case ProtocolViolation _ -> "protocol-violation";
            case SlowConsumer _ -> "slow-consumer";
            case TooManyConnections _ -> "too-many-connections";
            case HandlerFailed _ -> "handler-failed";
        };
    }

    /// We closed it in order: shutdown, `Reconnect`, a handler's wish.
    record Local(String text) implements CloseReason {
        /// Makes `text` safe to print.
        public Local {
            text = OneLine.of(text);
        }
    }

    /// The peer closed it.
    record Remote() implements CloseReason {
        @Override
        public String text() {
            return "closed by the peer";
        }
    }

    /// The network failed under it, or it could not be dialled.
    record NetworkFailed(String text) implements CloseReason {
        /// Makes `text` safe to print.
        public NetworkFailed {
            text = OneLine.of(text);
        }
    }

    /// The Noise handshake did not succeed; `text` says which check failed and what to do.
    record HandshakeFailed(String text) implements CloseReason {
        /// Makes `text` safe to print.
        public HandshakeFailed {
            text = OneLine.of(text);
        }
    }

    /// A step was not done in its time.
    record DeadlineMissed(Step step, Duration limit) implements CloseReason {
        @Override
        public String text() {
            return step.text() + " not done within " + limit.toMillis() + " ms";
        }
    }

    /// SetupConnection was refused, by us or by the peer, with this error code.
    ///
    /// @param errorCode the code, made safe to print
    /// @param flags     requested bits that the server does not support, U32
    /// @param advice    what the operator of a client can do about it; may be empty
    record SetupRefused(String errorCode, long flags, String advice) implements CloseReason {
        /// Makes the texts safe to print.
        public SetupRefused {
            errorCode = OneLine.of(errorCode);
            advice = OneLine.of(advice);
        }

        /// Without advice.
        public SetupRefused(String errorCode, long flags) {
            this(errorCode, flags, "");
        }

        @Override
        public String text() {
            return "SetupConnection refused: " + errorCode
                    + (flags == 0 ? "" : ", flags 0x" + Long.toHexString(flags))
                    + (advice.isEmpty() ? "" : "; " + advice);
        }
    }

    /// The two ends could not agree on extensions that one of them requires; `text` says which.
    record ExtensionsRefused(String text) implements CloseReason {
        /// Makes `text` safe to print.
        public ExtensionsRefused {
            text = OneLine.of(text);
        }
    }

    /// The peer sent bytes that are no frame or message, or a legal message at a moment where it is not.
    record ProtocolViolation(String text) implements CloseReason {
        /// Makes `text` safe to print.
        public ProtocolViolation {
            text = OneLine.of(text);
        }
    }

    /// The peer did not take what was sent to it fast enough.
    ///
    /// @param queued what waited for it
    /// @param limit  [ConnectionLimits#outboundBytesMax], [ConnectionLimits#outboundFramesMax] or
    ///     [ConnectionLimits#outboundTotalBytesMax]
    /// @param unit   of both
    record SlowConsumer(long queued, long limit, Unit unit) implements CloseReason {
        /// What is counted.
        public enum Unit {
            /// Bytes of frames.
            BYTES,
            /// Frames.
            FRAMES,
            /// Bytes of frames; the limit is one for all connections of a listener, of which this had the longest
            /// queue.
            BYTES_OF_ALL
        }

        @Override
        public String text() {
            return switch (unit) {
                case BYTES, FRAMES ->
                    "too slow: " + queued + " " + unit.name().toLowerCase(Locale.ROOT) + " queued, limit " + limit;
                case BYTES_OF_ALL ->
                    "too slow: " + queued + " bytes queued, the longest queue, and more than " + limit
                            + " bytes on all connections";
            };
        }
    }

    /// A limit on connections was reached; `text` says which.
    record TooManyConnections(String text) implements CloseReason {
        /// Makes `text` safe to print.
        public TooManyConnections {
            text = OneLine.of(text);
        }
    }

    /// Our own code failed while serving it.
    record HandlerFailed(Throwable cause) implements CloseReason {
        @Override
        public String text() {
            return OneLine.of("internal error: " + cause);
        }
    }

    /// What a deadline waits for.
    enum Step {
        /// The Noise handshake.
        HANDSHAKE("Noise handshake"),
        /// SetupConnection and its answer.
        SETUP("SetupConnection"),
        /// The first channel of a mining connection.
        FIRST_CHANNEL("first channel"),
        /// The rest of a frame that has begun.
        FRAME("frame"),
        /// Any of the bytes that wait for the peer.
        OUTBOUND("reading any of what was sent"),
        /// Bytes in either direction.
        ACTIVITY("any message");

        private final String text;

        Step(String text) {
            this.text = text;
        }

        /// The step in words.
        public String text() {
            return text;
        }
    }
}
