package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.SlowConsumer;
import org.stratumj.connection.CloseReason.SlowConsumer.Unit;
import org.stratumj.connection.sim.SimNetwork;

class OutboxTest {
    private final SimNetwork network = new SimNetwork(1);
    private final StubPipe pipe = new StubPipe(network.newLane());
    private final List<Long> reports = new ArrayList<>();
    private final Outbox outbox = new Outbox(pipe, 10, 3, reports::add);

    @Test
    void flushesOnceAtTheEndOfTheTurn() {
        outbox.offer(new byte[3]);
        outbox.offer(new byte[3]);
        assertThat(pipe.flushes).isZero();
        network.run();
        assertThat(pipe.flushes).isEqualTo(1);
        assertThat(pipe.written.size()).isEqualTo(6);
    }

    @Test
    void flushesOnceAtTheEndOfABurst() {
        outbox.burstBegins();
        outbox.offer(new byte[3]);
        network.run();
        outbox.burstBegins();
        outbox.offer(new byte[3]);
        assertThat(pipe.flushes).isZero();
        outbox.burstEnds();
        network.run();
        assertThat(pipe.flushes).isEqualTo(1);
    }

    @Test
    void flushesNothingWithoutNeed() {
        outbox.burstBegins();
        outbox.burstEnds();
        outbox.flush();
        assertThat(pipe.flushes).isZero();
    }

    @Test
    void reportsWhatWaitsAfterAFlushWhenItChanges() {
        outbox.offer(new byte[3]);
        assertThat(reports).isEmpty();
        network.run();
        assertThat(reports).containsExactly(3L);

        pipe.queuedBytes = 2;
        outbox.taken();
        outbox.taken();
        assertThat(reports).containsExactly(3L, 2L);

        outbox.offer(new byte[3]);
        pipe.queuedBytes = 0; // all of it is taken with the flush
        outbox.taken();
        network.run();
        assertThat(reports).containsExactly(3L, 2L, 0L);
    }

    @Test
    void reportsNothingForAPeerThatReads() {
        outbox.offer(new byte[3]);
        pipe.queuedBytes = 0;
        network.run();
        assertThat(pipe.flushes).isEqualTo(1);
        assertThat(reports).isEmpty();
    }

    @Test
    void takesAsManyFramesAsAreAllowed() {
        for (int i = 0; i < 3; i++) {
            assertThat(outbox.offer(new byte[1])).isTrue();
        }
        assertThat(outbox.offer(new byte[1])).isFalse();
        assertThat(outbox.overflow()).isEqualTo(new SlowConsumer(3, 3, Unit.FRAMES));
        assertThat(pipe.written.size()).isEqualTo(3);

        pipe.queuedWrites = 2;
        assertThat(outbox.offer(new byte[1])).isTrue();
    }

    @Test
    void takesFramesUntilTheBoundIsReached() {
        assertThat(outbox.offer(new byte[9])).isTrue();
        assertThat(outbox.offer(new byte[5])).isTrue();
        assertThat(outbox.offer(new byte[1])).isFalse();
        assertThat(pipe.written.size()).isEqualTo(14);

        pipe.queuedBytes = 10;
        assertThat(outbox.offer(new byte[1])).isFalse();
        assertThat(outbox.overflow()).isEqualTo(new SlowConsumer(10, 10, Unit.BYTES));
        pipe.queuedBytes = 9;
        assertThat(outbox.offer(new byte[1])).isTrue();
    }
}
