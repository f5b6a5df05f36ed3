package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.Subprotocol;

/// Goal: the flight recorder of the JVM shows what became of connections and services. Method: record, let it happen,
/// read the file.
class JfrSimulationTest {
    private final SimNetwork network = new SimNetwork(8);
    private final Authority authority = Authority.fresh();
    private final RecordingServer pool = new RecordingServer();
    private final RecordingClient miner = new RecordingClient();
    private final RecordingListener listener = new RecordingListener();
    private Sv2ServerService server;
    private Sv2ClientService client;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void showsTheLifeOfAConnection() throws Exception {
        pool.answer = (peer, message) -> Effect.reply(credit(1));
        miner.onUp = Effect.reply(share(1));
        List<RecordedEvent> events = recorded(() -> !miner.received.isEmpty());
        long id = pool.peers.getFirst().downstream.info().id().value();
        RecordedEvent life = only(events, "org.stratumj.Connection", id);
        assertThat(life.getString("reason")).isEqualTo("local");
        assertThat(life.getString("detail")).isEqualTo("the server is shutting down");
        assertThat(life.getString("remote")).startsWith("10.0.0.1:");
        assertThat(life.getLong("messagesIn")).isEqualTo(2);
        assertThat(life.getLong("messagesOut")).isEqualTo(2);
        assertThat(life.getLong("bytesIn")).isPositive();
        assertThat(life.getLong("bytesOut")).isPositive();
        assertThat(life.getDuration()).isPositive();
        assertThat(only(events, "org.stratumj.Handshake", id).getBoolean("succeeded"))
                .isTrue();
        assertThat(events)
                .filteredOn(event -> named(event, "org.stratumj.UpstreamUp"))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("service")).isEqualTo("jfr miner"));
        assertThat(events)
                .filteredOn(event -> named(event, "org.stratumj.ServiceState")
                        && event.getString("service").equals("jfr pool"))
                .extracting(event -> event.getString("state"))
                .containsExactly("STARTING", "READY", "DRAINING", "STOPPED");
    }

    @Test
    void showsWhyOneIsRefusedOrSentAway() throws Exception {
        pool.supportedFlags = 0;
        miner.requestedFlags = 1;
        List<RecordedEvent> events = recorded(() -> !listener.downs.isEmpty());
        assertThat(events)
                .filteredOn(event -> named(event, "org.stratumj.SetupRefused"))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.getString("code")).isEqualTo("unsupported-feature-flags");
                    assertThat(event.getLong("flags")).isEqualTo(1);
                });
        assertThat(events)
                .filteredOn(event -> named(event, "org.stratumj.UpstreamDown"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getString("subprotocol")).isEqualTo("MINING"));
    }

    @Test
    void showsViolationsAndSlowTurns() throws Exception {
        pool.answer = (peer, message) -> {
            network.spend(Duration.ofMillis(50));
            return Effect.close(new CloseReason.ProtocolViolation("sequence number 1 again"));
        };
        miner.onUp = Effect.reply(share(1));
        List<RecordedEvent> events = recorded(() -> !pool.peers.isEmpty() && pool.peers.getFirst().closed != null);
        long id = pool.peers.getFirst().downstream.info().id().value();
        assertThat(only(events, "org.stratumj.Violation", id).getString("text")).isEqualTo("sequence number 1 again");
        assertThat(only(events, "org.stratumj.SlowTurn", id).getDuration("took"))
                .isEqualTo(Duration.ofMillis(50));
    }

    /// Nothing is kept of a connection while nobody records, so its beginning is not known.
    @Test
    void showsTheEndOfAConnectionThatIsOlderThanTheRecording() throws Exception {
        pool.answer = (peer, message) -> Effect.reply(credit(1));
        miner.onUp = Effect.reply(share(1));
        start();
        network.runUntil(() -> !miner.received.isEmpty());
        List<RecordedEvent> events = recorded(this::stop);
        long id = pool.peers.getFirst().downstream.info().id().value();
        RecordedEvent life = only(events, "org.stratumj.Connection", id);
        assertThat(life.getString("detail")).isEqualTo("the server is shutting down");
        assertThat(life.getLong("messagesIn")).isEqualTo(2);
        assertThat(life.getDuration()).isZero();
        assertThat(events).noneMatch(event -> named(event, "org.stratumj.Handshake"));
    }

    /// Runs both services while the recorder does.
    private List<RecordedEvent> recorded(BooleanSupplier enough) throws Sv2ServiceException, IOException {
        return recorded(() -> {
            start();
            network.runUntil(enough);
            stop();
        });
    }

    private interface Happening {
        void happen() throws Sv2ServiceException;
    }

    private List<RecordedEvent> recorded(Happening happening) throws Sv2ServiceException, IOException {
        try (Recording recording = new Recording()) {
            for (String name : List.of(
                    "Connection",
                    "Handshake",
                    "SetupRefused",
                    "Violation",
                    "ServiceState",
                    "UpstreamUp",
                    "UpstreamDown",
                    "SlowTurn")) {
                recording.enable("org.stratumj." + name).withoutThreshold();
            }
            recording.start();
            happening.happen();
            recording.stop();
            Path file = directory.resolve("recording.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        }
    }

    private void start() throws Sv2ServiceException {
        server = Sv2ServerService.builder(network)
                .name("jfr pool")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(authority.server())
                .mining(pool)
                .build();
        server.start();
        client = Sv2ClientService.builder(network)
                .name("jfr miner")
                .mining(List.of(new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.clients())), miner)
                .listener(listener)
                .build();
        client.start();
    }

    private void stop() {
        server.shutdown(Duration.ofSeconds(1));
        network.runUntil(() -> server.state() == ServiceState.STOPPED);
        client.shutdown(Duration.ofSeconds(1));
        network.runUntil(() -> client.state() == ServiceState.STOPPED && !client.isUp(Subprotocol.MINING));
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name, long connection) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> named(event, name) && event.getLong("connection") == connection)
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static boolean named(RecordedEvent event, String name) {
        return event.getEventType().getName().equals(name);
    }
}
