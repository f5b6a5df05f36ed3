package com.example.pool;

import java.util.List;
import java.util.OptionalInt;
import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.ExtensionMessage;
import org.stratumj.protocol.ToServer;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Seq0255;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U32;

/// The message of README.md.
@Message(type = 0x01, extension = ReportTemperature.EXTENSION, channel = true)
public record ReportTemperature(
        @U32 long channelId,
        @Seq0255 List<@U16 Integer> boards,
        @U16 OptionalInt ambient,
        Str0255 note) implements ExtensionMessage, ToServer, ChannelMessage {
    static final int EXTENSION = ExtensionType.EXPERIMENTAL_MIN + 0x77;
}
