package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.PeerInfo;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.mining.SubmitSharesStandard;

/// How services behave, on any network.
@Timeout(60)
abstract class ServiceContract {
    final Authority authority = Authority.fresh();
    final RecordingServer pool = new RecordingServer();
    final RecordingClient miner = new RecordingClient();
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

    @Test
    void carriesMessagesBothWaysAndEndsInOrder() throws Exception {
        pool.answer = (peer, message) -> Effect.reply(credit(((SubmitSharesStandard) message).sequenceNumber()));
        miner.onUp = Effect.reply(List.of(share(7), share(8)));
        Sv2ServerService server = server().build();
        server.start();
        Sv2ClientService client = client(server).build();
        client.start();
        bed.await(() -> miner.received.size() == 2);

        assertThat(miner.received).containsExactly(credit(7), credit(8));
        assertThat(client.isUp(Subprotocol.MINING)).isTrue();
        assertThat(client.isUp(Subprotocol.JOB_DECLARATION)).isFalse();
        assertThat(server.peers()).extracting(PeerInfo::vendor).containsExactly("stratumj");

        server.shutdown(Duration.ofSeconds(2));
        assertThat(bed.await(server.whenTerminated())).isEqualTo(new ShutdownReport(1, 0));
        bed.await(() -> miner.downs.size() == 1);
        client.shutdown(Duration.ofSeconds(2));
        bed.await(client.whenTerminated());

        assertThat(pool.events).containsExactly("start", "stop");
        assertThat(pool.peers).hasSize(1);
        assertThat(pool.peers.getFirst().events).containsExactly("open", "close");
        assertThat(miner.events).containsExactly("up", "down");
        assertThat(server.state()).isEqualTo(ServiceState.STOPPED);
        assertThat(server.peers()).isEmpty();
        assertThat(client.isUp(Subprotocol.MINING)).isFalse();
    }

    Sv2ServerService.Builder server() {
        return Sv2ServerService.builder(bed.network())
                .name("pool")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(authority.server())
                .mining(pool);
    }

    Sv2ClientService.Builder client(Sv2ServerService server) {
        return Sv2ClientService.builder(bed.network()).name("miner").mining(List.of(endpoint(server)), miner);
    }

    Endpoint endpoint(Sv2ServerService server) {
        return new Endpoint("127.0.0.1", server.localAddress().getPort(), authority.clients());
    }
}
