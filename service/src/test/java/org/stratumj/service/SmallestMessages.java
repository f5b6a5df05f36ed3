package org.stratumj.service;

import java.util.List;
import java.util.stream.Stream;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.DecodeException;

/// Each message of the core as its shortest payload of zeros makes it.
final class SmallestMessages {
    private static final int PAYLOAD_BYTES_MAX = 400;

    private SmallestMessages() {}

    static List<Sv2Message> all() {
        return MessageRegistry.core().layouts().stream()
                .map(SmallestMessages::smallest)
                .toList();
    }

    /// Those that are an `M`.
    static <M> Stream<M> of(Class<M> type) {
        return all().stream().filter(type::isInstance).map(type::cast);
    }

    private static Sv2Message smallest(Layout layout) {
        for (int length = 0; length < PAYLOAD_BYTES_MAX; length++) {
            try {
                return MessageRegistry.core()
                        .decode(
                                new FrameHeader(
                                        layout.extensionType(), layout.channelMessage(), layout.messageType(), length),
                                new byte[length],
                                0,
                                length);
            } catch (DecodeException e) {
                // one byte more
            }
        }
        throw new AssertionError("no zeros are a " + layout);
    }
}
