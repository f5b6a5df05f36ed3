package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Script;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.TestMiner.Found;
import org.stratumj.channels.TestPool;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Closing channels (05 §5.3.9).
class CloseChannelTest {
    private final ExtranonceLeases leases = new ExtranonceLeases(3, 1);
    private final TestPool pool = new TestPool(
            Fixtures.startedFactory(),
            MiningFlags.NONE,
            ServerPolicy.DEFAULT.withTargets(Fixtures.EASY_TARGETS),
            leases);

    @Test
    void closesOneChannel() {
        ClientChannel first = pool.openStandard();
        ClientChannel second = pool.openStandard();

        assertThat(pool.server.close(first.id())).extracting(ServerChannel::id).containsExactly(first.id());

        assertThat(pool.server.channels()).extracting(ServerChannel::id).containsExactly(second.id());
    }

    @Test
    @Tag("MIN-056")
    void closesAllMembersOfAGroup() {
        ClientChannel first = pool.openStandard();
        ClientChannel second = pool.openExtended();
        ClientChannel other = pool.openExtended(Payout.to(Script.of(new byte[] {1})));

        assertThat(pool.server.close(first.groupId()))
                .extracting(ServerChannel::id)
                .containsExactly(first.id(), second.id());

        assertThat(pool.server.channels()).extracting(ServerChannel::id).containsExactly(other.id());
    }

    @Test
    void ignoresAnUnknownId() {
        pool.openStandard();

        assertThat(pool.server.close(99)).isEmpty();
        assertThat(pool.server.close(99, ErrorCode.INTERNAL_ERROR)).isEmpty();
        assertThat(pool.server.channels()).hasSize(1);
    }

    @Test
    @Tag("MIN-052")
    void sendsNothingMoreForAClosedChannel() {
        StandardClientChannel channel = pool.openStandard();
        Found share = TestPool.mine(channel);
        ShareVerdict verdict = pool.submit(channel, share);
        pool.server.close(channel.id());

        assertThat(pool.server.acknowledge(verdict, pool.now)).isEmpty();
        assertThat(pool.server.work(pool.factory.onNewTemplate(Fixtures.template(2, false))))
                .isEmpty();
        assertThat(pool.server.retarget(pool.now.plusSeconds(3600))).isEmpty();
        assertThat(pool.server.acknowledgementsDue(pool.now.plusSeconds(3600))).isEmpty();
        assertThat(pool.submit(channel, share).credit()).isEqualTo(new Refused(ErrorCode.INVALID_CHANNEL_ID));
    }

    @Test
    void tellsTheClientWhyTheServerClosesAChannel() {
        ClientChannel channel = pool.openStandard();

        pool.deliver(pool.server.close(channel.id(), ErrorCode.UNKNOWN_USER));

        assertThat(pool.sent).endsWith(new CloseChannel(channel.id(), ErrorCode.UNKNOWN_USER.wire()));
        assertThat(pool.client.channels()).isEmpty();
        assertThat(pool.server.channels()).isEmpty();
    }

    @Test
    void givesTheSearchSpaceBackOnceTheJobsAreStale() {
        pool.openStandard();
        pool.openExtended();
        pool.server.closeAll();

        assertThat(pool.server.channels()).isEmpty();
        assertThat(leases.taken()).isEqualTo(2);
        leases.newTip();
        leases.newTip();
        assertThat(leases.taken()).isZero();
    }

    /// Goal: who opens and closes without end takes a bounded part of the search space, and gets on when that is free.
    @Test
    void openCloseChurnExhaustsItsOwnQuotaOnly() {
        ServerPolicy policy = new ServerPolicy(
                3, Fixtures.EASY_TARGETS, ServerPolicy.DEFAULT.shares(), ServerPolicy.DEFAULT.vardiff());
        TestPool churning = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, policy, leases);
        int most = 3 * ServerChannels.RESTING_PER_CHANNEL_MAX;
        assertThat(churn(churning)).isEqualTo(most);
        assertThat(leases.taken()).isEqualTo(most);
        pool.openStandard();

        churning.newTip(2, 2);
        assertThat(churn(churning)).isZero();
        churning.newTip(3, 3);
        assertThat(churn(churning)).isEqualTo(most);
        churning.newTip(4, 4);
        assertThat(churn(churning)).isZero();
    }

    private static int churn(TestPool pool) {
        for (int opened = 0; ; opened++) {
            List<MiningToClient> answer = pool.server.open(
                    new OpenStandardMiningChannel(1, Str0255.of("churn"), 0, U256.MAX), Fixtures.PAYOUT, pool.now);
            if (answer.getFirst() instanceof OpenMiningChannelError(long _, Str0255 code)) {
                assertThat(code).isEqualTo(ErrorCode.CHANNEL_CAPACITY_EXHAUSTED.wire());
                return opened;
            }
            pool.server.close(pool.server.channels().getFirst().id());
        }
    }

    @Test
    @Tag("MIN-099")
    void takesNoCustomJobs() {
        long id = pool.openExtended().id();

        assertThat(pool.server.refusal(custom(id)))
                .isEqualTo(new SetCustomMiningJobError(id, 7, ErrorCode.JD_NOT_SUPPORTED.wire()));
        assertThat(pool.server.refusal(custom(99)))
                .isEqualTo(new SetCustomMiningJobError(99, 7, ErrorCode.INVALID_CHANNEL_ID.wire()));
    }

    private static SetCustomMiningJob custom(long channelId) {
        return new SetCustomMiningJob(
                channelId, 7, Bytes.EMPTY, 0, U256.ZERO, 0, 0, 2, Bytes.EMPTY, 0, Bytes.EMPTY, 0, List.of());
    }
}
