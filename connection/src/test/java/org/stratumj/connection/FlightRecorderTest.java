package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobTokenSuccess;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.wire.Bytes;

class FlightRecorderTest {
    private final SimNetwork network = new SimNetwork(3);
    private final Lane lane = network.newLane();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 64})
    void remembersTheLastOnes(int max) {
        FlightRecorder recorder = new FlightRecorder(lane, max);
        for (int i = 0; i < 3 * max + 1; i++) {
            recorder.sent(frame(share(i)));
            int from = Math.max(0, i + 1 - max);
            Flight flight = recorder.flight();
            assertThat(flight.earlier()).isEqualTo(from);
            assertThat(flight.entries()).hasSize(i + 1 - from);
            assertThat(flight.entries().getFirst().numbers()).isEqualTo("channel 3, sequence number " + from);
            assertThat(flight.entries().getLast().numbers()).isEqualTo("channel 3, sequence number " + i);
        }
        assertThat(recorder.capacity()).isEqualTo(max);
    }

    @Test
    void remembersNothingIfItShallNot() {
        FlightRecorder recorder = new FlightRecorder(lane, 0);
        recorder.sent(frame(share(1)));
        received(recorder, share(1));
        assertThat(recorder.flight()).isEqualTo(Flight.EMPTY);
        assertThat(recorder.capacity()).isZero();
    }

    @Test
    void setsAsideLittleForWhoSaysLittle() {
        FlightRecorder recorder = new FlightRecorder(lane, 1 << 16);
        assertThat(recorder.capacity()).isZero();
        for (int i = 0; i < FlightRecorder.MESSAGES_MIN; i++) {
            recorder.sent(frame(share(i)));
        }
        assertThat(recorder.capacity()).isEqualTo(FlightRecorder.MESSAGES_MIN);
    }

    @Test
    void tellsDirectionTimeNameSizeAndNumbers() {
        FlightRecorder recorder = new FlightRecorder(lane, 64);
        network.advance(Duration.ofSeconds(5));
        received(recorder, share(0xffff_ffffL));
        network.advance(Duration.ofDays(100));
        recorder.sent(frame(new UnknownMessage(0x4321, true, 0x99, Bytes.of(new byte[9]))));

        assertThat(recorder.flight().entries())
                .containsExactly(
                        new Flight.Entry(
                                true,
                                Duration.ofSeconds(5),
                                "SubmitSharesStandard",
                                24,
                                "channel 3, sequence number 4294967295"),
                        new Flight.Entry(
                                false, Duration.ofDays(100).plusSeconds(5), "type 0x99 of extension 0x4321", 9, ""));
        assertThat(recorder.flight().toString().lines())
                .containsExactly(
                        "",
                        "    5.000000 s in  SubmitSharesStandard, 24 bytes, channel 3, sequence number 4294967295",
                        "8640005.000000 s out type 0x99 of extension 0x4321, 9 bytes");
    }

    @Test
    void remembersNoTokenAndNothingOfExtensions() {
        FlightRecorder recorder = new FlightRecorder(lane, 64);
        Bytes token = Bytes.of("SECRETTOKEN".getBytes(StandardCharsets.US_ASCII));
        recorder.sent(frame(new AllocateMiningJobTokenSuccess(7, token, Bytes.EMPTY)));
        received(recorder, new RequestExtensions(513, List.of(2, 3)));

        assertThat(recorder.flight().entries().get(0).numbers()).isEqualTo("request id 7");
        assertThat(recorder.flight().entries().get(1).numbers()).isEmpty();
        assertThat(recorder.flight().toString()).doesNotContain("SECRET");
    }

    /// A frame may be shorter than its type asks for: it is remembered, and then refused.
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 7, 8})
    void remembersFramesThatAreCutShort(int length) {
        FlightRecorder recorder = new FlightRecorder(lane, 64);
        Frame whole = frame(share(17));
        FrameHeader header = new FrameHeader(0, true, whole.header().messageType(), length);
        recorder.received(header, whole.payload().slice(0, length).bytes(), 0);

        Flight.Entry entry = recorder.flight().entries().getFirst();
        assertThat(entry.payloadBytes()).isEqualTo(length);
        assertThat(entry.numbers())
                .isEqualTo(length < 4 ? "" : length < 8 ? "channel 3" : "channel 3, sequence number 17");
    }

    private static void received(FlightRecorder recorder, Sv2Message message) {
        Frame frame = frame(message);
        byte[] bytes = frame.bytes();
        recorder.received(frame.header(), bytes, FrameHeader.SIZE);
    }

    private static Frame frame(Sv2Message message) {
        return MessageRegistry.core().encode(message);
    }

    private static SubmitSharesStandard share(long number) {
        return new SubmitSharesStandard(3, number, 1, 2, 3, 4);
    }
}
