package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.testkit.TestAuthority;

class MinerRoleTest {
    private final SimNetwork network = new SimNetwork(20_261_201);
    private final RecordedEvents events = new RecordedEvents();

    /// Goal: a crew that fails once it is there is reported and ended, and the connection does not wait for it for
    /// good.
    @Test
    void reportsACrewThatFailsOnceItIsThere() throws Exception {
        ScriptedPool pool = new ScriptedPool(network, TestAuthority.fresh());
        pool.start();
        FailingCrew crew = new FailingCrew();
        CompletableFuture<Crew> mustered = new CompletableFuture<>();
        MinerRole role = new MinerRole(
                MinerConfig.of(pool.endpoint()), new RoleContext(network, events, network.clock()), (_, _) -> mustered);
        role.start();
        network.run();
        assertThat(role.status().connections()).isOne();

        mustered.complete(crew);
        network.run();
        assertThat(events.texts()).contains("cannot hash: java.lang.IllegalStateException: no figures");
        assertThat(crew.closed).isTrue();
        assertThat(role.status().connections()).isZero();
        role.shutdown();
        network.run();
        network.close();
    }

    private static final class FailingCrew implements Crew {
        boolean closed;

        @Override
        public List<Hasher> hashers() {
            return List.of();
        }

        @Override
        public double expectedHashesPerSecond() {
            throw new IllegalStateException("no figures");
        }

        @Override
        public double hashesPerSecond() {
            return 0;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
