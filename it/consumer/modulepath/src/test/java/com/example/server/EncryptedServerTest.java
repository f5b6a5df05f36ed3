package com.example.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.miner.HashEngines;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.testkit.ScriptedPeer;
import org.stratumj.testkit.TestAuthority;

/// The libraries as named modules, with the flag for native access that names the one module which needs it.
class EncryptedServerTest {
    @Test
    void everyLibraryIsANamedModule() {
        Set<String> names = ModuleLayer.boot().modules().stream()
                .map(Module::getName)
                .filter(name -> name.startsWith("org.stratumj."))
                .collect(Collectors.toSet());
        assertTrue(
                names.containsAll(Set.of(
                        "org.stratumj.bitcoin",
                        "org.stratumj.channels",
                        "org.stratumj.codec",
                        "org.stratumj.connection",
                        "org.stratumj.json",
                        "org.stratumj.miner",
                        "org.stratumj.node",
                        "org.stratumj.noise",
                        "org.stratumj.protocol",
                        "org.stratumj.service")),
                names.toString());
        assertTrue(HashEngines.best().hashesPerSecond() > 0);
    }

    @Test
    void aClientSetsUpOverNoise() throws Exception {
        TestAuthority authority = TestAuthority.fresh();
        try (TestBed bed = TestBed.sockets();
                var server = EncryptedServer.on(bed.network(), authority.secret(), new Silent())) {
            server.start();
            var client = ScriptedPeer.dial(
                    bed, new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.client()));
            assertEquals(ScriptedPeer.VERSION, client.setUp(Subprotocol.MINING, 0).usedVersion());
            client.close();
        }
    }

    /// Takes everything and answers nothing.
    private static final class Silent implements Sv2MiningServerHandler {
        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
            return message -> Effect.none();
        }
    }
}
