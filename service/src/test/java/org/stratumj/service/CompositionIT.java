package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.mining.MiningToClient;

class CompositionIT extends CompositionContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }

    @Test
    void appThatCannotStartLeavesNothingRunning() throws Exception {
        Sv2ServerService first = server().build();
        Sv2ServerService second = server().mining(new RecordingServer() {
                    @Override
                    public void onStart(ServerContext<MiningToClient> context) {
                        throw new IllegalStateException("no journal");
                    }
                })
                .build();
        Sv2ServerService third = server().build();
        assertThatThrownBy(() -> Sv2App.of(first, second, third).start())
                .isInstanceOf(Sv2ServiceException.class)
                .hasMessage("the handler of MINING cannot start: no journal");
        assertThat(List.of(first.state(), second.state(), third.state()))
                .containsExactly(ServiceState.STOPPED, ServiceState.FAILED, ServiceState.STOPPED);
    }

    @Test
    void aHandlerThatBlocksStallsNobodyElse() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        RecordingServer slow = new RecordingServer() {
            @Override
            public boolean mayBlock() {
                return true;
            }
        };
        slow.answer = (peer, message) -> {
            if (message.equals(share(1))) {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return creditEach(peer, message);
        };
        Sv2ServerService server = started(server().mining(slow));
        RecordingClient blocked = new RecordingClient();
        blocked.onUp = Effect.reply(List.of(share(1), share(2)));
        started(client(server, blocked));
        bed.await(() -> slow.peers.size() == 1 && slow.peers.getFirst().received.equals(List.of(share(1))));
        for (int i = 0; i < 8; i++) { // more than there are lanes
            RecordingClient other = new RecordingClient();
            other.onUp = Effect.reply(share(2));
            started(client(server, other));
            bed.await(() -> other.received.equals(List.of(credit(2))));
        }
        assertThat(blocked.received).isEmpty();
        held.countDown();
        bed.await(() -> blocked.received.equals(List.of(credit(1), credit(2))));
    }
}
