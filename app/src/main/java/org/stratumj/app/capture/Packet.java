package org.stratumj.app.capture;

import java.time.Instant;
import java.util.Optional;

/// One captured packet.
///
/// @param time     when it was captured, if the file says
/// @param linkType what its bytes begin with, a number of the pcap `LINKTYPE` registry
/// @param bytes    what was captured, which may be only the first part; not to be changed
@SuppressWarnings("ArrayRecordComponent") // of this package only, and never compared
record Packet(Optional<Instant> time, int linkType, byte[] bytes) {
    /// Larger packets than any link carries, even joined ones of a network card.
    static final int BYTES_MAX = 1 << 20;
}
