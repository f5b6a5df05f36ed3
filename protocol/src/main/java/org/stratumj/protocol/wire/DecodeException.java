package org.stratumj.protocol.wire;

import java.io.Serial;

/// Bytes from a peer that are not what the specification says they are.
///
/// The peer's encoder cannot be trusted any further, so the receiver ends the connection. Only where
/// [Reason#breaksFraming()] says no could the next frame still be found. Spec: 03 §3.1 and §3.2.
public final class DecodeException extends RuntimeException {
    /// What was wrong with the bytes.
    public enum Reason {
        /// The payload ended inside a field.
        TRUNCATED(false),
        /// A length prefix is larger than its type allows, as 33 in a B0_32.
        LENGTH_ABOVE_MAX(false),
        /// An `OPTION[T]` announced more than one value.
        OPTION_COUNT_ABOVE_ONE(false),
        /// An F32 is not a number, infinite or negative.
        FLOAT_OUT_OF_RANGE(false),
        /// The record's own rules refuse the values.
        VALUE_REFUSED(false),
        /// A TLV field does not fit its limit.
        TLV_TOO_LONG(false),
        /// The header announces a payload above the receiver's limit.
        FRAME_TOO_LONG(true);

        private final boolean breaksFraming;

        Reason(boolean breaksFraming) {
            this.breaksFraming = breaksFraming;
        }

        /// Whether the start of the next frame is lost too.
        public boolean breaksFraming() {
            return breaksFraming;
        }
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String messageName;
    private final String field;
    private final int offset;

    /// An error in a field.
    ///
    /// @param messageName the message's name in the specification
    /// @param field       the field's name in the specification
    /// @param offset      the byte in the payload at which the field begins
    /// @param detail      what was found and what is allowed
    public DecodeException(Reason reason, String messageName, String field, int offset, String detail) {
        super(messageName + "." + field + " at byte " + offset + ": " + detail);
        this.reason = reason;
        this.messageName = messageName;
        this.field = field;
        this.offset = offset;
    }

    /// What was wrong.
    public Reason reason() {
        return reason;
    }

    /// The message's name in the specification.
    public String messageName() {
        return messageName;
    }

    /// The field's name in the specification.
    public String field() {
        return field;
    }

    /// The byte in the payload at which the field begins, 0 being the first.
    public int offset() {
        return offset;
    }
}
