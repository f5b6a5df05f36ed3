package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.app.mining.Mined;
import org.stratumj.app.mining.Mined.Share;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.app.mining.Reasons;
import org.stratumj.app.mining.ScriptedMiner;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.vardiff.ProvenRate;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Sv2ServiceException;

/// The contract on virtual time, and what takes long.
class ProxySimulationTest extends ProxyContract {
    private static final long SEED = 20261120;

    private final SimNetwork network = new SimNetwork(SEED);

    @Override
    TestBed openBed() {
        return new SimBed(network);
    }

    @Test
    void sendsMinersAwayWhenNoUpstreamComesWithinTheGrace() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        stopPool();
        network.advance(ProxyConfig.DEFAULT_UPSTREAM_GRACE.minusSeconds(1));
        assertThat(miner.downs).isEmpty();

        network.advance(Duration.ofSeconds(2));
        assertThat(miner.downs).hasSize(1);
        assertThat(events.texts()).anyMatch(line -> line.contains("no upstream for 60 s; connect again"));

        miner.awaitUp();
        miner.openExtended(Target.MAX);
        pool.start();
        miner.workOn(TIP_1);
    }

    @Test
    void countsTheGraceOfEachOutageAnew() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        // Longer together than the grace; each alone is not, whatever the pause before dialling again.
        for (int i = 0; i < 4; i++) {
            stopPool();
            network.advance(Duration.ofSeconds(25));
            pool.start();
            bed.await(() -> proxy.status().note().isEmpty());
        }
        assertThat(miner.downs).isEmpty();
        assertThat(pool.received(OpenExtendedMiningChannel.class)).hasSize(5);
    }

    /// The pool's prefix and jobs are the same: all that differs is random.
    @Test
    void givesOutSearchSpaceThatNoMinerCanForesee() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner one = extendedMiner("one");
        one.workOn(TIP_1);
        bed.await(proxy.shutdown());

        proxy = proxy(config(pool));
        proxy.start();
        ScriptedMiner another = extendedMiner("another");
        another.workOn(TIP_1);
        assertThat(extended(another).extranoncePrefix())
                .isNotEqualTo(extended(one).extranoncePrefix());
    }

    @Test
    void refusesRequestsForChannelsThatWaitedTooLong() throws Sv2ServiceException {
        ScriptedMiner miner = connected("bob", 0);
        miner.openStandard(Target.MAX);
        network.advance(MiningTerms.DEFAULT_OPEN_WAIT.minusSeconds(1));
        assertThat(miner.received).isEmpty();

        network.advance(Duration.ofSeconds(6));
        assertThat(miner.received(OpenMiningChannelError.class))
                .extracting(OpenMiningChannelError::errorCode)
                .containsExactly(ErrorCode.INTERNAL_ERROR.wire());
    }

    @Test
    @Tag("MIN-047")
    void tellsThePoolOfHashRateAtMostOnceASecond() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        network.advance(Duration.ofSeconds(3));
        pool.received.clear();
        for (int i = 1; i <= 100; i++) {
            miner.send(new UpdateChannel(miner.channelId(), i * RATE, U256.MAX));
            network.advance(Duration.ofMillis(100));
        }
        network.advance(Duration.ofSeconds(2));

        assertThat(pool.received(UpdateChannel.class)).hasSizeBetween(9, 12);
        assertThat(pool.received(UpdateChannel.class).getLast().nominalHashRate())
                .isEqualTo(100 * RATE);
    }

    @Test
    @Tag("MIN-039")
    @Tag("MIN-055")
    void tellsANewPoolTheHashRateFromTheStart() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        miner.send(new UpdateChannel(miner.channelId(), RATE, U256.MAX));
        awaitHashRate(RATE);
        stopPool();
        pool.received.clear();
        pool.start();

        bed.await(() -> !pool.received.isEmpty());
        assertThat(pool.received.getFirst())
                .isEqualTo(new OpenExtendedMiningChannel(1, Str0255.of("farm"), RATE, U256.MAX, 8));
        network.advance(Duration.ofSeconds(3));
        assertThat(pool.received(UpdateChannel.class)).isEmpty();
    }

    @Test
    void keepsOneMinersWrongFigureFromThePool() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner braggart = extendedMiner("braggart");
        braggart.workOn(TIP_1);
        for (String name : List.of("honest", "too")) {
            ScriptedMiner honest = extendedMiner(name);
            honest.workOn(TIP_1);
            honest.send(new UpdateChannel(honest.channelId(), RATE, U256.MAX));
        }
        braggart.send(new UpdateChannel(braggart.channelId(), 1e30f, U256.MAX));
        network.advance(Duration.ofSeconds(2));

        assertThat(pool.received(UpdateChannel.class).getLast().nominalHashRate())
                .isBetween(2 * RATE, 2 * RATE * 1.0001f);
    }

    /// As much as the policy lets one miner state.
    @Test
    void startsWithNoMinersWrongFigure() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner honest = extendedMiner("honest");
        ScriptedMiner braggart = extendedMiner("braggart");
        honest.workOn(TIP_1);
        braggart.workOn(TIP_1);
        honest.send(new UpdateChannel(honest.channelId(), RATE, U256.MAX));
        braggart.send(new UpdateChannel(braggart.channelId(), 1e18f, U256.MAX));
        network.advance(Duration.ofSeconds(2));

        assertThat(pool.received(UpdateChannel.class).getLast().nominalHashRate())
                .isBetween(RATE, RATE * (float) (ProvenRate.FACTOR + 1));
    }

    @Test
    void forgetsAFigureThatNoShareBearsOut() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner braggart = extendedMiner("braggart");
        braggart.workOn(TIP_1);
        braggart.send(new UpdateChannel(braggart.channelId(), 1e17f, U256.MAX));
        awaitHashRate(1e17f);

        network.advance(ProvenRate.start(TargetPolicy.DEFAULT.sharesPerMinute()).plusSeconds(10));
        awaitHashRate(0);
    }

    @Test
    void triesPoolsInTheirOrderAndBeginsWithTheFirstAgain() throws Sv2ServiceException {
        bed.await(proxy.shutdown());
        ScriptedPool reserve = pool();
        tip(reserve, TIP_1);
        stop(pool);
        pool.received.clear();
        proxy = proxy(config(pool, reserve));
        proxy.start();
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        assertThat(reserve.peers()).isEqualTo(1);

        pool.start();
        tip(TIP_2);
        network.advance(Duration.ofSeconds(30));
        assertThat(pool.peers()).isZero();
        stop(reserve);
        miner.workOn(TIP_2);
        assertThat(pool.peers()).isEqualTo(1);
        assertThat(miner.downs).isEmpty();
    }

    @Test
    void tellsOfManyRefusalsUpstreamInFewLines() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        IntStream.range(0, 1000)
                .forEach(i -> pool.send(new SubmitSharesError(
                        ScriptedPool.CHANNEL, i, Str0255.of("reason-" + i % (Reasons.REASONS_MAX + 10)))));
        network.advance(Duration.ofSeconds(2));

        assertThat(proxy.status().sharesRejected())
                .hasSize(Reasons.REASONS_MAX + 1)
                .containsKey("upstream other");
        assertThat(proxy.status().sharesRejectedInAll()).isEqualTo(1000);
        assertThat(events.texts())
                .filteredOn(line -> line.contains("refused"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("refused 1000 of 1000 shares: ")
                .contains("808 for other reasons, ")
                .endsWith("; miners were credited for them; the last: sequence number 999");
    }

    /// Answers come at virtual times, so lines and windows can be counted.
    @Test
    void warnsOfRefusalsOnceAnInterval() throws Sv2ServiceException {
        tip(TIP_1);
        extendedMiner("bob").workOn(TIP_1);
        for (int second = 0; second < 60; second++) {
            refuse(second, "invalid-share");
            network.advance(Duration.ofSeconds(1));
        }

        assertThat(events.texts())
                .filteredOn(line -> line.contains("invalid-share"))
                .hasSizeBetween(6, 7)
                .anyMatch(line -> line.contains("refused 10 of 10 shares: 10 invalid-share"));
    }

    @Test
    void leavesAPoolThatRefusesHalfOfTheSharesAndTakesTheNext() throws Sv2ServiceException {
        ScriptedPool reserve = withReserve();
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        answerForAWindow("invalid-share");

        bed.await(() -> reserve.received(OpenExtendedMiningChannel.class).size() == 1);
        assertThat(pool.received(OpenExtendedMiningChannel.class)).hasSize(1);
        assertThat(events.texts())
                .anyMatch(line -> line.contains("it refused 18 of 36 shares: 18 invalid-share in 3 minutes"));
        tip(reserve, TIP_2);
        miner.workOn(TIP_2);
        assertThat(miner.downs).isEmpty();
    }

    @Test
    void staysWithAPoolThatRefusesSharesAroundATip() throws Sv2ServiceException {
        ScriptedPool reserve = withReserve();
        extendedMiner("bob").workOn(TIP_1);
        for (int i = 0; i < 40; i++) {
            tip(i % 2 == 0 ? TIP_2 : TIP_1);
            refuse(i, "stale-share");
            network.advance(Duration.ofSeconds(5));
        }

        assertThat(pool.peers()).isEqualTo(1);
        assertThat(reserve.received).isEmpty();
        assertThat(events.texts()).anyMatch(line -> line.contains("stale-share; miners were credited"));
    }

    @Test
    void leavesAPoolForWhichAllSharesAreStale() throws Sv2ServiceException {
        ScriptedPool reserve = withReserve();
        extendedMiner("bob").workOn(TIP_1);
        network.advance(UpstreamRefusals.STALE_GRACE);
        answerForAWindow("stale-share");

        bed.await(() -> reserve.received(OpenExtendedMiningChannel.class).size() == 1);
    }

    /// ckpool takes 7,000 seconds after the job's time, others two hours after the clock's: what is refused there must
    /// not be credited here.
    @Test
    void takesTimesUpToAnHourAhead() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        long now = miner.workOn(TIP_1).nTimeStart();
        Share latest = Mined.share(miner.work(), ScriptedPool.VERSION, now + 3600, 0, this::countsUpstream);
        Share tooLate = Mined.share(miner.work(), ScriptedPool.VERSION, now + 3602, 0, this::countsUpstream);
        miner.submit(latest);
        long refused = miner.submit(tooLate);

        awaitRefusal(miner, refused, ErrorCode.INVALID_SHARE);
        bed.await(() -> pool.hashes().equals(List.of(latest.hash())));
    }

    /// A pool with the older mask of version bits, and a miner that changes others.
    @Test
    void staysWithAPoolThatRefusesTheSharesOfOneMiner() throws Sv2ServiceException {
        ScriptedPool reserve = withReserve();
        pool.shareRefusal = ErrorCode.INVALID_NON_ROLLABLE_VERSION_BIT;
        pool.refused = share -> share.version() != ScriptedPool.VERSION;
        ScriptedMiner honest = extendedMiner("honest");
        ScriptedMiner other = extendedMiner("other");
        mineForAWindow(honest, other);

        assertThat(proxy.status().sharesAccepted()).isEqualTo(9);
        assertThat(proxy.status().sharesRejectedInAll()).isEqualTo(18);
        assertThat(pool.received(OpenExtendedMiningChannel.class)).hasSize(1);
        assertThat(reserve.received).isEmpty();
        assertThat(events.texts())
                .anyMatch(
                        line -> line.matches(".*refused 18 of 27 shares: 18 invalid-non-rollable-version-bit, all from"
                                + " #\\d+, one of 2 miners in 3 minutes; it is kept, since it accepts most shares of 1 of 2"
                                + " miners"));
    }

    @Test
    void leavesAPoolThatRefusesTheSharesOfItsOnlyMiner() throws Sv2ServiceException {
        ScriptedPool reserve = withReserve();
        pool.shareRefusal = ErrorCode.INVALID_SHARE;
        ScriptedMiner only = extendedMiner("only");
        mineForAWindow(only, only);

        bed.await(() -> reserve.received(OpenExtendedMiningChannel.class).size() == 1);
    }

    @Test
    void leavesAPoolThatRefusesTheSharesOfAllMiners() throws Sv2ServiceException {
        ScriptedPool reserve = withReserve();
        pool.shareRefusal = ErrorCode.INVALID_SHARE;
        mineForAWindow(extendedMiner("one"), extendedMiner("another"));

        bed.await(() -> reserve.received(OpenExtendedMiningChannel.class).size() == 1);
    }

    @Test
    void keepsTheOnlyPoolAndSaysSo() throws Sv2ServiceException {
        tip(TIP_1);
        extendedMiner("bob").workOn(TIP_1);
        answerForAWindow("invalid-share");

        assertThat(pool.peers()).isEqualTo(1);
        assertThat(pool.received(OpenExtendedMiningChannel.class)).hasSize(1);
        assertThat(events.texts())
                .filteredOn(line -> line.contains("it is kept, since --upstream names no other"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches(
                        "upstream at #\\d+ 127\\.0\\.0\\.1:\\d+ refused 18 of 36 shares: 18 invalid-share in 3 minutes; .*");
    }

    /// A proxy with a second pool; both have work.
    private ScriptedPool withReserve() throws Sv2ServiceException {
        bed.await(proxy.shutdown());
        pool.received.clear();
        ScriptedPool reserve = pool();
        tip(TIP_1);
        tip(reserve, TIP_1);
        proxy = proxy(config(pool, reserve));
        proxy.start();
        return reserve;
    }

    /// Two shares of the one miner with other version bits to each plain one of the other, for a window.
    private void mineForAWindow(ScriptedMiner plain, ScriptedMiner rolling) {
        plain.workOn(TIP_1);
        rolling.workOn(TIP_1);
        long nonce = 0;
        for (int i = 0; i < 9; i++) {
            nonce = submit(plain, ScriptedPool.VERSION, nonce);
            nonce = submit(rolling, ScriptedPool.VERSION ^ 0x20, nonce);
            nonce = submit(rolling, ScriptedPool.VERSION ^ 0x20, nonce);
            network.advance(UpstreamRefusals.WINDOW.dividedBy(9));
        }
        network.advance(Duration.ofSeconds(2));
    }

    private long submit(ScriptedMiner miner, long version, long firstNonce) {
        Share share = Mined.share(miner.work(), version, firstNonce, this::countsUpstream);
        miner.submit(share);
        return share.nonce() + 1;
    }

    /// Refuses every second share of a window.
    private void answerForAWindow(String code) {
        for (int i = 0; i < 36; i += 2) {
            refuse(i, code);
            pool.send(new SubmitSharesSuccess(ScriptedPool.CHANNEL, i + 1, 1, 1));
            network.advance(UpstreamRefusals.WINDOW.dividedBy(18));
        }
        network.advance(Duration.ofSeconds(1));
    }

    private void refuse(long sequenceNumber, String code) {
        pool.send(new SubmitSharesError(ScriptedPool.CHANNEL, sequenceNumber, Str0255.of(code)));
    }

    private void stop(ScriptedPool which) {
        which.service().shutdown(Duration.ofSeconds(1));
        bed.await(which.service().whenTerminated());
    }
}
