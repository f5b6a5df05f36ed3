package org.stratumj.connection;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.stratumj.codec.FrameLimits;
import org.stratumj.protocol.MessageCodec;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.ToServer;
import org.stratumj.protocol.common.MessageCodecs;
import org.stratumj.protocol.layout.Layout;

/// How large a frame may be that one end takes, by what it expects at that moment: a miner cannot make a pool
/// set memory aside for the transactions of a block, nor anybody for more than a SetupConnection before it is
/// set up.
final class ExpectedFrames {
    /// The largest payload of anything but the setup messages before the connection is set up.
    static final int EARLY_PAYLOAD_BYTES_MAX = 1024;

    static final ExpectedFrames AT_SERVER = new ExpectedFrames(ToServer.class);
    static final ExpectedFrames AT_CLIENT = new ExpectedFrames(ToClient.class);

    private final FrameLimits beforeSetup;
    private final Map<Subprotocol, FrameLimits> bySubprotocol = new EnumMap<>(Subprotocol.class);

    private ExpectedFrames(Class<?> direction) {
        beforeSetup = FrameLimits.of(layouts(direction, MessageCodecs.all()))
                .withOtherPayloadBytesMax(EARLY_PAYLOAD_BYTES_MAX);
        for (Subprotocol subprotocol : Subprotocol.values()) {
            bySubprotocol.put(subprotocol, FrameLimits.of(layouts(direction, codecs(subprotocol))));
        }
    }

    FrameLimits beforeSetup() {
        return beforeSetup;
    }

    /// @param payloadBytesMax the configured bound, in force beside those of the message types
    FrameLimits of(Subprotocol subprotocol, int payloadBytesMax) {
        FrameLimits limits = bySubprotocol.get(subprotocol);
        if (limits == null) {
            throw new IllegalStateException("no limits for " + subprotocol);
        }
        return limits.withPayloadBytesMax(payloadBytesMax);
    }

    private static List<MessageCodec<?>> codecs(Subprotocol subprotocol) {
        List<MessageCodec<?>> codecs = new ArrayList<>(MessageCodecs.all());
        codecs.addAll(org.stratumj.protocol.extension.negotiation.MessageCodecs.all());
        codecs.addAll(
                switch (subprotocol) {
                    case MINING -> org.stratumj.protocol.mining.MessageCodecs.all();
                    case JOB_DECLARATION -> org.stratumj.protocol.jobdeclaration.MessageCodecs.all();
                    case TEMPLATE_DISTRIBUTION -> org.stratumj.protocol.template.MessageCodecs.all();
                });
        return codecs;
    }

    private static List<Layout> layouts(Class<?> direction, List<MessageCodec<?>> codecs) {
        return codecs.stream()
                .filter(codec -> direction.isAssignableFrom(codec.messageClass()))
                .<Layout>map(MessageCodec::layout)
                .toList();
    }
}
