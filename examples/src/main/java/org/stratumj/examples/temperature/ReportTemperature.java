package org.stratumj.examples.temperature;

import java.util.List;
import java.util.OptionalInt;
import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.ExtensionMessage;
import org.stratumj.protocol.ToServer;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq0255;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U32;

/// How hot a miner is.
///
/// Client → server.
///
/// @param channelId the channel it is about, U32
/// @param boards    tenths of a kelvin, one for each board, `SEQ0_255[U16]`
/// @param ambient   tenths of a kelvin around the miner, if it has a sensor for that, `OPTION[U16]`
/// @param note      anything the operator should read, STR0_255
@Message(type = 0x01, extension = ReportTemperature.EXTENSION, channel = true)
public record ReportTemperature(
        @U32 long channelId,
        @Seq0255 List<@U16 Integer> boards,
        @U16 OptionalInt ambient,
        Str0255 note) implements ExtensionMessage, ToServer, ChannelMessage {
    /// The extension's number, of those that are free for experiments.
    public static final int EXTENSION = ExtensionType.EXPERIMENTAL_MIN + 0x77;

    /// @throws IllegalArgumentException if a value is outside the range of its type
    public ReportTemperature {
        Range.u32(channelId, "channelId");
        boards = Range.seq0255(boards, Range::u16, "boards");
        Range.u16(ambient, "ambient");
    }
}
