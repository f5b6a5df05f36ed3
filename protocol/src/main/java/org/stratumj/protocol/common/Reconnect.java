package org.stratumj.protocol.common;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U16;

/// The client is to leave and connect to another place. It concerns the connection, so a proxy does not relay
/// it.
///
/// Server → client. Spec: 03 §3.6.5.
///
/// @param newHost empty = same host, STR0_255
/// @param newPort 0 = same port, U16
@Message(type = 0x04)
public record Reconnect(Str0255 newHost, @U16 int newPort) implements CommonToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public Reconnect {
        Range.u16(newPort, "newPort");
    }
}
