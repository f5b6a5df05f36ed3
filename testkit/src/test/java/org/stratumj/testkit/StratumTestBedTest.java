package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.wire.Str0255;

final class StratumTestBedTest {
    @RegisterExtension
    final StratumTestBed bed = StratumTestBed.simulated();

    @Test
    void givesASimulation() {
        assertThat(bed.network()).isSameAs(bed.simulation());
        assertThat(bed.simulation().toString()).isEqualTo("simulation with seed " + bed.seed());
    }

    @Test
    void showsSeedAndConversationsWithAFailure() {
        ScriptedServer server = ScriptedPeer.listen(bed, new ServerSecurity.Plain());
        ScriptedPeer client = ScriptedPeer.dial(bed, server.endpoint());
        client.send(new CloseChannel(7, Str0255.of("enough")));
        server.accept().expect(CloseChannel.class);
        AssertionError failure = new AssertionError("as planned");
        assertThat(catchThrowable(() -> bed.handleTestExecutionException(null, failure)))
                .isSameAs(failure);
        assertThat(failure.getSuppressed()[0])
                .hasMessageContaining("-Dstratumj.seed=" + bed.seed())
                .message()
                .containsSubsequence("client of 127.0.0.1", "──▶ CloseChannel", "server of", "◀── CloseChannel");
    }

    @Test
    void hasNoVirtualTimeOnSockets() {
        StratumTestBed sockets = StratumTestBed.sockets();
        sockets.beforeEach(null);
        assertThatIllegalStateException().isThrownBy(sockets::simulation);
        sockets.afterEach(null);
    }
}
