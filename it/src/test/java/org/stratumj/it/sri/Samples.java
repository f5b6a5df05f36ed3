package org.stratumj.it.sri;

import java.util.List;
import java.util.random.RandomGenerator;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.wire.Bytes;

/// Frames to send.
final class Samples {
    static final MessageRegistry REGISTRY = MessageRegistry.core();

    private static final int TRANSACTION_DATA_BYTES_AROUND_ONE = 8 + 2 + 2 + 3;

    private Samples() {}

    static List<Layout> layouts() {
        return REGISTRY.layouts();
    }

    static Frame share() {
        return REGISTRY.encode(new SubmitSharesExtended(7, 1, 2, 3, 4, 5, Bytes.ofHex("0102030405060708")));
    }

    /// A message of that type as this project encodes it: the payload comes from the layout alone, and goes through the
    /// record and its codec.
    static Frame frame(Layout layout, Length length, RandomGenerator random) {
        return reencoded(frame(layout, payload(layout, length, random)));
    }

    static byte[] payload(Layout layout, Length length, RandomGenerator random) {
        var payload = RandomPayload.of(layout, length, random);
        if (layout.specName().equals("SetupConnection")) {
            payload[0] = (byte) Math.floorMod(payload[0], Subprotocol.values().length);
        }
        return payload;
    }

    static Frame frame(Layout layout, byte[] payload) {
        var header =
                new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
        return new Frame(header, Bytes.of(payload));
    }

    /// The frame of the same message, decoded and encoded by us.
    static Frame reencoded(Frame frame) {
        return REGISTRY.encode(REGISTRY.decode(frame));
    }

    /// A message with a payload of exactly that many bytes.
    static Frame ofPayloadSize(int size, RandomGenerator random) {
        var transaction = new byte[size - TRANSACTION_DATA_BYTES_AROUND_ONE];
        random.nextBytes(transaction);
        return REGISTRY.encode(new RequestTransactionDataSuccess(1, Bytes.EMPTY, List.of(Bytes.of(transaction))));
    }
}
