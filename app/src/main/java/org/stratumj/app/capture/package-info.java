/// Packet captures: pcap and pcapng files, the packets in them, and the TCP streams that the packets carry.
/// What the streams contain is not here.
@NullMarked
package org.stratumj.app.capture;

import org.jspecify.annotations.NullMarked;
