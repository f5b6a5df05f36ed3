package org.stratumj.examples;

import org.stratumj.protocol.ExtensionMessage;
import org.stratumj.protocol.ToServer;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U24;

/// Asks for a [Pong].
///
/// Client → server.
///
/// @param text anything, STR0_255
/// @param id   the same as in the answer, U24
@Message(type = 0x01, extension = Ping.EXTENSION)
public record Ping(Str0255 text, @U24 int id) implements ExtensionMessage, ToServer {
    /// The extension's number, of those that are free for experiments.
    public static final int EXTENSION = ExtensionType.EXPERIMENTAL_MIN + 0x78;

    /// @throws IllegalArgumentException if a value is outside the range of its type
    public Ping {
        Range.u24(id, "id");
    }
}
