package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.mining.Mined;
import org.stratumj.app.mining.Mined.Share;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.app.mining.ScriptedMiner;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.channels.vardiff.VardiffPolicy;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.Reconnect;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.testkit.ScriptedPeer;
import org.stratumj.testkit.TestAuthority;

/// How the proxy behaves between a scripted pool and scripted miners, on any network.
abstract class ProxyContract {
    /// What miners have to meet: one hash in 16.
    static final Target SHARE = Target.fromCompact(0x200fffffL);

    /// What the pool wants: one hash in 256.
    static final Target UPSTREAM = Target.fromCompact(0x2000ffffL);

    /// One hash in 4096.
    static final long BLOCK_BITS = 0x1f0fffffL;

    static final Target BLOCK = Target.fromCompact(BLOCK_BITS);
    /// Hashes per second, a number that sums exactly.
    static final float RATE = 0x1p42f;

    static final int BATCH = 2;
    static final Hash256 TIP_1 = ScriptedPool.hash(1);
    static final Hash256 TIP_2 = ScriptedPool.hash(2);

    final TestAuthority authority = TestAuthority.fresh();
    final RecordedEvents events = new RecordedEvents();
    TestBed bed;
    ScriptedPool pool;
    ProxyRole proxy;

    private final List<ScriptedMiner> miners = new ArrayList<>();
    private final List<ScriptedPool> pools = new ArrayList<>();

    abstract TestBed openBed();

    @BeforeEach
    void start() throws Sv2ServiceException {
        bed = openBed();
        pool = pool();
        proxy = proxy(config(pool));
        proxy.start();
    }

    @AfterEach
    void stop() {
        miners.forEach(miner -> miner.service().shutdown(Duration.ofSeconds(1)));
        proxy.shutdown();
        pools.forEach(each -> each.service().shutdown(Duration.ofSeconds(1)));
        miners.forEach(miner -> bed.await(miner.service().whenTerminated()));
        bed.await(proxy.shutdown());
        pools.forEach(each -> bed.await(each.service().whenTerminated()));
        bed.close();
    }

    @Test
    @Tag("MIN-021")
    @Tag("MIN-022")
    @Tag("MIN-037")
    void opensOneChannelForAllMiners() throws Sv2ServiceException {
        tip(TIP_1);
        for (int i = 0; i < 3; i++) {
            extendedMiner("extended" + i).workOn(TIP_1);
            standardMiner("standard" + i).workOn(TIP_1);
        }

        assertThat(pool.peers()).isEqualTo(1);
        assertThat(pool.received(OpenExtendedMiningChannel.class))
                .containsExactly(new OpenExtendedMiningChannel(1, Str0255.of("farm"), 0, U256.MAX, 8));
        assertThat(pool.received).doesNotHaveAnyElementsOfTypes(SubmitSharesExtended.class);
        assertThat(proxy.status().connections()).isEqualTo(7);
        assertThat(proxy.status().tip()).isEqualTo(TIP_1.toString());
        assertThat(proxy.status().height()).hasValue(ScriptedPool.HEIGHT);
    }

    @Test
    @Tag("MIN-002")
    @Tag("MIN-008")
    @Tag("MIN-025")
    @Tag("MIN-027")
    void givesEachMinerItsOwnPartOfTheSearchSpace() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner first = extendedMiner("first");
        ScriptedMiner second = extendedMiner("second");
        ScriptedMiner standard = standardMiner("standard");
        List.of(first, second, standard).forEach(miner -> miner.workOn(TIP_1));

