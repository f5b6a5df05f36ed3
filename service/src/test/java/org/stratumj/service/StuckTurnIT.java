package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.sim.TestBed;

/// Goal: a handler that does not come back is named while it holds its lane. Method: one that waits until it was
/// reported; without a report the test runs into its time limit.
class StuckTurnIT extends ServiceFixture {
    private record Stuck(ConnectionId connection, Duration soFar, List<StackTraceElement> stack) {}

    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }

    @Test
    void namesTheConnectionAndShowsWhatItsThreadDoes() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        BlockingQueue<Stuck> reports = new LinkedBlockingQueue<>();
        RecordingMetrics metrics = new RecordingMetrics();
        pool.answer = (peer, message) -> {
            waitFor(reported);
            return Effect.reply(credit(1));
        };
        miner.onUp = Effect.reply(share(1));
        try (Sv2ServerService server = started(server().metrics(metrics).listener(new ServiceListener() {
                    @Override
                    public void onStuckTurn(ConnectionId connection, Duration soFar, List<StackTraceElement> stack) {
                        reports.add(new Stuck(connection, soFar, stack));
                        reported.countDown();
                    }
                }));
                Sv2ClientService client = started(client(server))) {
            bed.await(() -> !miner.received.isEmpty());
            Stuck report = reports.take();
            assertThat(report.connection())
                    .isEqualTo(pool.peers.getFirst().downstream.info().id());
            assertThat(report.soFar()).isGreaterThanOrEqualTo(TurnWatch.STUCK_MIN);
            assertThat(report.stack())
                    .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("waitFor"));
            assertThat(reports).isEmpty();
            assertThat(metrics.outcomes).containsEntry("stuck", 1).containsEntry("slow", 1);
            assertThat(client.state()).isEqualTo(ServiceState.READY);
        }
    }

    private static void waitFor(CountDownLatch reported) {
        try {
            reported.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
