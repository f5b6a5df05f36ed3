package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.TestMiner;
import org.stratumj.channels.TestMiner.Found;
import org.stratumj.channels.TestPool;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.mining.SubmitSharesSuccess;

/// From verdicts to acknowledgements (05 §5.3.13, §5.3.14).
class AcknowledgeTest {
    private final TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, Fixtures.EASY_TARGETS);
    private final ClientChannel channel = pool.openStandard();
    private long nonce;

    @Test
    @Tag("MIN-064")
    @Tag("MIN-067")
    void acknowledgesTenSharesTogether() {
        List<SubmitSharesSuccess> messages = submit(25);

        assertThat(messages).extracting(SubmitSharesSuccess::lastSequenceNumber).containsExactly(9L, 19L);
        assertThat(messages)
                .extracting(SubmitSharesSuccess::newSubmitsAcceptedCount)
                .containsExactly(10L, 10L);
    }

    @Test
    void acknowledgesTheRestAfterAWhile() {
        submit(3);
        pool.pass(Duration.ofMillis(59_999));
        assertThat(pool.server.acknowledgementsDue(pool.now)).isEmpty();
        pool.pass(Duration.ofMillis(1));

        assertThat(pool.server.acknowledgementsDue(pool.now))
                .containsExactly(new SubmitSharesSuccess(channel.id(), 2, 3, 0));
        assertThat(pool.server.acknowledgementsDue(pool.now)).isEmpty();
    }

    @Test
    void acknowledgesNothingThatWasRefused() {
        Found share = TestPool.mine(channel);
        pool.submit(channel, share);
        for (int i = 0; i < 20; i++) {
            assertThat(pool.server.acknowledge(pool.submit(channel, share), pool.now))
                    .isEmpty();
        }
        pool.pass(Duration.ofHours(1));

        assertThat(pool.server.acknowledgementsDue(pool.now)).isEmpty();
    }

    @Test
    void letsTheClientAccountForEveryShare() {
        Found first = TestPool.mine(channel);
        submit(1);
        pool.deliver(pool.submit(channel, first).error().stream().toList());
        pool.deliver(submit(9));

        assertThat(channel.shares().submitted()).isEqualTo(11);
        assertThat(channel.shares().refused()).isEqualTo(1);
        assertThat(channel.shares().accepted()).isEqualTo(10);
        assertThat(channel.shares().pending()).isZero();
    }

    private List<SubmitSharesSuccess> submit(int count) {
        List<SubmitSharesSuccess> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Found share = TestMiner.mine(TestPool.work(channel), nonce, Fixtures.EASY::isMetBy);
            nonce = share.nonce() + 1;
            ShareVerdict verdict = pool.submit(channel, share);
            pool.server.acknowledge(verdict, pool.now).ifPresent(messages::add);
        }
        return messages;
    }
}
