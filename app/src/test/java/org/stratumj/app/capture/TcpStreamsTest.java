package org.stratumj.app.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.capture.Packets.Sender;

/// Goal: whatever the network did to the segments, the stream is the one that was sent, or says what is
/// missing.
class TcpStreamsTest {
    private static final long SEED = Long.getLong("stratumj.seed", 20_261_120L);

    private final List<Received> received = new ArrayList<>();
    private final TcpStreams streams = new TcpStreams(flow -> true, (flow, fromStart) -> {
        var stream = new Received(flow, fromStart);
        received.add(stream);
        return stream;
    });

    @ParameterizedTest
    @ValueSource(ints = {0, -5, Integer.MAX_VALUE - 3, Integer.MIN_VALUE})
    void putsShuffledAndRepeatedSegmentsInOrder(int isn) {
        var random = new Random(SEED);
        var sender = Sender.client(isn);
        var sent = new byte[20_000];
        random.nextBytes(sent);
        var segments = new ArrayList<byte[]>();
        for (int at = 0; at < sent.length; at += 1 + random.nextInt(900)) {
            int length = Math.min(1 + random.nextInt(1_500), sent.length - at); // overlaps the next
            segments.add(sender.data(
                    at, Arrays.copyOfRange(sent, at, at + Math.max(length, Math.min(900, sent.length - at)))));
        }
        segments.addAll(segments.subList(0, segments.size() / 2));
        Collections.shuffle(segments, random);
        add(sender.syn());
        segments.forEach(this::add);
        add(sender.fin(sent.length));
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().bytes()).as("seed %d", SEED).isEqualTo(sent);
        assertThat(received.getFirst().lost).isZero();
        assertThat(received.getFirst().ended).isTrue();
    }

    @Test
    void saysWhatIsMissingAndGoesOnBehindIt() {
        var sender = Sender.client(9);
        add(sender.syn());
        add(sender.data(0, new byte[] {1, 2}));
        add(sender.data(5, new byte[] {6, 7}));
        assertThat(received.getFirst().bytes()).containsExactly(1, 2);
        streams.end();
        assertThat(received.getFirst().bytes()).containsExactly(1, 2, 6, 7);
        assertThat(received.getFirst().lost).isEqualTo(3);
    }

    @Test
    void keepsNoMoreThanSoManyEarlyBytes() {
        var sender = Sender.client(9);
        add(sender.syn());
        var segment = new byte[1_000];
        int at = 1;
        while (received.getFirst().lost == 0) {
            assertThat(at).isLessThan(TcpStream.EARLY_BYTES_MAX);
            add(sender.data(at, segment));
            at += segment.length;
        }
        assertThat(received.getFirst().lost).isEqualTo(1);
        assertThat(at).isGreaterThan(TcpStream.EARLY_BYTES_MAX * 8 / 10);
        assertThat(received.getFirst().bytes()).hasSize(at - 1);
    }

    @Test
    void countsWhatItCostsToKeepTinySegments() {
        var sender = Sender.client(9);
        add(sender.syn());
        for (int i = 0; i < 10_000; i++) {
            add(sender.data(2 + 2 * i, new byte[1]));
        }
        assertThat(received.getFirst().lost).isPositive();
    }

    @Test
    void followsACaptureThatBeganLate() {
        var sender = Sender.server(1_000_000);
        add(sender.data(500, new byte[] {1}));
        add(sender.data(499, new byte[] {9, 1}));
        add(sender.data(501, new byte[] {2}));
        assertThat(received.getFirst().fromStart).isFalse();
        assertThat(received.getFirst().bytes()).containsExactly(1, 2);
    }

    @Test
    void ignoresCopiesThatComeAfterTheEnd() {
        var sender = Sender.client(9);
        add(sender.syn());
        add(sender.data(0, new byte[] {1}));
        add(sender.fin(1));
        add(sender.data(0, new byte[] {1}));
        add(sender.fin(1));
        streams.end();
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().bytes()).containsExactly(1);
    }

    @Test
    void waitsForWhatComesBeforeTheEnd() {
        var sender = Sender.client(9);
        add(sender.syn());
        add(sender.fin(2));
        assertThat(received.getFirst().ended).isFalse();
        add(sender.data(0, new byte[] {1, 2}));
        assertThat(received.getFirst().ended).isTrue();
    }

    @Test
    void beginsAnewWhenThePortsAreUsedAgain() {
        add(Sender.client(9).syn());
        add(Sender.client(9).syn());
        add(Sender.client(9).data(0, new byte[] {1}));
        add(Sender.client(9).rst(1));
        add(Sender.client(77).syn());
        add(Sender.client(77).data(0, new byte[] {2}));
        assertThat(received).hasSize(2);
        assertThat(received.getFirst().bytes()).containsExactly(1);
        assertThat(received.getFirst().ended).isTrue();
        assertThat(received.getLast().bytes()).containsExactly(2);
    }

    @Test
    void followsNoMoreThanSoManyFlows() {
        for (int port = 1; port <= TcpStreams.FLOWS_MAX + 1; port++) {
            add(new Sender(Packets.CLIENT4, Packets.SERVER4, port, 3_333, 0).syn());
        }
        assertThat(received).hasSize(TcpStreams.FLOWS_MAX + 1);
        assertThat(received.stream().filter(stream -> stream.ended)).containsExactly(received.getFirst());
    }

    private void add(byte[] packet) {
        streams.add(Optional.empty(), segment(packet));
    }

    private static Segment segment(byte[] packet) {
        return LinkLayer.segment(new Packet(Optional.empty(), Packets.Link.RAW.type, packet))
                .orElseThrow();
    }

    private static final class Received implements StreamReader {
        private final boolean fromStart;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private long lost;
        private boolean ended;

        Received(Flow flow, boolean fromStart) {
            assertThat(flow.uses(3_333)).isTrue();
            this.fromStart = fromStart;
        }

        byte[] bytes() {
            return content.toByteArray();
        }

        @Override
        public void onBytes(Optional<Instant> time, byte[] bytes, int offset, int length) {
            assertThat(ended).isFalse();
            content.write(bytes, offset, length);
        }

        @Override
        public void onLost(long count) {
            lost += count;
        }

        @Override
        public void onEnd() {
            assertThat(ended).isFalse();
            ended = true;
        }
    }
}
