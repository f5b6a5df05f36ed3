package org.stratumj.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.FieldType.Scalar;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;

/// Remembers the last messages of one connection, each as six numbers in a ring; what they mean is put into words when
/// somebody asks. Lane only.
///
/// Of a payload only the U32 fields at its beginning are kept, which are ids and counters: no token, no identity, no
/// transaction and nothing of an extension is remembered.
///
/// ```text
/// time in ns (2) │ direction, extension, type │ payload bytes │ first U32 │ second U32
/// ```
final class FlightRecorder {
    /// What is set aside with the first message; a connection that has more to tell gets more, up to its bound.
    static final int MESSAGES_MIN = 8;

    private static final int WORDS = 6;
    private static final int NUMBERS_MAX = 2;
    private static final int RECEIVED = 1 << 31;
    private static final byte[] NUMBERS_OF = numbers();

    private final Lane lane;
    private final int messagesMax;
    private final long begun;
    private int[] words = {};
    private long recorded;

    /// @param messagesMax how many are remembered; 0 for none
    FlightRecorder(Lane lane, int messagesMax) {
        this.lane = lane;
        this.messagesMax = messagesMax;
        this.begun = lane.nanoTime();
    }

    void received(FrameHeader header, byte[] payload, int offset) {
        if (messagesMax > 0) {
            int numbers = numbersOf(header);
            int entry = next(header, RECEIVED);
            for (int i = 0; i < numbers; i++) {
                words[entry + i] = u32(payload, offset + Integer.BYTES * i);
            }
        }
    }

    void sent(Frame frame) {
        if (messagesMax > 0) {
            int numbers = numbersOf(frame.header());
            int entry = next(frame.header(), 0);
            for (int i = 0; i < numbers; i++) {
                words[entry + i] = u32(frame.payload(), Integer.BYTES * i);
            }
        }
    }

    /// The messages of which something is remembered.
    Flight flight() {
        long first = Math.max(0, recorded - messagesMax);
        List<Flight.Entry> entries = new ArrayList<>();
        for (long i = first; i < recorded; i++) {
            entries.add(entry(slot(i)));
        }
        return new Flight(entries, first);
    }

    /// How many messages there is room for at present.
    int capacity() {
        return words.length / WORDS;
    }

    /// Begins an entry.
    ///
    /// @return where its numbers go
    private int next(FrameHeader header, int direction) {
        if (recorded == capacity() && recorded < messagesMax) {
            int capacity = Math.clamp(2L * capacity(), Math.min(MESSAGES_MIN, messagesMax), messagesMax);
            words = Arrays.copyOf(words, capacity * WORDS);
        }
        int at = slot(recorded++);
        long time = lane.nanoTime() - begun;
        words[at] = (int) (time >> 32);
        words[at + 1] = (int) time;
        words[at + 2] = direction | header.extensionType() << 8 | header.messageType();
        words[at + 3] = header.payloadLength();
        words[at + 4] = 0;
        words[at + 5] = 0;
        return at + 4;
    }

    private int slot(long message) {
        return (int) (message % messagesMax) * WORDS;
    }

    private Flight.Entry entry(int at) {
        long time = (long) words[at] << 32 | Integer.toUnsignedLong(words[at + 1]);
        int extensionType = (words[at + 2] & ~RECEIVED) >> 8;
        int messageType = words[at + 2] & 0xff;
        Optional<Layout> layout = MessageRegistry.core().layout(extensionType, messageType);
        int payloadBytes = words[at + 3];
        return new Flight.Entry(
                (words[at + 2] & RECEIVED) != 0,
                Duration.ofNanos(time),
                layout.map(Layout::specName)
                        .orElseGet(() -> "type 0x%02x of extension 0x%04x".formatted(messageType, extensionType)),
                payloadBytes,
                layout.map(known -> numbers(known, payloadBytes, at + 4)).orElse(""));
    }

    private String numbers(Layout layout, int payloadBytes, int at) {
        List<String> numbers = new ArrayList<>();
        int count = Math.min(numbersOf(layout), payloadBytes / Integer.BYTES);
        for (int i = 0; i < count; i++) {
            String name = layout.fields().get(i).specName();
            numbers.add(words(name) + " " + Integer.toUnsignedString(words[at + i]));
        }
        return String.join(", ", numbers);
    }

    private static String words(String specName) {
        return specName.equals("channel_id") ? "channel" : specName.replace('_', ' ');
    }

    private static int numbersOf(FrameHeader header) {
        return header.extensionType() == 0
                ? Math.min(NUMBERS_OF[header.messageType()], header.payloadLength() / Integer.BYTES)
                : 0;
    }

    private static int numbersOf(Layout layout) {
        return layout.extensionType() == 0 ? NUMBERS_OF[layout.messageType()] : 0;
    }

    /// By message type of the core protocol: how many U32 fields it begins with, as far as they are kept.
    private static byte[] numbers() {
        byte[] numbers = new byte[256];
        for (Layout layout : MessageRegistry.core().layouts()) {
            if (layout.extensionType() == 0) {
                numbers[layout.messageType()] = (byte) layout.fields().stream()
                        .limit(NUMBERS_MAX)
                        .takeWhile(field -> field.type() == Scalar.U32)
                        .count();
            }
        }
        return numbers;
    }

    private static int u32(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    private static int u32(Bytes bytes, int at) {
        return bytes.at(at) | bytes.at(at + 1) << 8 | bytes.at(at + 2) << 16 | bytes.at(at + 3) << 24;
    }
}
