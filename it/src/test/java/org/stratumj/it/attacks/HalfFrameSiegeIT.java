package org.stratumj.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: ten thousand peers that are set up, each announce a frame of 16 MiB and stop, cost a server next to
/// nothing and are gone after the deadline. Method: real sockets from this process to a server in another,
/// which says what it holds after a collection, before and during. With fewer file descriptors there are fewer
/// peers.
class HalfFrameSiegeIT {
    private static final int PEERS_WANTED = 10_000;
    private static final long BYTES_MAX = 64 << 20;
    private static final int FRAME_DEADLINE_MILLIS = 10_000;

    /// Connections on their way at a time, below what the system queues for a listener.
    private static final int BATCH = 250;

    private final List<Besieger> besiegers = new ArrayList<>();
    private BesiegedProcess server;

    @AfterEach
    void lift() throws IOException {
        for (Besieger besieger : besiegers) {
            besieger.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "noise"})
    void tenThousandHalfFramesCostNextToNothingAndEnd(String security) throws Exception {
        int peers = BesiegedProcess.peers(PEERS_WANTED);
        server = BesiegedProcess.start(security, peers + 100, FRAME_DEADLINE_MILLIS);
        InetSocketAddress address = server.address();
        besiegers.addAll(Besieger.connect(address, security, 1)); // loads what one connection needs
        server.awaitPeers(1);
        long before = server.ask("memory");

        for (int made = 0; made < peers; made += BATCH) {
            besiegers.addAll(Besieger.connect(address, security, Math.min(BATCH, peers - made)));
        }
        server.awaitPeers(1 + peers);
        for (Besieger besieger : besiegers) {
            besieger.sendHalfAFrame();
        }
        long all = 0;
        for (int i = 0; i < 3; i++) {
            all = Math.max(all, server.ask("memory") - before);
            assertThat(server.ask("peers")).isEqualTo(1 + peers);
        }
        System.out.printf(
                "%d peers with half a frame, %s: %.1f MiB in all, %d bytes each%n",
                peers, security, all / (double) (1 << 20), all / peers);
        assertThat(all).isLessThan(BYTES_MAX);

        besiegers.addAll(Besieger.connect(address, security, 1));
        server.awaitPeers(2 + peers);
        server.awaitPeers(1);
        assertThat(server.ask("half-frames")).isEqualTo(1 + peers);
    }
}
