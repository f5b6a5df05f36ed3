package org.stratumj.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void findsDifferentPortsOutsideThoseOfClients() {
        List<Integer> ports = FreePorts.find(20, RandomGenerator.getDefault());
        assertThat(ports).hasSize(20).doesNotHaveDuplicates().allMatch(port -> port >= 20_000 && port < 30_000);
    }

    @Test
    void passesOverAPortThatIsTaken() throws IOException {
        int taken = FreePorts.find(1, RandomGenerator.getDefault()).getFirst();
        try (ServerSocket _ = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.find(1, drawing(taken, taken + 1, taken + 2, taken + 3)))
                    .doesNotContain(taken);
        }
    }

    /// Draws these ports in turn.
    private static RandomGenerator drawing(int... ports) {
        return new RandomGenerator() {
            private int next;

            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int nextInt(int bound) {
                return ports[next++ % ports.length] - FreePorts.LOWEST;
            }
        };
    }
}
