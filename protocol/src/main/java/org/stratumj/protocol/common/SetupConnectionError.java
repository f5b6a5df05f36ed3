package org.stratumj.protocol.common;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U32;

/// The connection cannot be set up; the server closes it next. Answers [SetupConnection].
///
/// Server → client. Spec: 03 §3.6.3.
///
/// @param flags full set of requested bits the server does not support; 0 = some other cause, U32
/// @param errorCode reason string, STR0_255
@Message(type = 0x02, name = "SetupConnection.Error")
public record SetupConnectionError(@U32 long flags, Str0255 errorCode) implements CommonToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetupConnectionError {
        Range.u32(flags, "flags");
    }
}
