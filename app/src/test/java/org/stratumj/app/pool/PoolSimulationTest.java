package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.app.mining.Mined;
import org.stratumj.app.mining.Mined.Share;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.app.mining.ScriptedMiner;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Sv2ServiceException;

/// The contract on virtual time, and what takes long.
class PoolSimulationTest extends PoolContract {
    private static final long SEED = Long.getLong("stratumj.seed", 20_261_120L);

    /// How often the pool looks at deadlines, at most.
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final int REPLAYED = 40;

    private final SimNetwork network = new SimNetwork(SEED);

    @Override
    TestBed openBed() {
        return new SimBed(network);
    }

    @Test
    void refusesRequestsForChannelsThatWaitedTooLongForATemplate() throws Sv2ServiceException {
        ScriptedMiner miner = connected("bob", 0);
        miner.openStandard(Target.MAX);
        network.advance(MiningTerms.DEFAULT_OPEN_WAIT.minusSeconds(1));
        assertThat(miner.received).isEmpty();

        network.advance(TICK.plusSeconds(1));
        assertThat(miner.received(OpenMiningChannelError.class))
                .extracting(OpenMiningChannelError::errorCode)
                .containsExactly(ErrorCode.INTERNAL_ERROR.wire());
        assertThat(events.texts())
                .anyMatch(line -> line.contains("1 channels refused to ") && line.contains("no work came within 30 s"));

        miner.openStandard(Target.MAX);
        tip(TIP_1);
        miner.workOn(TIP_1);
    }

    /// The tip, the template and the name are the same, and nothing remembers which shares were paid. Under the new job
    /// their hashes are others, of which one in 16 is a share by chance.
    @Test
    void givesNoCreditForSharesOfBeforeARestart() throws Sv2ServiceException {
        long since = network.clock().instant().getEpochSecond();
        provider.tip(TIP_1, since, BLOCK);
        ScriptedMiner before = extendedMiner("bob");
        before.workOn(TIP_1);
        List<Share> paid = new ArrayList<>();
        for (long nonce = 0; paid.size() < REPLAYED; nonce = paid.getLast().nonce() + 1) {
            paid.add(share(before, nonce));
        }
        paid.forEach(before::submit);
        network.run();
        assertThat(before.received(SubmitSharesError.class)).isEmpty();
        bed.await(pool.shutdown());

        pool = pool(config());
        pool.start();
        provider.tip(TIP_1, since, BLOCK);
        ScriptedMiner after = extendedMiner("bob");
        long jobId = after.workOn(TIP_1).job().id();
        paid.forEach(share -> after.submit(
                new Share(jobId, share.nonce(), share.nTime(), share.version(), share.extranonce(), share.hash())));
        network.run();
        assertThat(after.received(SubmitSharesError.class))
                .hasSizeGreaterThan(REPLAYED / 2)
                .allSatisfy(error -> assertThat(error.errorCode()).isEqualTo(ErrorCode.DIFFICULTY_TOO_LOW.wire()));
        assertThat(prefix(after)).isNotEqualTo(prefix(before));
    }

    /// The tip, the template, the payout and the name are the same: all that differs is random.
    @Test
    void givesOutCoinbasesAndSearchSpaceThatNoClientCanForesee() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner one = extendedMiner("one");
        one.workOn(TIP_1);
        bed.await(pool.shutdown());

        pool = pool(config());
        pool.start();
        ScriptedMiner another = extendedMiner("another");
        another.workOn(TIP_1);

