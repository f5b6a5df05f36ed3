package org.stratumj.examples;

import java.util.List;
import org.stratumj.protocol.ExtensionMessage;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq064K;
import org.stratumj.protocol.wire.U24;
import org.stratumj.protocol.wire.U256;

/// Answers a [Ping].
///
/// Server → client.
///
/// @param hashes anything, `SEQ0_64K[U256]`
/// @param id     of the ping, U24
@Message(type = 0x02, extension = Ping.EXTENSION)
public record Pong(@Seq064K List<U256> hashes, @U24 int id) implements ExtensionMessage, ToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public Pong {
        hashes = Range.seq064k(hashes, "hashes");
        Range.u24(id, "id");
    }
}
