package org.stratumj.examples.temperature;

import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.ExtensionMessage;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;

/// A report of temperatures was understood.
///
/// Server → client.
///
/// @param channelId        the channel it is about, U32
/// @param nextReportWithin seconds in which the next one is expected, U32
@Message(type = 0x02, extension = ReportTemperature.EXTENSION, channel = true, name = "ReportTemperature.Success")
public record ReportTemperatureSuccess(
        @U32 long channelId, @U32 long nextReportWithin) implements ExtensionMessage, ToClient, ChannelMessage {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public ReportTemperatureSuccess {
        Range.u32(channelId, "channelId");
        Range.u32(nextReportWithin, "nextReportWithin");
    }
}
