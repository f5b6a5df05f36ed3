package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// Goal: the same on sockets, with Noise, by as many miners as a small machine can be: they are more than one address
/// could have before.
class ReconnectStormIT {
    private static final int MINERS = 400;

    @Test
    void farmBehindOneAddressIsBack() throws Exception {
        Authority authority = Authority.fresh();
        CountDownLatch up = new CountDownLatch(MINERS);
        try (NettyNetwork network = NettyNetwork.open()) {
            Sv2ServerService server = Sv2ServerService.builder(network)
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .security(authority.server())
                    .mining(new RecordingServer())
                    .build();
            server.start();
            Endpoint pool = new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.clients());
            for (int i = 0; i < MINERS; i++) {
                Sv2ClientService.builder(network)
                        .mining(List.of(pool), new Counting(up))
                        .build()
                        .start();
            }
            assertThat(up.await(150, TimeUnit.SECONDS))
                    .as("%d are not up", up.getCount())
                    .isTrue();
            server.close();
        }
    }

    private record Counting(CountDownLatch up) implements Sv2MiningClientHandler {
        @Override
        public long requestedFlags() {
            return 0;
        }

        @Override
        public long acceptedServerFlags() {
            return 0;
        }

        @Override
        public Effect<MiningToServer> onUp(Upstream<MiningToServer> upstream) {
            up.countDown();
            return Effect.none();
        }

        @Override
        public Effect<MiningToServer> onMessage(MiningToClient message) {
            return Effect.none();
        }
    }
}
