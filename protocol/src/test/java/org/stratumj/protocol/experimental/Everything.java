package org.stratumj.protocol.experimental;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.ExtensionMessage;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.ToServer;
import org.stratumj.protocol.wire.B016M;
import org.stratumj.protocol.wire.B032;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Seq0255;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U24;
import org.stratumj.protocol.wire.U32;
import org.stratumj.protocol.wire.U64;
import org.stratumj.protocol.wire.U8;

/// Every shape of component that the core messages do not use.
@Message(type = 0xff, extension = 0x7fff, channel = true, name = "Experimental.Everything")
record Everything(
        @U32 long channelId,
        @U24 int small,
        @U8 OptionalInt tiny,
        @U24 OptionalInt triple,
        @U64 OptionalLong large,
        @Seq0255 List<Boolean> flags,
        @Seq0255 List<Float> rates,
        @Seq064K List<Str0255> names,
        @Seq0255 List<@B032 Bytes> parts,
        @Seq064K List<@U64 Long> sums,
        @B016M Bytes blob,
        Tlvs tlvs)
        implements ExtensionMessage, ToServer, ToClient, ChannelMessage {

    /// A message within another type, with a rule of its own.
    @Message(type = 0, extension = 0x4000)
    record Even(@U16 int number) implements ExtensionMessage, ToServer {
        Even {
            if (number % 2 != 0) {
                throw new IllegalArgumentException(number + " is odd");
            }
        }
    }

    /// A message without fields.
    @Message(type = 1, extension = 0x4000)
    record Empty() implements ExtensionMessage, ToClient {}
}
