package org.stratumj.service;

import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.farewell;
import static org.stratumj.service.Messages.share;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.stratumj.connection.CloseReason.Local;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.service.RecordingServer.RecordingPeer;

/// A mining server and a mining client that write down what happens, on any network.
abstract class ServiceFixture {
    static final Duration GRACE = Duration.ofSeconds(2);
    static final ReconnectPolicy QUICK = new ReconnectPolicy(Duration.ofMillis(20), Duration.ofMillis(50), 0.5);

    final Authority authority = Authority.fresh();
    final RecordingServer pool = new RecordingServer();
    final RecordingClient miner = new RecordingClient();
    final RecordingListener poolListener = new RecordingListener();
    final RecordingListener minerListener = new RecordingListener();
    TestBed bed;

    abstract TestBed openBed();

    @BeforeEach
    void open() {
        bed = openBed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    Sv2ServerService.Builder server() {
        return Sv2ServerService.builder(bed.network())
                .name("pool")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(authority.server())
                .mining(pool)
                .listener(poolListener);
    }

    Sv2ClientService.Builder client(Sv2ServerService server) {
        return client(server, miner).listener(minerListener);
    }

    Sv2ClientService.Builder client(Sv2ServerService server, RecordingClient handler) {
        return Sv2ClientService.builder(bed.network())
                .name("miner")
                .mining(List.of(endpoint(server)), handler)
                .reconnect(QUICK);
    }

    Endpoint endpoint(Sv2ServerService server) {
        return new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.clients());
    }

    static Sv2ServerService started(Sv2ServerService.Builder builder) throws Sv2ServiceException {
        Sv2ServerService server = builder.build();
        server.start();
        return server;
    }

    static Sv2ClientService started(Sv2ClientService.Builder builder) throws Sv2ServiceException {
        Sv2ClientService client = builder.build();
        client.start();
        return client;
    }

    static Effect<MiningToClient> creditEach(RecordingPeer peer, MiningToServer message) {
        return message instanceof SubmitSharesStandard share
                ? Effect.reply(credit(share.sequenceNumber()))
                : Effect.close(new Local("a farewell: " + farewell(1)));
    }

    static Upstream<MiningToServer> peerOf(RecordingClient client) {
        return client.upstreams.isEmpty() ? null : client.upstreams.getLast();
    }

    static void send(RecordingClient client, MiningToServer message) {
        Upstream<MiningToServer> upstream = peerOf(client);
        upstream.lane().execute(() -> upstream.send(message));
    }
}