        Bytes one = extended(first).extranoncePrefix();
        Bytes two = extended(second).extranoncePrefix();
        Bytes three = standard.received(OpenStandardMiningChannelSuccess.class)
                .getFirst()
                .extranoncePrefix();
        assertThat(one.size()).isEqualTo(4 + 2);
        assertThat(extended(first).extranonceSize()).isEqualTo(12 - 2);
        assertThat(three.size()).isEqualTo(4 + 12);
        assertThat(List.of(one, two, three))
                .allSatisfy(each -> assertThat(each.slice(0, 4)).isEqualTo(pool.prefix));
        assertThat(List.of(one, two, three.slice(0, 6))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("WRK-008")
    void passesUpSharesThatCountThere(boolean standard) throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standard ? standardMiner("bob") : extendedMiner("bob");
        Share here = find(miner, hash -> SHARE.isMetBy(hash) && !UPSTREAM.isMetBy(hash));
        Share there = find(miner, this::countsUpstream);
        miner.submit(here);
        long last = miner.submit(there);

        bed.await(() -> !pool.shares.isEmpty());
        assertThat(pool.hashes()).containsExactly(there.hash());
        assertThat(pool.shares.getFirst().message().sequenceNumber()).isZero();
        assertThat(pool.shares.getFirst().message().tlvs()).isEqualTo(Tlvs.NONE);
        assertThat(miner.await(SubmitSharesSuccess.class, _ -> true))
                .satisfies(success -> assertThat(success.lastSequenceNumber()).isEqualTo(last))
                .satisfies(
                        success -> assertThat(success.newSubmitsAcceptedCount()).isEqualTo(BATCH));
        bed.await(() -> proxy.status().sharesAccepted() == 1);
        assertThat(proxy.status().sharesRejected()).isEmpty();
    }

    @Test
    @Tag("MIN-026")
    @Tag("MIN-030")
    @Tag("MIN-079")
    @Tag("MIN-080")
    void givesClientsThatRequireStandardJobsNothingElse() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = connected("bob", MiningFlags.REQUIRES_STANDARD_JOBS);
        miner.openStandard(Target.MAX);
        miner.openStandard(Target.MAX);
        miner.workOn(TIP_1);
        MiningWork before = miner.work();
        pool.betterJob();
        bed.await(() -> miner.work().job().id() != before.job().id());
        tip(TIP_2);
        miner.workOn(TIP_2);

