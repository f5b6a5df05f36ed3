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
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetupConnectionSuccess {
        Range.u16(usedVersion, "usedVersion");
        Range.u32(flags, "flags");
    }
}
