package org.stratumj.app.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// A packet capture, classic pcap or pcapng.
public final class Capture {
    /// How many bytes at its start tell whether a file is a capture.
    public static final int MAGIC_BYTES = 4;

    private Capture() {}

    /// Whether a file that begins with these bytes is a capture.
    ///
    /// @param start at least [#MAGIC_BYTES] bytes, or fewer if the file is shorter
    public static boolean isCapture(byte[] start) {
        if (start.length < MAGIC_BYTES) {
            return false;
        }
        int magic = ByteBuffer.wrap(start).getInt();
        return PcapngFile.isSection(magic) || PcapFile.isMagic(magic);
    }

    /// Reads a capture to its end and follows the TCP streams in it.
    ///
    /// @throws CaptureException if it is no capture, or damaged; what came before has been delivered
    /// @throws IOException      if reading fails
    public static void read(InputStream in, TcpStreams streams) throws IOException {
        try {
            packets(in, packet -> LinkLayer.segment(packet).ifPresent(segment -> streams.add(packet.time(), segment)));
        } finally {
            streams.end();
        }
    }

    private static void packets(InputStream in, Consumer<Packet> packets) throws IOException {
        var input = new CaptureInput(new BufferedInputStream(in, 1 << 16));
        int magic = input.take(MAGIC_BYTES).getInt();
        if (PcapngFile.isSection(magic)) {
            new PcapngFile(input, packets).read();
        } else if (PcapFile.isMagic(magic)) {
            PcapFile.read(magic, input, packets);
        } else {
            throw new CaptureException(0, "neither pcap nor pcapng");
        }
    }
}
