package org.stratumj.app.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One TCP segment.
///
/// @param sequence the sequence number of its first byte, as 32 bits
/// @param start    whether it opens the connection (SYN); its sequence number is then one before the first
///     byte
/// @param finished whether no byte of its direction follows (FIN)
/// @param reset    whether the connection is gone (RST)
/// @param payload  its bytes as far as they were captured; not to be changed
@SuppressWarnings("ArrayRecordComponent") // of this package only, and never compared
record Segment(Flow flow, int sequence, boolean start, boolean finished, boolean reset, byte[] payload) {
    private static final int HEADER_BYTES_MIN = 20;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;

    /// The segment in `bytes[at, end)`.
    ///
    /// @return null if there is none
    static @Nullable Segment of(LinkLayer.Addresses addresses, byte[] bytes, int at, int end) {
        if (end - at < HEADER_BYTES_MIN) {
            return null;
        }
        int payload = at + ((bytes[at + 12] >> 4) & 0xf) * 4;
        if (payload < at + HEADER_BYTES_MIN || payload > end) {
            return null;
        }
        int flags = bytes[at + 13];
        var flow = new Flow(addresses.from(), LinkLayer.u16(bytes, at), addresses.to(), LinkLayer.u16(bytes, at + 2));
        int sequence = LinkLayer.u16(bytes, at + 4) << 16 | LinkLayer.u16(bytes, at + 6);
        return new Segment(
                flow,
                sequence,
                (flags & SYN) != 0,
                (flags & FIN) != 0,
                (flags & RST) != 0,
                Arrays.copyOfRange(bytes, payload, end));
    }
}
