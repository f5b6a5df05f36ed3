package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.ExtensionsRefused;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.ChannelEndpointChanged;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsSuccess;

/// Goal: how long a client waits for the answer to RequestExtensions, on virtual time, and what it does with silence.
class NegotiationTimeTest {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final ExtensionPolicy WANTS_2 = ExtensionPolicy.supporting(2);
    private static final ExtensionPolicy REQUIRES_2 = new ExtensionPolicy(Set.of(2), Set.of(2));

    private final SimNetwork network = new SimNetwork(7);
    private final SimBed bed = new SimBed(network);
    private final RecordingHandler client = new RecordingHandler();
    private ConnectionLimits limits = ConnectionLimits.defaults()
            .with(change -> change.handshakeDeadline(Duration.ofSeconds(20)).setupDeadline(Duration.ofSeconds(30)));

    @Test
    @Tag("NEG-010")
    @Tag("NEG-012")
    void goesOnWithoutExtensionsAfterFiveSecondsOfSilence() {
        ScriptedServer server = dial(WANTS_2);
        network.advance(Duration.ofSeconds(5).minus(TICK));
        assertThat(client.events).isEmpty();
        network.advance(TICK);

        assertThat(client.events).containsExactly("open");
        assertThat(client.connection.extensions()).isEmpty();
        server.send(new RequestExtensionsSuccess(1, List.of(2))); // too late to count
        network.run();
        assertThat(client.connection.extensions()).isEmpty();
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    @Tag("NEG-012")
    void waitsFiveTimesAsLongAsSetupConnectionTookOnASlowWay() {
        waits(Duration.ofMillis(1300), Duration.ofMillis(6500));
    }

    @Test
    void neverWaitsLongerThanTheSetupDeadline() {
        waits(Duration.ofSeconds(9), Duration.ofSeconds(30));
    }

    private void waits(Duration setup, Duration wait) {
        ScriptedServer server = ScriptedServer.on(bed);
        server.setUp = List.of();
        bed.await(new Dialer(network, limits).dial(server.endpoint(), offer(WANTS_2), client));
        network.run();
        network.advance(setup);
        server.send(new SetupConnectionSuccess(2, 0));
        network.run();
        network.advance(wait.minus(TICK));
        assertThat(client.events).isEmpty();
        network.advance(TICK);
        assertThat(client.events).containsExactly("open");
    }

    @Test
    @Tag("NEG-012")
    void leavesASilentServerIfAnExtensionIsRequired() {
        dial(REQUIRES_2);
        network.advance(Duration.ofSeconds(5));

        assertThat(client.events).containsExactly("closed");
        assertThat(client.closed)
                .isEqualTo(new ExtensionsRefused("the server did not answer RequestExtensions within 5000 ms, and these"
                        + " extensions are required here: 0x0002"));
    }

    @Test
    void waitsAsLongWhenItAsksAgainAndKeepsTheIdleLimit() {
        limits = limits.with(change -> change.idleLimit(Subprotocol.MINING, Duration.ofSeconds(10)));
        ScriptedServer server = dial(REQUIRES_2);
        server.send(new RequestExtensionsSuccess(1, List.of(2)));
        network.run();
        assertThat(client.isOpen()).isTrue();

        server.send(new ChannelEndpointChanged(1));
        network.run();
        network.advance(Duration.ofMillis(500));
        server.send(new RequestExtensionsSuccess(2, List.of(2)));
        network.run();
        network.advance(Duration.ofSeconds(9));
        assertThat(client.connection.extensions()).containsExactly(2);
        network.advance(Duration.ofSeconds(1));
        assertThat(client.closed.text()).isEqualTo("any message not done within 10000 ms");
    }

    @Test
    void closedConnectionWaitsForNothing() {
        ScriptedServer server = dial(REQUIRES_2);
        server.close();
        network.run();
        CloseReason reason = client.closed;
        network.advance(Duration.ofMinutes(1));

        assertThat(client.closed).isSameAs(reason);
        assertThat(client.events).containsExactly("closed");
    }

    private ScriptedServer dial(ExtensionPolicy wanted) {
        ScriptedServer server = ScriptedServer.on(bed);
        bed.await(new Dialer(network, limits).dial(server.endpoint(), offer(wanted), client));
        network.run();
        assertThat(server.received).last().isEqualTo(new RequestExtensions(1, List.of(2)));
        return server;
    }

    private static SetupOffer offer(ExtensionPolicy wanted) {
        return new SetupOffer(Setups.mining(), 0, wanted);
    }
}