        bed.await(() -> miner.received(NewMiningJob.class).size() == 6);
        assertThat(miner.received(NewExtendedMiningJob.class)).isEmpty();
        Share share = find(miner, this::countsUpstream);
        miner.submit(share);
        bed.await(() -> pool.hashes().equals(List.of(share.hash())));
    }

    @Test
    void passesUpSharesOfBetterJobsAndOfThoseBefore() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        MiningWork before = miner.workOn(TIP_1);
        Share old = find(miner, this::countsUpstream);
        pool.betterJob();
        bed.await(() -> miner.work().job().id() != before.job().id());
        Share fresh = find(miner, this::countsUpstream);
        miner.submit(fresh);
        miner.submit(old);

        bed.await(() -> pool.hashes().equals(List.of(fresh.hash(), old.hash())));
        bed.await(() -> proxy.status().sharesAccepted() == 2);
    }

    @Test
    void tellsTheOperatorWhatThePoolRefusesAndWhoFoundIt() throws Sv2ServiceException {
        pool.shareRefusal = ErrorCode.STALE_SHARE;
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        Share share = find(miner, this::countsUpstream);
        miner.submit(share);
        miner.submit(find(miner, hash -> SHARE.isMetBy(hash) && !UPSTREAM.isMetBy(hash)));

        // Acknowledged before the pool had its say.
        assertThat(miner.await(SubmitSharesSuccess.class, _ -> true).newSubmitsAcceptedCount())
                .isEqualTo(BATCH);
        bed.await(() -> proxy.status().sharesRejected().containsKey("upstream stale-share"));
        assertThat(proxy.status().sharesRejected()).containsExactly(Map.entry("upstream stale-share", 1L));
        assertThat(proxy.status().sharesAccepted()).isZero();
        assertThat(miner.received(SubmitSharesError.class)).isEmpty();
        awaitText("refused 1 of 1 shares: 1 stale-share; miners were credited for them; the last: sequence number 0,"
                + " found on channel ");
        assertThat(events.texts())
                .filteredOn(line -> line.startsWith("upstream at "))
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith(", hash " + share.hash());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesUpABlockWhoseShareIsRefusedCredit(boolean standard) throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standard ? standardMiner("bob") : extendedMiner("bob");
        miner.workOn(TIP_1);
        Share block = find(miner, BLOCK::isMetBy);
        Share late = find(miner, this::countsUpstream);
        tip(TIP_2);
        miner.workOn(TIP_2);
        long lateNumber = miner.submit(late);
        long blockNumber = miner.submit(block);

        awaitRefusal(miner, lateNumber, ErrorCode.STALE_SHARE);
        awaitRefusal(miner, blockNumber, ErrorCode.STALE_SHARE);
        bed.await(() -> !pool.shares.isEmpty());
        assertThat(pool.hashes()).containsExactly(block.hash());
        assertThat(proxy.status().blocksFound()).isEqualTo(1);
        assertThat(events.texts()).contains("block found: " + block.hash());
    }

    @Test
    void tellsWhenABlockIsAccepted() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        Share block = find(miner, BLOCK::isMetBy);
        miner.submit(block);
        bed.await(() -> !pool.shares.isEmpty());
        assertThat(proxy.status().blocksAccepted()).isZero();
        tip(block.hash());
        miner.workOn(block.hash());

        assertThat(proxy.status().blocksAccepted()).isEqualTo(1);
        assertThat(events.texts()).contains("block accepted at height 500: " + block.hash());
    }

    /// The pool's target may be harder than the network's where there is hardly any difficulty.
    @Test
    void passesUpABlockThatThePoolWouldNotCount() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        pool.send(new SetTarget(
                ScriptedPool.CHANNEL, U256.of(Target.fromCompact(0x1d00ffffL).littleEndian())));
        tip(TIP_2);
        miner.workOn(TIP_2);
        Share block = find(miner, BLOCK::isMetBy);
        miner.submit(find(miner, this::countsUpstream));
        miner.submit(block);

        bed.await(() -> !pool.shares.isEmpty());
        assertThat(pool.hashes()).containsExactly(block.hash());
    }

    @Test
    @Tag("MIN-046")
    @Tag("MIN-054")
    @Tag("MIN-055")
    @Tag("MIN-043")
    void keepsThePoolInformedOfTheHashRate() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner first = extendedMiner("first");
        ScriptedMiner second = standardMiner("second");
        List.of(first, second).forEach(miner -> miner.workOn(TIP_1));
        first.send(new UpdateChannel(first.channelId(), RATE, U256.MAX));
        second.send(new UpdateChannel(second.channelId(), RATE, U256.MAX));
        awaitHashRate(2 * RATE);

        second.service().shutdown(Duration.ofSeconds(1));
        awaitHashRate(RATE);
        first.send(new CloseChannel(first.channelId(), Str0255.of("done")));
        awaitHashRate(0);
        assertThat(pool.received(UpdateChannel.class))
                .allSatisfy(update -> assertThat(update.maximumTarget()).isEqualTo(U256.MAX));
    }

    @Test
    void asksForNoHarderSharesThanThePool() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        miner.send(new UpdateChannel(miner.channelId(), 1e17f, U256.MAX));
        miner.await(SetTarget.class, target -> target.maximumTarget().equals(U256.of(UPSTREAM.littleEndian())));

        Target easier = Target.fromCompact(0x2003ffffL);
        pool.target = easier;
        pool.send(new SetTarget(ScriptedPool.CHANNEL, U256.of(easier.littleEndian())));
        miner.await(SetTarget.class, target -> target.maximumTarget().equals(U256.of(easier.littleEndian())));
        MiningWork before = miner.work();
        pool.betterJob();
        bed.await(() -> miner.work().job().id() != before.job().id());
        Share share = find(miner, hash -> easier.isMetBy(hash) && !UPSTREAM.isMetBy(hash));
        miner.submit(share);
        bed.await(() -> pool.hashes().contains(share.hash()));
    }

    @Test
    void asksForNoHarderSharesThanTheNetwork() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        pool.send(new SetTarget(
                ScriptedPool.CHANNEL, U256.of(Target.fromCompact(0x1d00ffffL).littleEndian())));
        tip(TIP_2);
        miner.workOn(TIP_2);
        miner.send(new UpdateChannel(miner.channelId(), 1e17f, U256.MAX));

        bed.await(() -> miner.work().target().equals(BLOCK));
        Share block = find(miner, BLOCK::isMetBy);
        miner.submit(block);
        bed.await(() -> pool.hashes().equals(List.of(block.hash())));
    }

    @Test
    void takesMinersToANewPrefixOfTheSamePool() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        MiningWork before = miner.workOn(TIP_1);
        pool.movePrefix(Bytes.ofHex("0badcafe"));
        pool.betterJob();
        bed.await(() -> miner.work().job().id() != before.job().id());

        assertThat(miner.received(SetExtranoncePrefix.class).getLast().extranoncePrefix())
                .isEqualTo(Bytes.ofHex("0badcafe")
                        .concat(extended(miner).extranoncePrefix().slice(4, 6)));
        Share share = find(miner, this::countsUpstream);
        miner.submit(share);
        bed.await(() -> pool.hashes().equals(List.of(share.hash())));
    }

    @Test
    void keepsMinersWhileThePoolIsAwayAndTakesThemToItsNewChannel() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner extended = extendedMiner("extended");
        ScriptedMiner standard = standardMiner("standard");
        List<ScriptedMiner> both = List.of(extended, standard);
        both.forEach(miner -> miner.workOn(TIP_1));
        Share late = find(extended, BLOCK::isMetBy);
        stopPool();

        pool.prefix = Bytes.ofHex("0badcafe");
        pool.start();
        bed.await(() -> extended.received(SetExtranoncePrefix.class).size() == 1);
        bed.await(() -> standard.received(SetNewPrevHash.class).size() == 2);
        for (ScriptedMiner miner : both) {
            Share share = find(miner, this::countsUpstream);
            miner.submit(share);
            bed.await(() -> pool.hashes().contains(share.hash()));
        }
        bed.await(() -> proxy.status().sharesAccepted() == 2);

        // The new channel has a job of the same number, of which it would be a wrong share.
        awaitRefusal(extended, extended.submit(late), ErrorCode.STALE_SHARE);
        awaitText("the upstream does not know its job any more: " + late.hash());
        assertThat(pool.shares)
                .hasSize(2)
                .allSatisfy(share -> assertThat(share.known()).isTrue());
        assertThat(both).allSatisfy(miner -> assertThat(miner.downs).isEmpty());
        assertThat(events.texts())
                .anyMatch(line -> line.startsWith("upstream ")
                        && line.contains(" disconnected: ")
                        && line.contains("miners keep the work they have"));
    }

    @Test
    void acknowledgesNoShareWhileThereIsNoUpstream() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        stopPool();
        awaitRefusal(miner, miner.submit(find(miner, this::countsUpstream)), ErrorCode.STALE_SHARE);
        Share block = find(miner, BLOCK::isMetBy);
        miner.submit(block);

        awaitText("block REJECTED: the upstream is gone, and with it the job: " + block.hash());
        assertThat(miner.received(SubmitSharesError.class)).hasSize(1);
        assertThat(miner.downs).isEmpty();
        assertThat(proxy.status().note()).startsWith("no upstream: ");
    }

    @Test
    void tellsHowManySharesThePoolNeverAnswered() throws Sv2ServiceException {
        pool.mute = true;
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.submit(find(miner, this::countsUpstream));
        bed.await(() -> pool.shares.size() == 1);
        stopPool();
        awaitText("1 shares were not answered by the upstream at #");
        assertThat(proxy.status().sharesAccepted()).isZero();
    }

    @Test
    void sendsMinersAwayToConnectAgainWhenExtranoncesChangeTheirSize() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        ScriptedMiner idle = connected("idle", 0);
        stopPool();
        pool.extranonceSize = 10;
        pool.start();

        bed.await(() -> miner.downs.size() == 1);
        miner.awaitUp();
        miner.openExtended(Target.MAX);
        miner.workOn(TIP_1);
        assertThat(extended(miner, 1).extranonceSize()).isEqualTo(8);
        Share share = find(miner, this::countsUpstream);
        miner.submit(share);
        bed.await(() -> pool.hashes().equals(List.of(share.hash())));
        idle.openStandard(Target.MAX);
        idle.workOn(TIP_1);
        assertThat(idle.downs).isEmpty();
        assertThat(events.texts()).anyMatch(line -> line.contains("extranonces of other sizes"));
    }

    @Test
    void holdsRequestsForChannelsUntilThereIsWork() throws Sv2ServiceException {
        ScriptedMiner miner = connected("bob", 0);
        miner.openStandard(Target.MAX);
        bed.await(() -> !pool.received(OpenExtendedMiningChannel.class).isEmpty());
        assertThat(proxy.status().note()).isEqualTo("waiting for work");
        tip(TIP_1);
        miner.workOn(TIP_1);
        assertThat(proxy.status().note()).isEmpty();

        stopPool();
        ScriptedMiner late = connected("late", 0);
        late.openExtended(Target.MAX);
        pool.start();
        late.workOn(TIP_1);
        Share share = find(late, this::countsUpstream);
        late.submit(share);
        bed.await(() -> pool.hashes().equals(List.of(share.hash())));
    }

    @Test
    @Tag("CON-021")
    void followsReconnectAndTellsNoMiner() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        ScriptedPool elsewhere = pool();
        tip(elsewhere, TIP_2);
        pool.sendAnything(new Reconnect(Str0255.EMPTY, elsewhere.endpoint().port()));
        miner.workOn(TIP_2);

        assertThat(elsewhere.peers()).isEqualTo(1);
        assertThat(miner.downs).isEmpty(); // it would have gone there, past the proxy
    }

    /// It is the endpoint of its miners' channels and of its own, so nothing that it does not know goes further.
    @Test
    @Tag("EXT-005")
    @Tag("EXT-006")
    @Tag("FRM-009")
    void keepsUnknownMessagesToItself() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        Bytes payload = Bytes.ofHex("4d000000" + "ff");
        pool.sendAnything(new UnknownMessage(0x4001, true, 3, payload));
        miner.sendAnything(new UnknownMessage(0x4001, true, 3, payload));

        Share share = find(miner, this::countsUpstream);
        miner.submit(share);
        bed.await(() -> pool.hashes().equals(List.of(share.hash())));
        tip(TIP_2);
        miner.workOn(TIP_2);
        assertThat(pool.unknown).isEmpty();
        assertThat(miner.unknown).isEmpty();
        assertThat(miner.downs).isEmpty();
    }

    @Test
    void goesToTheNextPoolWhenOneRefusesTheChannel() throws Sv2ServiceException {
        bed.await(proxy.shutdown());
        ScriptedPool reserve = pool();
        pool.refusal = ErrorCode.UNKNOWN_USER;
        tip(reserve, TIP_1);
        proxy = proxy(config(pool, reserve));
        proxy.start();
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);

        assertThat(pool.received(OpenExtendedMiningChannel.class)).isNotEmpty();
        assertThat(reserve.received(OpenExtendedMiningChannel.class)).hasSize(1);
        awaitText("it refused the channel: unknown-user");
    }

    @Test
    void goesToTheNextPoolWhenOneGivesNoWork() throws Sv2ServiceException {
        bed.await(proxy.shutdown());
        ScriptedPool reserve = pool();
        tip(reserve, TIP_1);
        proxy = proxy(config(Duration.ofMillis(2500), pool, reserve));
        proxy.start();
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);

        assertThat(reserve.received(OpenExtendedMiningChannel.class)).hasSize(1);
        awaitText("no work came within 2500 ms");
    }

    @Test
    void comesBackAfterThePoolClosedTheChannel() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        miner.workOn(TIP_1);
        pool.send(new CloseChannel(ScriptedPool.CHANNEL, Str0255.of("out-of-favour")));

        bed.await(() -> pool.received(OpenExtendedMiningChannel.class).size() == 2);
        tip(TIP_2);
        miner.workOn(TIP_2);
        awaitText("it closed the channel: out-of-favour");
        assertThat(miner.downs).isEmpty();
    }

    @Test
    void leavesAPoolThatContradictsItselfAndComesBack() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        miner.workOn(TIP_1);
        pool.send(new SetNewPrevHash(ScriptedPool.CHANNEL, 4711, U256.ZERO, 1, BLOCK_BITS));
        bed.await(() -> pool.received(OpenExtendedMiningChannel.class).size() == 2);
        pool.send(new SetExtranoncePrefix(ScriptedPool.CHANNEL, Bytes.ofHex("00")));
        bed.await(() -> pool.received(OpenExtendedMiningChannel.class).size() == 3);

        tip(TIP_2);
        miner.workOn(TIP_2);
        awaitText("names job 4711");
        awaitText("SetExtranoncePrefix with 1 bytes, the channel was opened with 4");
        assertThat(miner.downs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"target of the channel", "SetTarget", "nBits", "coinbase", "min_ntime"})
    void goesToTheNextPoolWhenOneSendsWhatCannotBeMined(String what) throws Sv2ServiceException {
        bed.await(proxy.shutdown());
        ScriptedPool reserve = pool();
        boolean fromTheStart = what.startsWith("target");
        pool.target = fromTheStart ? Target.ZERO : UPSTREAM;
        tip(TIP_1);
        tip(reserve, TIP_2);
        proxy = proxy(config(pool, reserve));
        proxy.start();
        ScriptedMiner miner = standardMiner("bob");
        if (!fromTheStart) {
            miner.workOn(TIP_1);
        }
        switch (what) {
            case "SetTarget" -> pool.send(new SetTarget(ScriptedPool.CHANNEL, U256.ZERO));
            case "nBits" -> pool.tip(TIP_2, 1, 0);
            case "coinbase" -> pool.send(job(Bytes.ofHex("02000000")));
            case "min_ntime" -> pool.betterJob(0xffff_fff0L);
            default -> {}
        }

        miner.workOn(TIP_2);
        bed.await(() -> reserve.peers() == 1);
        assertThat(reserve.received(OpenExtendedMiningChannel.class)).hasSize(1);
        assertThat(events.texts()).anyMatch(line -> line.matches(".*(target|coinbase|nBits|min_ntime).*"));
        assertThat(miner.downs).isEmpty();
        Share share = find(miner, this::countsUpstream);
        miner.submit(share);
        bed.await(() -> reserve.hashes().contains(share.hash()));
    }

    @Test
    @Tag("MIN-072")
    void startsJobsAtTheTimeThatThePoolStartsThem() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        miner.workOn(TIP_1);
        long before = miner.work().nTimeStart();
        pool.betterJob(before + 60);
        bed.await(() -> miner.work().nTimeStart() == before + 60);

        Share share = find(miner, this::countsUpstream);
        miner.submit(share);
        bed.await(() -> pool.hashes().contains(share.hash()));
        assertThat(pool.shares.getFirst().message().nTime()).isEqualTo(before + 60);
    }

    private static NewExtendedMiningJob job(Bytes prefix) {
        return new NewExtendedMiningJob(
                ScriptedPool.CHANNEL, 900, OptionalLong.empty(), 0, true, List.of(), prefix, Bytes.EMPTY);
    }

    @Test
    @Tag("CON-009")
    void usesNoPoolThatFixesTheVersion() throws Sv2ServiceException {
        bed.await(proxy.shutdown());
        pool.received.clear();
        pool.serverFlags = MiningFlags.REQUIRES_FIXED_VERSION;
        ScriptedPool reserve = pool();
        tip(reserve, TIP_1);
        proxy = proxy(config(pool, reserve));
        proxy.start();

        extendedMiner("bob").workOn(TIP_1);
        assertThat(pool.received).isEmpty();
        assertThat(reserve.received(OpenExtendedMiningChannel.class)).hasSize(1);
    }

    @Test
    @Tag("MIN-035")
    void fixesTheVersionForMinersWhereThatIsWanted() throws Sv2ServiceException {
        bed.await(proxy.shutdown());
        pool.serverFlags = MiningFlags.REQUIRES_FIXED_VERSION | MiningFlags.REQUIRES_EXTENDED_CHANNELS;
        ServerPolicy policy = policy();
        SharePolicy fixed = new SharePolicy(0, Duration.ofHours(2), BATCH, Duration.ofMinutes(1));
        proxy = proxy(config(pool)
                .withPolicy(new ServerPolicy(policy.channelsMax(), policy.targets(), fixed, policy.vardiff())));
        proxy.start();
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);

        assertThat(miner.received(NewExtendedMiningJob.class))
                .extracting(NewExtendedMiningJob::versionRollingAllowed)
                .containsExactly(false);
        Share rolled = Mined.share(miner.work(), 0x2000_2000L, 0, this::countsUpstream);
        awaitRefusal(miner, miner.submit(rolled), ErrorCode.VERSION_ROLLING_NOT_ALLOWED);
    }

    @Test
    void passesUpRolledVersions() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = connected("bob", MiningFlags.REQUIRES_VERSION_ROLLING);
        miner.openStandard(Target.MAX);
        miner.workOn(TIP_1);
        Share rolled = Mined.share(miner.work(), 0x3fff_ffe0L, 0, this::countsUpstream);
        miner.submit(rolled);
        bed.await(() -> pool.hashes().equals(List.of(rolled.hash())));
        assertThat(pool.shares.getFirst().message().version()).isEqualTo(0x3fff_ffe0L);
    }

    @Test
    void doesNotDisturbMinersWhenAnotherMisbehaves() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner standard = standardMiner("alice");
        ScriptedMiner extended = extendedMiner("bob");
        standard.workOn(TIP_1);
        extended.workOn(TIP_1);

        ScriptedMiner flooder = extendedMiner("mallory");
        flooder.workOn(TIP_1);
        Share bad = find(flooder, hash -> !SHARE.isMetBy(hash));
        IntStream.range(0, 500).forEach(_ -> flooder.submit(bad));
        Endpoint unencrypted = new Endpoint("127.0.0.1", port(), new ClientSecurity.Plain());
        ScriptedPeer.dial(bed, unencrypted).sendBytes(new byte[5000]).skipToClosed();
        flooder.violate();
        bed.await(() -> flooder.downs.size() == 1);

        tip(TIP_2);
        for (ScriptedMiner miner : List.of(standard, extended)) {
            miner.workOn(TIP_2);
            Share share = find(miner, this::countsUpstream);
            miner.submit(share);
            bed.await(() -> pool.hashes().contains(share.hash()));
            assertThat(miner.received(SubmitSharesError.class)).isEmpty();
            assertThat(miner.downs).isEmpty();
        }
        assertThat(pool.shares).hasSize(2);
        assertThat(pool.peers()).isEqualTo(1);
    }

    @Test
    @Tag("MIN-051")
    void acknowledgesAndPassesUpWhatIsLeftBeforeItLeaves() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        Share share = find(miner, this::countsUpstream);
        long number = miner.submit(share);
        bed.await(() -> !pool.shares.isEmpty());
        bed.await(proxy.shutdown());

        bed.await(() -> miner.downs.size() == 1);
        assertThat(miner.downs.getFirst()).isInstanceOf(CloseReason.Remote.class);
        assertThat(miner.received(SubmitSharesSuccess.class))
                .extracting(SubmitSharesSuccess::lastSequenceNumber)
                .containsExactly(number);
        bed.await(() -> !pool.received(CloseChannel.class).isEmpty());
        assertThat(pool.received(CloseChannel.class).getFirst().channelId()).isEqualTo(ScriptedPool.CHANNEL);
        assertThat(pool.hashes()).containsExactly(share.hash());
    }

    ServerPolicy policy() {
        return new ServerPolicy(
                3,
                new TargetPolicy(6, SHARE, Target.fromCompact(0x1d00ffffL), 1e18, Duration.ofSeconds(5)),
                new SharePolicy(SharePolicy.BIP323_MASK, ProxyConfig.N_TIME_AHEAD_MAX, BATCH, Duration.ofMinutes(1)),
                VardiffPolicy.DEFAULT);
    }

    ProxyConfig config(ScriptedPool... upstreams) {
        return config(ProxyConfig.DEFAULT_WORK_DEADLINE, upstreams);
    }

    ProxyConfig config(Duration workDeadline, ScriptedPool... upstreams) {
        return new ProxyConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                authority.server(),
                ConnectionLimits.defaults(),
                Arrays.stream(upstreams).map(ScriptedPool::endpoint).toList(),
                Str0255.of("farm"),
                MiningTerms.DEFAULT.withPolicy(policy()),
                ProxyConfig.DEFAULT_CHANNELS_MAX,
                ProxyConfig.DEFAULT_MIN_EXTRANONCE_SIZE,
                ProxyConfig.DEFAULT_UPSTREAM_GRACE,
                workDeadline);
    }

    ProxyRole proxy(ProxyConfig config) {
        return new ProxyRole(
                config, new RoleContext(bed.network(), events, bed.network().clock()));
    }

    ScriptedPool pool() throws Sv2ServiceException {
        ScriptedPool started = new ScriptedPool(bed.network(), authority.server(), authority.client()).start();
        pools.add(started);
        return started;
    }

    int port() {
        return proxy.localAddress().orElseThrow().getPort();
    }

    void tip(Hash256 hash) {
        tip(pool, hash);
    }

    void tip(ScriptedPool of, Hash256 hash) {
        of.tip(hash, bed.network().clock().instant().getEpochSecond(), BLOCK_BITS);
    }

    ScriptedMiner connected(String worker, long flags) throws Sv2ServiceException {
        ScriptedMiner miner =
                new ScriptedMiner(bed, new Endpoint("127.0.0.1", port(), authority.client()), worker, flags);
        miners.add(miner);
        return miner.awaitUp();
    }

    ScriptedMiner standardMiner(String worker) throws Sv2ServiceException {
        ScriptedMiner miner = connected(worker, 0);
        miner.openStandard(Target.MAX);
        return miner;
    }

    ScriptedMiner extendedMiner(String worker) throws Sv2ServiceException {
        ScriptedMiner miner = connected(worker, 0);
        miner.openExtended(Target.MAX);
        return miner;
    }

    static Share find(ScriptedMiner miner, Predicate<Hash256> wanted) {
        return miner.find(miner.work(), wanted);
    }

    /// A share of the pool that is no block.
    boolean countsUpstream(Hash256 hash) {
        return UPSTREAM.isMetBy(hash) && !BLOCK.isMetBy(hash);
    }

    static OpenExtendedMiningChannelSuccess extended(ScriptedMiner miner) {
        return extended(miner, 0);
    }

    static OpenExtendedMiningChannelSuccess extended(ScriptedMiner miner, int opened) {
        return miner.received(OpenExtendedMiningChannelSuccess.class).get(opened);
    }

    void awaitRefusal(ScriptedMiner miner, long sequenceNumber, ErrorCode code) {
        SubmitSharesError error =
                miner.await(SubmitSharesError.class, refused -> refused.sequenceNumber() == sequenceNumber);
        assertThat(error.errorCode()).isEqualTo(code.wire());
    }

    void awaitHashRate(float hashesPerSecond) {
        bed.await(() -> {
            List<UpdateChannel> updates = pool.received(UpdateChannel.class);
            return !updates.isEmpty() && updates.getLast().nominalHashRate() == hashesPerSecond;
        });
    }

    void awaitText(String part) {
        bed.await(() -> events.texts().stream().anyMatch(line -> line.contains(part)));
    }

    void stopPool() {
        pool.service().shutdown(Duration.ofSeconds(1));
        bed.await(pool.service().whenTerminated());
        bed.await(() -> proxy.status().note().startsWith("no upstream"));
    }
}
