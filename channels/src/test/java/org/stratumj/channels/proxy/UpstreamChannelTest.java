package org.stratumj.channels.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.TestMiner;
import org.stratumj.channels.TestMiner.Found;
import org.stratumj.channels.TestPool;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;

/// A pool, a proxy on one extended channel of it, and miners behind the proxy: what they find has to count at the
/// pool.
class UpstreamChannelTest {
    /// The pool wants harder shares than the proxy does.
    private static final TargetPolicy UPSTREAM_TARGETS =
            new TargetPolicy(6, Fixtures.HARDER, Fixtures.HARDER, 1e22, Duration.ofSeconds(5));

    private static final long MIN_N_TIME = Fixtures.NOW.getEpochSecond();

    private final TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, UPSTREAM_TARGETS);
    private final ExtendedClientChannel channel = pool.openExtended();
    private final UpstreamChannel upstream = new UpstreamChannel(channel, 2, 0);
    private final ServerChannels local;
    private final ClientChannels miners = new ClientChannels(MiningFlags.NONE);

    UpstreamChannelTest() {
        feed();
        local = new ServerChannels(
                ServerPolicy.DEFAULT.withTargets(Fixtures.EASY_TARGETS),
                MiningFlags.NONE,
                new ExtranonceLeases(2, 1),
                upstream.work());
    }

    @Test
    @Tag("MIN-008")
    void splitsTheUpstreamExtranonce() {
        ExtendedClientChannel extended = openExtended();
        StandardClientChannel standard = openStandard();

        Bytes prefix = channel.extranoncePrefix();
        assertThat(extended.extranoncePrefix()).isEqualTo(prefix.concat(Bytes.ofHex("0001")));
        assertThat(extended.extranonceSize()).isEqualTo(6);
        assertThat(standard.extranoncePrefix()).isEqualTo(prefix.concat(Bytes.ofHex("0002000000000000")));
    }

    @ParameterizedTest
    @Tag("MIN-009")
    @ValueSource(booleans = {true, false})
    void forwardsSharesThatCountUpstream(boolean standard) {
        ClientChannel miner = standard ? openStandard() : openExtended();
        Found share = TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy);

        ShareVerdict here = submit(miner, share);
        SubmitSharesExtended forwarded = upstream.forward(here, Tlvs.NONE).orElseThrow();
        ShareVerdict there = pool.server.submit(forwarded, pool.now);

        assertThat(here.credit()).isInstanceOf(Credited.class);
        assertThat(there.credit())
                .isEqualTo(new Credited(Fixtures.HARDER.difficulty().value()));
        assertThat(there.solution().map(Solution::hash)).contains(share.hash());
        assertThat(channel.shares().submitted()).isEqualTo(1);
    }

    @Test
    void keepsSharesThatCountOnlyHere() {
        ClientChannel miner = openExtended();
        Found share = TestMiner.mine(
                TestPool.work(miner), 0, hash -> Fixtures.EASY.isMetBy(hash) && !Fixtures.HARDER.isMetBy(hash));

        ShareVerdict here = submit(miner, share);

        assertThat(here.credit()).isInstanceOf(Credited.class);
        assertThat(upstream.forward(here, Tlvs.NONE)).isEmpty();
    }

    @Test
    void forwardsNothingThatWasRefusedHere() {
        ClientChannel miner = openStandard();
        Found share = TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy);
        submit(miner, share);

        assertThat(upstream.forward(submit(miner, share), Tlvs.NONE)).isEmpty();
    }

    @Test
    @Tag("MIN-009")
    @Tag("MIN-079")
    void passesOnBetterJobsFutureJobsAndTips() {
        ClientChannel standard = openStandard();
        ClientChannel extended = openExtended();

        pool.betterTemplate(2);
        feedMiners();
        assertCountsUpstream(standard);
        pool.futureTemplate(3);
        feedMiners();
        pool.newTip(3, 2, Fixtures.IMPOSSIBLE);
        feedMiners();

        assertThat(TestPool.work(standard).tip().prevHash())
                .isEqualTo(Hash256.of(Fixtures.hash(1002).bytes()));
        assertCountsUpstream(standard);
        assertCountsUpstream(extended);
    }

    @Test
    void passesOnATipThatNamesAnOlderFutureJob() {
        ClientChannel miner = openExtended();
        MiningToClient older = future(50);
        MiningToClient newer = future(51);
        deliverUpstream(older);
        deliverUpstream(newer);

        deliverUpstream(new SetNewPrevHash(
                channel.id(), 50, Fixtures.hash(9), Fixtures.NOW.getEpochSecond(), Fixtures.HARDER.toCompact()));

        assertThat(TestPool.work(miner).tip().prevHash())
                .isEqualTo(Hash256.of(Fixtures.hash(9).bytes()));
        Found share = TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy);
        assertThat(upstream.forward(submit(miner, share), Tlvs.NONE)
                        .orElseThrow()
                        .jobId())
                .isEqualTo(50);
    }

    /// An upstream that starts each job at its own clock refuses shares with the times of the job before.
    @ParameterizedTest
    @Tag("MIN-072")
    @ValueSource(booleans = {true, false})
    void startsAJobAtTheTimeTheUpstreamStartsIt(boolean standard) {
        ClientChannel miner = standard ? openStandard() : openExtended();
        long before = TestPool.work(miner).nTimeStart();

        deliverUpstream(active(40, before + 90));

        assertThat(TestPool.work(miner).nTimeStart()).isEqualTo(before + 90);
        assertThat(submit(miner, mineAt(miner, before + 89)).credit()).isEqualTo(new Refused(ErrorCode.INVALID_SHARE));
        assertThat(submit(miner, mineAt(miner, before + 90)).credit()).isInstanceOf(Credited.class);
    }

    @Test
    @Tag("MIN-072")
    void startsAJobAtItsOwnTimeOnChannelsThatOpenLater() {
        long before = upstream.work().tip().orElseThrow().minNTime();
        deliverUpstream(active(40, before + 90));

        for (ClientChannel miner : List.of(openStandard(), openExtended())) {
            assertThat(TestPool.work(miner).nTimeStart()).isEqualTo(before + 90);
            assertThat(submit(miner, mineAt(miner, before + 89)).credit())
                    .isEqualTo(new Refused(ErrorCode.INVALID_SHARE));
        }
    }

    /// A miner that did not take the messages in between gets the job as a future job and the tip at once.
    @Test
    @Tag("MIN-072")
    void startsAJobAtItsOwnTimeWhereTheTipWasSkipped() {
        ClientChannel miner = openExtended();
        pool.deliver(List.of(
                future(41),
                new SetNewPrevHash(channel.id(), 41, Fixtures.hash(9), MIN_N_TIME, Fixtures.HARDER.toCompact()),
                active(42, MIN_N_TIME + 90)));
        feedMiners();

        assertThat(TestPool.work(miner).nTimeStart()).isEqualTo(MIN_N_TIME + 90);
        assertThat(submit(miner, mineAt(miner, MIN_N_TIME + 89)).credit())
                .isEqualTo(new Refused(ErrorCode.INVALID_SHARE));
    }

    @Test
    void startsAFutureJobAtTheTimeOfItsTip() {
        ClientChannel miner = openExtended();
        deliverUpstream(active(40, MIN_N_TIME + 500));
        deliverUpstream(future(41));
        deliverUpstream(
                new SetNewPrevHash(channel.id(), 41, Fixtures.hash(9), MIN_N_TIME, Fixtures.HARDER.toCompact()));

        assertThat(TestPool.work(miner).nTimeStart()).isEqualTo(MIN_N_TIME);
        assertThat(submit(miner, mineAt(miner, MIN_N_TIME)).credit()).isInstanceOf(Credited.class);
    }

    @Test
    void forwardsABlockThoughItIsStaleOnBothSides() {
        pool.futureTemplate(9);
        pool.newTip(9, 9, Fixtures.HARDER);
        feedMiners();
        ClientChannel miner = openStandard();
        Found block = TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy);
        pool.newTip(2, 2);
        feedMiners();

        ShareVerdict here = submit(miner, block);

        assertThat(here.credit()).isEqualTo(new Refused(ErrorCode.STALE_SHARE));
        assertThat(here.isBlock()).isTrue();
        SubmitSharesExtended forwarded = upstream.forward(here, Tlvs.NONE).orElseThrow();
        assertThat(pool.server.submit(forwarded, pool.now).block().map(Solution::hash))
                .contains(block.hash());
    }

    @Test
    void forwardsNoStaleShareThatIsNoBlock() {
        deliverUpstream(future(60));
        deliverUpstream(new SetNewPrevHash(
                channel.id(), 60, Fixtures.hash(9), Fixtures.NOW.getEpochSecond(), Fixtures.IMPOSSIBLE.toCompact()));
        ClientChannel miner = openStandard();
        Found share = TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy);
        ShareVerdict credited = submit(miner, share);
        deliverUpstream(future(61));
        deliverUpstream(new SetNewPrevHash(
                channel.id(), 61, Fixtures.hash(8), Fixtures.NOW.getEpochSecond(), Fixtures.IMPOSSIBLE.toCompact()));

        // Credited here a moment before the tip changed upstream.
        assertThat(credited.credit()).isInstanceOf(Credited.class);
        assertThat(upstream.forward(credited, Tlvs.NONE)).isEmpty();
    }

    @Test
    @Tag("MIN-057")
    void movesItsMinersToANewUpstreamPrefix() {
        ClientChannel extended = openExtended();
        ClientChannel standard = openStandard();
        deliverUpstream(new SetExtranoncePrefix(channel.id(), Bytes.ofHex("0badcafe")));
        deliverUpstream(future(70));
        deliverUpstream(new SetNewPrevHash(
                channel.id(), 70, Fixtures.hash(9), Fixtures.NOW.getEpochSecond(), Fixtures.HARDER.toCompact()));

        assertThat(extended.extranoncePrefix()).isEqualTo(Bytes.ofHex("0badcafe0001"));
        assertThat(standard.extranoncePrefix()).isEqualTo(Bytes.ofHex("0badcafe0002000000000000"));
        for (ClientChannel miner : List.of(extended, standard)) {
            Found share = TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy);
            ShareVerdict verdict = submit(miner, share);
            assertThat(verdict.credit()).isInstanceOf(Credited.class);
            SubmitSharesExtended forwarded =
                    upstream.forward(verdict, Tlvs.NONE).orElseThrow();
            // What the upstream hashes: its new prefix and what is forwarded.
            Solution solution = verdict.solution().orElseThrow();
            assertThat(Bytes.ofHex("0badcafe").concat(forwarded.extranonce())).isEqualTo(solution.extranonce());
        }
    }

    @Test
    void takesItsMinersToAnotherUpstream() {
        ClientChannel extended = openExtended();
        ClientChannel standard = openStandard();
        TestPool other = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, UPSTREAM_TARGETS);
        other.openExtended();
        ExtendedClientChannel next = other.openExtended();
        UpstreamChannel successor = upstream.successor(next, 0);
        Work waiting = successor.work();
        other.events.forEach(successor::on);

        assertThat(waiting.active()).isEmpty();
        deliver(local.work(successor.work()));

        Bytes prefix = next.extranoncePrefix();
        assertThat(prefix).isNotEqualTo(channel.extranoncePrefix());
        assertThat(extended.extranoncePrefix()).isEqualTo(prefix.concat(Bytes.ofHex("0001")));
        for (ClientChannel miner : List.of(extended, standard)) {
            Found share = TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy);
            SubmitSharesExtended forwarded =
                    successor.forward(submit(miner, share), Tlvs.NONE).orElseThrow();
            assertThat(other.server.submit(forwarded, other.now).credit()).isInstanceOf(Credited.class);
        }
    }

    /// The numbers of jobs mean others upstream after a change, so a share of an earlier job would go up as one
    /// of the job that has its number now.
    @Test
    void forwardsNoShareOfTheUpstreamBefore() {
        deliverUpstream(future(1));
        deliverUpstream(new SetNewPrevHash(
                channel.id(), 1, Fixtures.hash(9), Fixtures.NOW.getEpochSecond(), Fixtures.HARDER.toCompact()));
        ClientChannel miner = openStandard();
        ShareVerdict block = submit(miner, TestMiner.mine(TestPool.work(miner), 0, Fixtures.HARDER::isMetBy));
        TestPool other = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, UPSTREAM_TARGETS);
        ExtendedClientChannel next = other.openExtended();
        UpstreamChannel successor = upstream.successor(next, 0);
        other.events.forEach(successor::on);

        assertThat(block.isBlock()).isTrue();
        assertThat(TestPool.work(next).job().id()).isEqualTo(1);
        assertThat(successor.forward(block, Tlvs.NONE)).isEmpty();
        assertThat(upstream.forward(block, Tlvs.NONE)).isPresent();
    }

    @Test
    void asksForNoHarderSharesThanTheUpstreamTakes() {
        assertThat(upstream.hardestTarget()).isEqualTo(Fixtures.HARDER);
        TargetPolicy targets = new TargetPolicy(6, Fixtures.EASY, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO)
                .withHardest(upstream.hardestTarget());

        assertThat(targets.of(1e18, Target.MAX)).isEqualTo(Fixtures.HARDER);
    }

    @Test
    @Tag("MIN-047")
    void tellsTheUpstreamOfHashRateAtMostOnceASecond() {
        Instant now = Fixtures.NOW;

        assertThat(upstream.update(0, now)).isEmpty();
        assertThat(upstream.update(5e12, now)).contains(new UpdateChannel(channel.id(), 5e12f, U256.MAX));
        assertThat(upstream.update(6e12, now.plusMillis(999))).isEmpty();
        assertThat(upstream.update(6e12, now.plusMillis(1000)))
                .contains(new UpdateChannel(channel.id(), 6e12f, U256.MAX));
        assertThat(upstream.update(6e12, now.plusSeconds(9))).isEmpty();
        assertThat(upstream.update(0, now.plusSeconds(9))).contains(new UpdateChannel(channel.id(), 0, U256.MAX));
        assertThat(upstream.update(1e60, now.plusSeconds(19)).orElseThrow().nominalHashRate())
                .isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void ignoresEventsOfOtherChannels() {
        Work before = upstream.work();
        ExtendedClientChannel other = pool.openExtended();
        pool.events.clear();
        pool.newTip(5, 5);

        for (ClientEvent event : pool.events) {
            if (!event.toString().contains("channel=" + channel)) {
                assertThat(upstream.on(event)).isEmpty();
            }
        }
        assertThat(other.work()).isPresent();
        assertThat(upstream.work()).isSameAs(before);
    }

    @Test
    void needsAsManyBytesAsItGivesItsChannels() {
        assertThatThrownBy(() -> new UpstreamChannel(pool.openExtended(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertCountsUpstream(ClientChannel miner) {
        MiningWork work = TestPool.work(miner);
        Found share = TestMiner.mine(work, 0, Fixtures.HARDER::isMetBy);
        SubmitSharesExtended forwarded =
                upstream.forward(submit(miner, share), Tlvs.NONE).orElseThrow();
        assertThat(pool.server.submit(forwarded, pool.now).credit()).isInstanceOf(Credited.class);
    }

    private static Found mineAt(ClientChannel miner, long nTime) {
        MiningWork work = TestPool.work(miner);
        return TestMiner.mine(work, work.job().version(), nTime, 0, Fixtures.HARDER::isMetBy);
    }

    private MiningToClient future(long jobId) {
        return job(jobId, OptionalLong.empty());
    }

    private MiningToClient active(long jobId, long minNTime) {
        return job(jobId, OptionalLong.of(minNTime));
    }

    private MiningToClient job(long jobId, OptionalLong minNTime) {
        var model = pool.factory.work().active().orElseThrow().job(Fixtures.PAYOUT);
        return new NewExtendedMiningJob(
                channel.id(),
                jobId,
                minNTime,
                model.version(),
                true,
                List.of(),
                model.coinbase().prefix(),
                model.coinbase().suffix());
    }

    private void deliverUpstream(MiningToClient message) {
        pool.events.clear();
        pool.deliver(List.of(message));
        feedMiners();
    }

    private void feed() {
        pool.events.forEach(upstream::on);
        pool.events.clear();
    }

    private void feedMiners() {
        feed();
        deliver(local.work(upstream.work()));
    }

    private ExtendedClientChannel openExtended() {
        deliver(local.open(miners.openExtended(Str0255.of("worker"), 1, Target.MAX, 6), Payout.NONE, Fixtures.NOW));
        return (ExtendedClientChannel) miners.channels().stream().toList().getLast();
    }

    private StandardClientChannel openStandard() {
        deliver(local.open(miners.openStandard(Str0255.of("worker"), 1, Target.MAX), Payout.NONE, Fixtures.NOW));
        return (StandardClientChannel) miners.channels().stream().toList().getLast();
    }

    private void deliver(List<MiningToClient> messages) {
        messages.forEach(miners::on);
    }

    private ShareVerdict submit(ClientChannel miner, Found share) {
        return switch (miner) {
            case StandardClientChannel standard ->
                local.submit(
                        standard.submit(share.jobId(), share.nonce(), share.nTime(), share.version())
                                .orElseThrow(),
                        Fixtures.NOW);
            case ExtendedClientChannel extended -> {
                Optional<SubmitSharesExtended> message = extended.submit(
                        share.jobId(), share.nonce(), share.nTime(), share.version(), share.extranonce(), Tlvs.NONE);
                yield local.submit(message.orElseThrow(), Fixtures.NOW);
            }
        };
    }
}