        assertThat(prefix(another)).isNotEqualTo(prefix(one));
        assertThat(coinbase(another)).isNotEqualTo(coinbase(one)).hasSameSizeAs(coinbase(one));
    }

    /// Of its first job, without the extranonce.
    private static byte[] coinbase(ScriptedMiner miner) {
        NewExtendedMiningJob job = miner.received(NewExtendedMiningJob.class).getFirst();
        return job.coinbaseTxPrefix().concat(job.coinbaseTxSuffix()).bytes();
    }

    private static Bytes prefix(ScriptedMiner miner) {
        return miner.received(OpenExtendedMiningChannelSuccess.class).getFirst().extranoncePrefix();
    }

    @Test
    void holdsNoMoreRequestsThanThereMayBeChannels() throws Sv2ServiceException {
        ScriptedMiner miner = connected("bob", 0);
        IntStream.range(0, config().terms().policy().channelsMax() + 1).forEach(_ -> miner.openStandard(Target.MAX));
        OpenMiningChannelError error = miner.await(OpenMiningChannelError.class, _ -> true);
        assertThat(error.errorCode()).isEqualTo(ErrorCode.CHANNEL_CAPACITY_EXHAUSTED.wire());
        assertThat(error.requestId()).isEqualTo(config().terms().policy().channelsMax() + 1);
    }

    @Test
    void opensAsManyChannelsAsAConnectionMayHave() throws Sv2ServiceException {
        tip(TIP_1);
        int max = config().terms().policy().channelsMax();
        ScriptedMiner miner = connected("bob", 0);
        IntStream.range(0, max + 1).forEach(_ -> miner.openStandard(Target.MAX));
        OpenMiningChannelError error = miner.await(OpenMiningChannelError.class, _ -> true);

        assertThat(miner.received(OpenStandardMiningChannelSuccess.class)).hasSize(max);
        assertThat(error.errorCode()).isEqualTo(ErrorCode.CHANNEL_CAPACITY_EXHAUSTED.wire());
        assertThat(error.requestId()).isEqualTo(max + 1);
        assertThat(miner.downs).isEmpty();
    }

    @Test
    @Tag("MIN-038")
    void leavesAClientThatOpensNoChannel() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner idle = connected("idle", 0);
        ScriptedMiner bob = standardMiner("bob");
        network.advance(ConnectionLimits.defaults().firstChannelDeadline().minusSeconds(1));
        assertThat(idle.downs).isEmpty();

        network.advance(TICK.plusSeconds(2));
        assertThat(idle.downs).hasSize(1);
        assertThat(bob.downs).isEmpty();
        assertThat(events.texts()).anyMatch(line -> line.contains("first channel not done within 60000 ms"));
    }

    @Test
    void acknowledgesASingleShareAfterAMinute() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.submit(share(miner, 0));
        network.advance(Duration.ofSeconds(50));
        assertThat(miner.received(SubmitSharesSuccess.class)).isEmpty();
        network.advance(Duration.ofSeconds(16));
        assertThat(miner.received(SubmitSharesSuccess.class))
                .extracting(SubmitSharesSuccess::newSubmitsAcceptedCount)
                .containsExactly(1L);
    }

    @Test
    @Tag("MIN-083")
    void sendsTheJobAndItsTipInOneGo() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        int before = miner.received.size();
        tip(TIP_2);
        miner.workOn(TIP_2);

        List<MiningToClient> news = miner.received.subList(before, miner.received.size());
        assertThat(news).hasSize(2);
        assertThat(news.getFirst()).isInstanceOf(NewExtendedMiningJob.class);
        assertThat(news.getLast()).isInstanceOf(SetNewPrevHash.class);
    }

    @Test
    @Tag("MIN-014")
    @Tag("TDP-025")
    void keepsJobsForTheNextTipReadyWithTheMiners() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        provider.future();
        network.advance(Duration.ofMillis(25));
        assertThat(miner.received(NewExtendedMiningJob.class)).hasSize(2);
        assertThat(miner.received(NewExtendedMiningJob.class).getLast().minNTime())
                .isEmpty();
        assertThat(miner.received(SetNewPrevHash.class)).hasSize(1);
    }

    @Test
    void makesNoShareTargetHarderThanTheNetworks() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        miner.send(new UpdateChannel(miner.channelId(), 1e20f, U256.MAX));
        miner.await(SetTarget.class, target -> target.maximumTarget().equals(U256.of(BLOCK.littleEndian())));

        Target easier = Target.fromCompact(0x2000ffffL);
        provider.tip(TIP_2, network.clock().instant().getEpochSecond(), easier);
        miner.workOn(TIP_2);
        SetTarget changed = miner.received(SetTarget.class).getLast();
        assertThat(changed.maximumTarget()).isEqualTo(U256.of(easier.littleEndian()));
        assertThat(miner.received.indexOf(changed))
                .isLessThan(miner.received.lastIndexOf(
                        miner.received(SetNewPrevHash.class).getLast()));
    }

    @Test
    void estimatesTheHashrateAndFollowsItWithTheTarget() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        // 16 hashes a share and four shares a second are 64 hashes a second, and far more than six shares a minute.
        long nonce = submitFourASecond(miner, 0, 42);
        assertThat(pool.status().hashesPerSecond().orElseThrow()).isBetween(55.0, 75.0);

        submitFourASecond(miner, nonce, 24);
        assertThat(miner.received(SetTarget.class)).isNotEmpty();
    }

    /// Every number of a template and its tip at the ends of its range: whatever the pool takes or refuses, its own
    /// code does not fail, its miners stay, and the next sound tip reaches them.
    @Test
    void aProvidersEdgeValuesAreViolationsAtMost() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner standard = standardMiner("bob");
        ScriptedMiner extended = extendedMiner("eve");
        int tips = 0;
        for (UnaryOperator<NewTemplate> change : templateEdges()) {
            NewTemplate template = change.apply(provider.unsentTemplate());
            provider.send(template, prevHash(template.templateId(), 1, ScriptedProvider.NBITS, U256.MAX));
            soundTip(++tips, standard, extended);
        }
        for (long number : EDGES) {
            for (U256 target : List.of(U256.ZERO, U256.MAX)) {
                NewTemplate template = provider.unsentTemplate();
                provider.send(template, prevHash(template.templateId(), number, number, target));
                provider.send(prevHash(template.templateId(), number, ScriptedProvider.NBITS, target));
                soundTip(++tips, standard, extended);
            }
        }

        assertThat(events.texts()).noneMatch(line -> line.contains("internal error"));
        assertThat(standard.downs).isEmpty();
        assertThat(extended.downs).isEmpty();
        Share share = share(extended, 0);
        extended.submit(share);
        network.advance(Duration.ofMinutes(2));
        assertThat(extended.received(SubmitSharesSuccess.class)).hasSize(1);
    }

    private static final long[] EDGES = {
        0,
        1,
        0x00ff_ffffL,
        0x0480_0001L,
        0x1d00_0000L,
        0x1d80_ffffL,
        0x2100_ffffL,
        0x2300_0001L,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL
    };

    private static List<UnaryOperator<NewTemplate>> templateEdges() {
        List<UnaryOperator<NewTemplate>> edges = new ArrayList<>();
        for (long number : EDGES) {
            edges.add(t -> template(
                    t, number, t.coinbasePrefix(), t.coinbaseTxValueRemaining(), 1, t.coinbaseTxOutputs(), number));
            edges.add(t -> template(t, 2, t.coinbasePrefix(), number, 1, t.coinbaseTxOutputs(), 0));
            edges.add(t -> template(t, 2, t.coinbasePrefix(), 0, number, t.coinbaseTxOutputs(), 0));
        }
        for (long value : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 2_100_000_000_000_001L}) {
            edges.add(t -> template(t, 2, t.coinbasePrefix(), value, 1, t.coinbaseTxOutputs(), 0));
        }
        for (int size : new int[] {0, 1, 8, 9, 75, 80, 255}) {
            edges.add(t -> template(t, 2, Bytes.of(new byte[size]), 0, 1, t.coinbaseTxOutputs(), 0));
        }
        for (int size : new int[] {0, 1, 9, 1000, 65_535}) {
            edges.add(t -> template(t, 2, t.coinbasePrefix(), 0, 1, Bytes.of(new byte[size]), 0));
            edges.add(t -> template(t, 2, t.coinbasePrefix(), 0, 0, Bytes.of(new byte[size]), 0));
        }
        return edges;
    }

    private static NewTemplate template(
            NewTemplate model, long version, Bytes prefix, long value, long outputs, Bytes output, long sequence) {
        return new NewTemplate(
                model.templateId(),
                true,
                version,
                version,
                prefix,
                sequence,
                value,
                outputs,
                output,
                sequence,
                Collections.nCopies(255, U256.MAX));
    }

    private static org.stratumj.protocol.template.SetNewPrevHash prevHash(
            long templateId, long time, long nBits, U256 target) {
        return new org.stratumj.protocol.template.SetNewPrevHash(templateId, U256.ZERO, time, nBits, target);
    }

    private void soundTip(int number, ScriptedMiner... miners) {
        network.advance(Duration.ofSeconds(30));
        Hash256 tip = ScriptedProvider.hash(7000 + number);
        tip(tip);
        for (ScriptedMiner miner : miners) {
            miner.workOn(tip);
        }
    }

    private long submitFourASecond(ScriptedMiner miner, long firstNonce, int count) {
        long nonce = firstNonce;
        for (int i = 0; i < count; i++) {
            Share share = share(miner, nonce);
            nonce = share.nonce() + 1;
            miner.submit(share);
            network.advance(Duration.ofMillis(250));
        }
        return nonce;
    }

    @Test
    @Tag("MIN-032")
    @Tag("MIN-034")
    @Tag("MIN-035")
    void refusesVersionRollingWhereTheVersionIsFixed() throws Sv2ServiceException {
        bed.await(pool.shutdown());
        var policy = config().terms().policy();
        var shares = new SharePolicy(0, Duration.ofHours(2), BATCH, Duration.ofMinutes(1));
        pool = pool(config().withPolicy(new org.stratumj.channels.server.ServerPolicy(
                policy.channelsMax(), policy.targets(), shares, policy.vardiff())));
        pool.start();
        tip(TIP_1);
        ScriptedMiner rolling = miner("rolling", MiningFlags.REQUIRES_VERSION_ROLLING);
        bed.await(
                () -> events.texts().stream().anyMatch(line -> line.contains("unsupported-feature-flags, flags 0x4")));
        assertThat(rolling.isUp()).isFalse();

        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        assertThat(miner.received(NewExtendedMiningJob.class))
                .extracting(NewExtendedMiningJob::versionRollingAllowed)
                .containsExactly(false);
        Share rolled = Mined.share(miner.work(), 0x2000_2000L, 0, this::isShareOnly);
        awaitRefusal(miner, miner.submit(rolled), ErrorCode.VERSION_ROLLING_NOT_ALLOWED);
        assertThat(miner.received(SubmitSharesError.class)).hasSize(1);
    }

    @Test
    void tellsOfALongOutageOnce() throws Sv2ServiceException {
        tip(TIP_1);
        standardMiner("bob").workOn(TIP_1);
        stopProvider();
        network.advance(Duration.ofMinutes(10));
        assertThat(events.texts())
                .filteredOn(line -> line.startsWith("template provider ") && line.contains("disconnected"))
                .hasSize(1);
        assertThat(pool.status().note()).startsWith("no template provider: ").contains("connection refused");
        provider.start();
        network.advance(Duration.ofMinutes(1));
        assertThat(pool.status().note()).isEmpty();
    }

    @Test
    void turnsToTheNextProviderWhenTheFirstGivesNoTemplate() throws Sv2ServiceException {
        bed.await(pool.shutdown());
        ScriptedProvider second = new ScriptedProvider(network, authority).start();
        PoolConfig one = config();
        pool = pool(new PoolConfig(
                one.listen(),
                one.security(),
                one.limits(),
                List.of(provider.endpoint(), second.endpoint()),
                one.payout(),
                one.tag(),
                one.terms(),
                one.serverId(),
                one.network(),
                null));
        pool.start();
        second.tip(TIP_2, network.clock().instant().getEpochSecond(), BLOCK);
        ScriptedMiner miner = standardMiner("bob");
        network.advance(TemplateSource.TEMPLATE_DEADLINE.minusSeconds(1));
        assertThat(second.constraints).isEmpty();

        network.advance(Duration.ofSeconds(2));
        miner.workOn(TIP_2);
        network.advance(Duration.ofMinutes(5));
        assertThat(second.constraints).hasSize(1);
        assertThat(events.texts()).anyMatch(line -> line.contains("no template within 10 s"));
        second.service().shutdown(Duration.ofSeconds(1));
        bed.await(second.service().whenTerminated());
    }

    @Test
    void leavesAProviderWhoseTemplatesCannotBeOfThePayoutsNetwork() throws Sv2ServiceException {
        bed.await(pool.shutdown());
        PoolConfig one = config();
        pool = pool(new PoolConfig(
                one.listen(),
                one.security(),
                one.limits(),
                one.templateProviders(),
                one.payout(),
                one.tag(),
                one.terms(),
                one.serverId(),
                Network.MAINNET,
                null));
        pool.start();
        tip(TIP_1);
        network.advance(Duration.ofSeconds(1));
        assertThat(events.texts())
                .anyMatch(line -> line.startsWith("templates of the template provider are of no use: their blocks are"
                        + " easier (nBits 207fffff) than any of mainnet"));
        assertThat(pool.status().height()).isEmpty();
        assertThat(pool.status().note()).contains("easier (nBits 207fffff)");
    }
}
