package org.stratumj.protocol.common;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U32;

/// The connection is set up. Answers [SetupConnection].
///
/// Server → client. Spec: 03 §3.6.2.
///
/// @param usedVersion chosen version, inside the client range; fixed for the connection, U16
/// @param flags server-side bits for this protocol (own meaning, not an echo), U32
@Message(type = 0x01, name = "SetupConnection.Success")
public record SetupConnectionSuccess(
        @U16 int usedVersion, @U32 long flags) implements CommonToClient {
    /// Mining flag: the server takes no share with another version than its job's. Spec: 05 §5.3.1.
    public static final long MINING_REQUIRES_FIXED_VERSION = 1;

    /// Mining flag: the server refuses standard channels.
    public static final long MINING_REQUIRES_EXTENDED_CHANNELS = 1 << 1;

    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetupConnectionSuccess {
        Range.u16(usedVersion, "usedVersion");
        Range.u32(flags, "flags");
    }
}
