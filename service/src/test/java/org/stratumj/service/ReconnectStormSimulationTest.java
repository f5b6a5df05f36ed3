package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.SimNetwork;

/// Goal: a farm of 5,000 miners behind one address that all dial at once, as after a power cut, is back within a minute
/// with the default limits. Method: virtual time; the turns of a lane are so many that half-open connections pile up.
class ReconnectStormSimulationTest {
    private static final int MINERS = 5_000;

    @Test
    void farmBehindOneAddressIsBackWithinAMinute() throws Exception {
        SimNetwork network = new SimNetwork(5);
        Sv2ServerService server = Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(new ServerSecurity.Plain())
                .mining(new RecordingServer())
                .build();
        server.start();
        Endpoint pool = new Endpoint("127.0.0.1", server.localAddress().getPort(), new ClientSecurity.Plain());
        List<RecordingClient> miners = new ArrayList<>();
        for (int i = 0; i < MINERS; i++) {
            RecordingClient miner = new RecordingClient();
            miners.add(miner);
            new ClientBuilder(network, new Random(i))
                    .mining(List.of(pool), miner)
                    .build()
                    .start();
        }
        network.run();
        assertThat(server.peers()).as("the storm was one").hasSizeLessThan(MINERS);
        network.advance(Duration.ofSeconds(50)); // no channel is opened here, which ends a connection after a minute
        assertThat(server.peers()).hasSize(MINERS);
        assertThat(miners).allSatisfy(miner -> assertThat(miner.events).containsExactly("up"));
    }
}
