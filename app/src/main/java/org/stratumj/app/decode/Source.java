package org.stratumj.app.decode;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.stratumj.app.capture.Capture;
import org.stratumj.app.capture.CaptureException;
import org.stratumj.app.capture.Flow;
import org.stratumj.app.capture.TcpStreams;
import org.stratumj.app.cli.UsageException;

/// Bytes to decode, told apart by how they begin: a capture, hexadecimal digits, or frames themselves.
record Source(InputStream in) implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 << 10;
    /// So many printable characters are no accident.
    private static final int START_BYTES = 64;

    static Source of(InputStream in) {
        return new Source(new BufferedInputStream(in));
    }

    static Source ofHex(List<String> words) {
        return of(new ByteArrayInputStream(String.join(" ", words).getBytes(StandardCharsets.UTF_8)));
    }

    /// @throws UsageException if there is no such file
    static Source ofFile(Path file) throws IOException {
        try {
            return of(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new UsageException("--file " + file + ": no such file", e);
        }
    }

    /// Reads to the end.
    ///
    /// @param ports the ports to look at in a capture; empty for all
    void read(List<Integer> ports, Report report) throws IOException {
        var start = start();
        if (Capture.isCapture(start)) {
            readCapture(ports, report);
        } else if (!ports.isEmpty()) {
            throw new UsageException("--ports chooses streams of a capture, and this input is none");
        } else {
            readFrames(HexInput.isText(start) ? new HexInput(in) : in, report);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] start() throws IOException {
        in.mark(START_BYTES);
        var start = in.readNBytes(START_BYTES);
        in.reset();
        return start;
    }

    private void readCapture(List<Integer> ports, Report report) throws IOException {
        var streams = new TcpStreams(
                flow -> ports.isEmpty() || ports.stream().anyMatch(flow::uses),
                (flow, fromStart) -> FrameStream.ofPackets(name(flow), fromStart, report));
        try {
            Capture.read(in, streams);
        } catch (CaptureException e) {
            report.problem(new Place("", Optional.empty(), 0), "error: " + e.getMessage());
        }
    }

    private static String name(Flow flow) {
        return flow.source() + " > " + flow.destination();
    }

    private static void readFrames(InputStream bytes, Report report) throws IOException {
        var stream = FrameStream.of(report);
        var chunk = new byte[CHUNK_BYTES];
        try {
            for (int length = bytes.read(chunk); length >= 0; length = bytes.read(chunk)) {
                stream.onBytes(Optional.empty(), chunk, 0, length);
            }
        } catch (HexInput.NoHexException e) {
            report.problem(new Place("", Optional.empty(), 0), "error: " + e.getMessage());
        }
        stream.onEnd();
    }
}
