package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.wire.Bytes;

/// Goal: a meter is told of every frame and byte, and the flight recorder of every end. Method: a raw peer, whose bytes
/// the test knows.
class ObservationSimulationTest {
    private static final ConnectionLimits LIMITS = ConnectionLimits.defaults();

    private final TestBed bed = TestBed.simulated(5);
    private final RecordingMeter meter = new RecordingMeter();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void countsEachFrameAndByteOfAPlainConnection() {
        Listening listening = listening(new ServerSecurity.Plain());
        RawPeer peer = RawPeer.dial(bed, listening.port());
        UnknownMessage odd = new UnknownMessage(0x4567, false, 0x10, Bytes.of(new byte[3]));
        peer.send(Setups.mining());
        peer.send(odd);
        bed.await(
                () -> !listening.accepted.isEmpty() && listening.only().received.size() == 1);
        bed.await(() -> !peer.messages().isEmpty());
        assertThat(meter.received).containsExactly("0 0", "17767 16");
        assertThat(meter.receivedBytes).isEqualTo(size(Setups.mining()) + 6 + 3);
        assertThat(meter.sent).containsExactly("0 1 " + peer.received().length);
        assertThat(meter.handshakes).isZero();
        assertThat(meter.setups).isEqualTo(1);
    }

    @Test
    void countsEncryptedBytesWithoutTheHandshake() {
        Keys keys = Keys.fresh();
        Listening listening = listening(keys.server());
        RecordingHandler client = new RecordingHandler();
        RecordingMeter other = new RecordingMeter();
        client.meter = other;
        Endpoint endpoint = new Endpoint("127.0.0.1", listening.port(), keys.client());
        bed.await(new Dialer(bed.network(), LIMITS).dial(endpoint, Setups.offer(Setups.mining()), client));
        bed.await(client::isOpen);
        assertThat(meter.receivedBytes)
                .as("header and payload, each with a MAC")
                .isEqualTo(size(Setups.mining()) + 2 * 16)
                .isEqualTo(other.sentBytes);
        assertThat(meter.handshakes).isEqualTo(1);
        assertThat(other.handshakes).isEqualTo(1);
        assertThat(other.setups).isEqualTo(1);
    }

    @Test
    void theFlightRecorderTellsHowEachEnded() throws Exception {
        Listening listening = listening(new ServerSecurity.Plain());
        Listening encrypted = listening(Keys.fresh().server());
        try (Recording recording = new Recording()) {
            for (String name : List.of("Connection", "Handshake", "SetupRefused", "Violation")) {
                recording.enable("org.stratumj." + name).withoutThreshold();
            }
            recording.start();
            RawPeer broken = RawPeer.dial(bed, listening.port());
            broken.send(Setups.mining());
            broken.send(Setups.mining());
            bed.await(() -> !listening.accepted.isEmpty() && listening.only().closed != null);
            RawPeer old = RawPeer.dial(bed, listening.port());
            old.send(Setups.of(0, 1, 1, 0));
            bed.await(() -> listening.accepted.size() == 2 && listening.accepted.getLast().closed != null);
            RawPeer gone = RawPeer.dial(bed, encrypted.port());
            gone.close();
            bed.await(() -> !encrypted.accepted.isEmpty() && encrypted.only().closed != null);
            recording.stop();
            Path file = directory.resolve("recording.jfr");
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file);
            long first = listening.only().connection.id().value();
            assertThat(of(events, "Violation"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getLong("connection")).isEqualTo(first))
                    .satisfies(event -> assertThat(event.getString("text"))
                            .isEqualTo(listening.only().closed.text()));
            assertThat(of(events, "SetupRefused"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("code")).isEqualTo("protocol-version-mismatch"));
            assertThat(of(events, "Handshake"))
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.getBoolean("succeeded")).isFalse());
            assertThat(of(events, "Connection"))
                    .extracting(event -> event.getString("reason"))
                    .containsExactly(
                            "protocol-violation",
                            "setup-refused",
                            encrypted.only().closed.kind());
            assertThat(of(events, "Connection").getFirst().getLong("messagesIn"))
                    .isEqualTo(2);
            assertThat(of(events, "Connection").getFirst().getLong("bytesIn")).isEqualTo(2L * size(Setups.mining()));
        }
    }

    private Listening listening(ServerSecurity security) {
        Listening listening = Listening.on(bed, security, LIMITS);
        listening.handlers = () -> {
            RecordingHandler handler = new RecordingHandler();
            handler.meter = meter;
            return handler;
        };
        return listening;
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("org.stratumj." + name))
                .toList();
    }

    private static int size(Sv2Message message) {
        return MessageRegistry.core().encode(message).size();
    }

    private static final class RecordingMeter implements Meter {
        private final List<String> received = new ArrayList<>();
        private final List<String> sent = new ArrayList<>();
        private long receivedBytes;
        private long sentBytes;
        private int handshakes;
        private int setups;

        @Override
        public void received(int extensionType, int messageType) {
            received.add(extensionType + " " + messageType);
        }

        @Override
        public void receivedBytes(int bytes) {
            receivedBytes += bytes;
        }

        @Override
        public void sent(int extensionType, int messageType, int bytes) {
            sent.add(extensionType + " " + messageType + " " + bytes);
            sentBytes += bytes;
        }

        @Override
        public void handshakeTook(long nanos) {
            handshakes++;
        }

        @Override
        public void setupTook(long nanos) {
            setups++;
        }
    }
}
