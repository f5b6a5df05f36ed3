package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.mining.CloseChannel;

@ParameterizedClass(name = "seed {0}")
@ValueSource(longs = {1, 2, 3, 20261120})
final class ScriptedPeerSimulationTest extends ScriptedPeerContract {
    @Parameter
    private long seed;

    @Override
    TestBed openBed() {
        return TestBed.simulated(seed);
    }

    @Test
    void complainsOfSilence() {
        try (TestBed bed = openBed()) {
            ScriptedServer server = ScriptedPeer.listen(bed, new ServerSecurity.Plain());
            assertThatThrownBy(server::accept)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("but nobody came");
            ScriptedPeer client = ScriptedPeer.dial(bed, server.endpoint());
            assertThatThrownBy(() -> client.expect(CloseChannel.class))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("expected CloseChannel, but nothing came")
                    .hasMessageContaining("said nothing yet");
        }
    }
}
