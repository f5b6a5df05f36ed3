package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.mining.Mined;
import org.stratumj.app.mining.Mined.Share;
import org.stratumj.app.mining.ScriptedMiner;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleException;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.channels.vardiff.VardiffPolicy;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.testkit.ScriptedPeer;
import org.stratumj.testkit.TestAuthority;

/// How the pool behaves between a scripted template provider and scripted miners, on any network.
abstract class PoolContract {
    /// One hash in 16.
    static final Target SHARE = Target.fromCompact(0x200fffffL);

    /// One hash in 4096.
    static final Target BLOCK = Target.fromCompact(0x1f0fffffL);

    static final Script PAYOUT = Script.ofHex("0014" + "ab".repeat(20));
    static final int BATCH = 2;
    static final Hash256 TIP_1 = ScriptedProvider.hash(1);
    static final Hash256 TIP_2 = ScriptedProvider.hash(2);

    final TestAuthority authority = TestAuthority.fresh();
    final RecordedEvents events = new RecordedEvents();
    TestBed bed;
    ScriptedProvider provider;
    PoolRole pool;

    private final List<ScriptedMiner> miners = new ArrayList<>();

    abstract TestBed openBed();

    @BeforeEach
    void start() throws Sv2ServiceException {
        bed = openBed();
        provider = new ScriptedProvider(bed.network(), authority).start();
        pool = pool(config());
        pool.start();
    }

    @AfterEach
    void stop() {
        miners.forEach(miner -> miner.service().shutdown(Duration.ofSeconds(1)));
        pool.shutdown();
        provider.service().shutdown(Duration.ofSeconds(1));
        miners.forEach(miner -> bed.await(miner.service().whenTerminated()));
        bed.await(pool.shutdown());
        bed.await(provider.service().whenTerminated());
        bed.close();
    }

    @Test
    @Tag("TDP-002")
    void asksForTheRoomThatItsPayoutNeeds() {
        bed.await(() -> !provider.constraints.isEmpty());
        assertThat(provider.constraints).containsExactly(new CoinbaseOutputConstraints(8 + 1 + 22, 0));
    }

    @Test
    @Tag("MIN-027")
    @Tag("MIN-070")
    @Tag("MIN-071")
    @Tag("NTM-007")
    void givesAStandardChannelItsJobsInOrder() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        miner.workOn(TIP_1);

        assertThat(miner.received)
                .extracting(Object::getClass)
                .isEqualTo(List.of(OpenStandardMiningChannelSuccess.class, NewMiningJob.class, SetNewPrevHash.class));
        assertThat(miner.received(NewMiningJob.class).getFirst().minNTime()).isEmpty();
        assertThat(miner.received(OpenStandardMiningChannelSuccess.class)
                        .getFirst()
                        .target())
                .isEqualTo(U256.of(SHARE.littleEndian()));
    }

    @Test
    @Tag("MIN-025")
    @Tag("SEG-002")
    void givesAnExtendedChannelJobsThatPayThePool() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);

        OpenExtendedMiningChannelSuccess open =
                miner.received(OpenExtendedMiningChannelSuccess.class).getFirst();
        NewExtendedMiningJob job = miner.received(NewExtendedMiningJob.class).getFirst();
        Bytes extranonce = open.extranoncePrefix().concat(Bytes.of(new byte[open.extranonceSize()]));
        Transaction coinbase = Transaction.parse(job.coinbaseTxPrefix()
                .concat(extranonce)
                .concat(job.coinbaseTxSuffix())
                .bytes());
        assertThat(coinbase.outputs())
                .containsExactly(new TxOut(ScriptedProvider.VALUE, PAYOUT), WitnessCommitment.output(List.of()));
        assertThat(job.versionRollingAllowed()).isTrue();
    }

    @Test
    @Tag("MIN-064")
    void acknowledgesSharesTogether() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        Share first = share(miner, 0);
        miner.submit(first);
        long last = miner.submit(share(miner, first.nonce() + 1));

        SubmitSharesSuccess success = miner.await(SubmitSharesSuccess.class, _ -> true);
        assertThat(success.lastSequenceNumber()).isEqualTo(last);
        assertThat(success.newSubmitsAcceptedCount()).isEqualTo(BATCH);
        assertThat(miner.received(SubmitSharesError.class)).isEmpty();
        assertThat(pool.status().sharesAccepted()).isEqualTo(BATCH);
        assertThat(provider.solutions).isEmpty();
    }

    @ParameterizedTest
    @Tag("ERR-001")
    @Tag("MIN-068")
    @ValueSource(booleans = {true, false})
    void refusesBadSharesAtOnceAndSaysWhyInTheLog(boolean standard) throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standard ? standardMiner("bob") : extendedMiner("bob");
        Share good = share(miner, 0);
        Share late = share(miner, good.nonce() + 1);
        miner.submit(good);
        long duplicate = miner.submit(good);
        long tooEasy = miner.submit(miner.find(miner.work(), hash -> !SHARE.isMetBy(hash)));
        tip(TIP_2);
        miner.workOn(TIP_2);
        long stale = miner.submit(late);

        awaitRefusal(miner, duplicate, ErrorCode.DUPLICATE_SHARE);
        awaitRefusal(miner, tooEasy, ErrorCode.DIFFICULTY_TOO_LOW);
        awaitRefusal(miner, stale, ErrorCode.STALE_SHARE);
        String channel = "share rejected on channel " + miner.channelId() + " of #";
        assertThat(events.texts())
                .anyMatch(line -> line.startsWith(channel) && line.contains(", bob: duplicate-share (sequence number "))
                .anyMatch(line -> line.startsWith(channel) && line.contains("difficulty-too-low"))
                .anyMatch(line -> line.startsWith(channel) && line.contains("stale-share"));
        assertThat(pool.status().sharesRejected())
                .containsEntry("duplicate-share", 1L)
                .containsEntry("difficulty-too-low", 1L)
                .containsEntry("stale-share", 1L);
        assertThat(pool.status().sharesAccepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @Tag("GEN-006")
    @Tag("SEG-001")
    @Tag("SEG-008")
    @Tag("TDP-040")
    @ValueSource(booleans = {true, false})
    @Tag("SEG-007")
    @Tag("TDP-044")
    void bringsABlockToTheProviderAndReportsItsAcceptance(boolean standard) throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standard ? standardMiner("bob") : extendedMiner("bob");
        Share block = block(miner);
        miner.submit(block);
        bed.await(() -> provider.solutions.size() == 1);

        SubmitSolution solution = provider.solutions.getFirst();
        BlockHeader header = provider.header(solution);
        assertThat(header.hash()).isEqualTo(block.hash());
        assertThat(header.prevHash()).isEqualTo(TIP_1);
        Transaction coinbase = ScriptedProvider.coinbase(solution);
        assertThat(coinbase.inputs().getFirst().witness()).isEqualTo(WitnessCommitment.COINBASE_WITNESS);
        assertThat(coinbase.outputs().getFirst()).isEqualTo(new TxOut(ScriptedProvider.VALUE, PAYOUT));
        assertThat(pool.status().blocksFound()).isEqualTo(1);
        assertThat(pool.status().blocksAccepted()).isZero();

        tip(block.hash());
        miner.workOn(block.hash());
        assertThat(pool.status().blocksAccepted()).isEqualTo(1);
        assertThat(pool.status().tip()).isEqualTo(block.hash().toString());
        assertThat(pool.status().height()).hasValue(ScriptedProvider.HEIGHT);
        assertThat(events.texts())
                .contains(
                        "block found: " + block.hash(),
                        "block submitted: " + block.hash(),
                        "block accepted at height 500: " + block.hash());
    }

    @Test
    void tellsWhenTheChainGoesOnWithoutOurBlock() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        Share block = block(miner);
        miner.submit(block);
        bed.await(() -> provider.solutions.size() == 1);
        tip(TIP_2);
        miner.workOn(TIP_2);

        assertThat(events.texts())
                .contains("block overtaken by another: the chain went on with " + TIP_2 + ": " + block.hash());
        assertThat(pool.status().blocksAccepted()).isZero();
    }

    @Test
    @Tag("GEN-006")
    @Tag("TDP-040")
    void submitsABlockWhoseShareIsRefusedCredit() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        Share block = block(miner);
        tip(TIP_2);
        miner.workOn(TIP_2);
        long late = miner.submit(block);

        awaitRefusal(miner, late, ErrorCode.STALE_SHARE);
        bed.await(() -> provider.solutions.size() == 1);
        assertThat(provider.header(provider.solutions.getFirst()).hash()).isEqualTo(block.hash());
    }

    /// The provider comes back, without memory, and announces what it announced before: miners are not disturbed,
    /// and blocks reach it under the id that it now knows.
    @Test
    @Tag("GEN-006")
    void keepsMinersAndTheirJobsWhileTheProviderIsAway() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        MiningWork work = miner.workOn(TIP_1);
        stopProvider();

        Share good = share(miner, 0);
        miner.submit(good);
        Share block = block(miner);
        miner.submit(block);
        assertThat(miner.await(SubmitSharesSuccess.class, _ -> true).newSubmitsAcceptedCount())
                .isEqualTo(2);
        assertThat(provider.solutions).isEmpty();
        standardMiner("late").workOn(TIP_1);

        provider.forget();
        provider.start();
        bed.await(() -> provider.knownSolutions().size() == 1);
        Share another = Mined.share(work, block.nonce() + 1, BLOCK::isMetBy);
        miner.submit(another);
        bed.await(() -> provider.knownSolutions().size() == 2);
        miner.submit(share(miner, good.nonce() + 1));
        miner.await(SubmitSharesSuccess.class, success -> success.lastSequenceNumber() == 4);

        assertThat(provider.knownSolutions())
                .extracting(solution -> provider.header(solution).hash())
                .containsExactly(block.hash(), another.hash());
        assertThat(miner.received(NewExtendedMiningJob.class))
                .filteredOn(job -> job.minNTime().isPresent())
                .isEmpty();
        assertThat(miner.received(SubmitSharesError.class)).isEmpty();
        assertThat(miner.downs).isEmpty();
        assertThat(events.texts())
                .contains("block " + block.hash() + " waits for the template provider")
                .filteredOn(line -> line.startsWith("template provider "))
                .satisfiesExactly(
                        up -> assertThat(up).endsWith(" connected"),
                        down -> assertThat(down).contains(" disconnected: ").contains("miners keep the work they have"),
                        up -> assertThat(up).endsWith(" connected"));
    }

    @Test
    void keepsJobsValidWhenTheProviderComesBackWithABetterTemplate() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        MiningWork before = miner.workOn(TIP_1);
        stopProvider();
        provider.fees();
        provider.start();
        bed.await(() -> miner.work().job().id() != before.job().id());

        miner.submit(miner.find(before, this::isShareOnly));
        miner.submit(share(miner, 0));
        miner.await(SubmitSharesSuccess.class, success -> success.lastSequenceNumber() == 2);
        assertThat(miner.received(SubmitSharesError.class)).isEmpty();
        assertThat(miner.received(SetNewPrevHash.class)).hasSize(1);
    }

    @Test
    void holdsRequestsForChannelsUntilTheFirstTemplate() throws Sv2ServiceException {
        ScriptedMiner first = connected("first", 0);
        first.openStandard(Target.MAX);
        ScriptedMiner second = connected("second", 0);
        second.openExtended(Target.MAX);
        bed.await(() -> !provider.constraints.isEmpty());
        assertThat(pool.status().note()).isEqualTo("waiting for the first template");
        tip(TIP_1);

        first.workOn(TIP_1);
        second.workOn(TIP_1);
        assertThat(pool.status().note()).isEmpty();
    }

    @Test
    @Tag("MIN-017")
    @Tag("TDP-016")
    void sendsBetterJobsOnTheSameTip() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        MiningWork before = miner.workOn(TIP_1);
        Share old = share(miner, 0);
        provider.fees();
        bed.await(() -> miner.work().job().id() != before.job().id());

        assertThat(miner.received(SetNewPrevHash.class)).hasSize(1);
        miner.submit(old);
        miner.submit(share(miner, 0));
        miner.await(SubmitSharesSuccess.class, success -> success.lastSequenceNumber() == 2);
        assertThat(miner.received(SubmitSharesError.class)).isEmpty();
    }

    @Test
    void leavesAProviderThatContradictsItselfAndComesBack() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        miner.workOn(TIP_1);
        provider.send(new org.stratumj.protocol.template.SetNewPrevHash(
                4711, U256.ZERO, 1, ScriptedProvider.NBITS, U256.MAX));

        bed.await(() -> provider.constraints.size() == 2);
        assertThat(events.texts()).anyMatch(line -> line.contains("SetNewPrevHash names template 4711"));
        tip(TIP_2);
        miner.workOn(TIP_2);
        assertThat(miner.downs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 00", "1d00ffff, 00", "0, ff", "1d80ffff, ff", "2300ffff, ff"})
    void leavesAProviderWhoseTipNoBlockCanBuildOn(String nBits, String targetByte) throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = standardMiner("bob");
        miner.workOn(TIP_1);
        U256 target = U256.of(Bytes.ofHex(targetByte.repeat(32)).bytes());
        NewTemplate template = provider.unsentTemplate();
        provider.send(
                template,
                new org.stratumj.protocol.template.SetNewPrevHash(
                        template.templateId(), U256.ZERO, 1, Long.parseLong(nBits, 16), target));

        bed.await(() -> provider.constraints.size() == 2);
        assertThat(events.texts()).anyMatch(line -> line.matches(".*SetNewPrevHash has (a target|impossible nBits).*"));
        tip(TIP_2);
        miner.workOn(TIP_2);
        assertThat(miner.downs).isEmpty();
    }

    @Test
    @Tag("MIN-026")
    @Tag("MIN-030")
    void givesClientsThatRequireStandardJobsNothingElse() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = connected("bob", MiningFlags.REQUIRES_STANDARD_JOBS);
        miner.openStandard(Target.MAX);
        miner.openStandard(Target.MAX);
        miner.workOn(TIP_1);
        miner.openExtended(Target.MAX);
        tip(TIP_2);
        miner.workOn(TIP_2);

        assertThat(miner.received(OpenMiningChannelError.class))
                .extracting(OpenMiningChannelError::errorCode)
                .containsExactly(ErrorCode.EXTENDED_CHANNELS_NOT_SUPPORTED_FOR_STANDARD_JOBS.wire());
        assertThat(miner.received(NewExtendedMiningJob.class)).isEmpty();
        bed.await(() -> miner.received(NewMiningJob.class).size() == 4);
    }

    @Test
    void refusesClientsThatSelectTheirWork() throws Sv2ServiceException {
        ScriptedMiner miner = miner("bob", MiningFlags.REQUIRES_WORK_SELECTION);
        bed.await(
                () -> events.texts().stream().anyMatch(line -> line.contains("unsupported-feature-flags, flags 0x2")));
        assertThat(miner.isUp()).isFalse();
    }

    @Test
    void acceptsClientsThatNeedVersionRolling() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = connected("bob", MiningFlags.REQUIRES_VERSION_ROLLING);
        miner.openExtended(Target.MAX);
        miner.workOn(TIP_1);
        miner.submit(Mined.share(miner.work(), 0x2000_2000L, 0, this::isShareOnly));
        miner.submit(Mined.share(miner.work(), 0x3fff_ffe0L, 0, this::isShareOnly));
        assertThat(miner.await(SubmitSharesSuccess.class, _ -> true).newSubmitsAcceptedCount())
                .isEqualTo(2);
    }

    @Test
    @Tag("JDP-021")
    void answersACustomJobWithAnError() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        miner.workOn(TIP_1);
        miner.send(new SetCustomMiningJob(
                miner.channelId(),
                9,
                Bytes.EMPTY,
                2,
                U256.ZERO,
                1,
                ScriptedProvider.NBITS,
                2,
                Bytes.EMPTY,
                0,
                Bytes.EMPTY,
                0,
                List.of()));
        SetCustomMiningJobError error = miner.await(SetCustomMiningJobError.class, _ -> true);
        assertThat(error.requestId()).isEqualTo(9);
        assertThat(error.errorCode()).isEqualTo(ErrorCode.JD_NOT_SUPPORTED.wire());
    }

    @Test
    void knowsNoChannelAfterItsClientClosedIt() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        Share share = share(miner, 0);
        miner.send(new CloseChannel(miner.channelId(), Str0255.of("done")));
        awaitRefusal(miner, miner.submit(share), ErrorCode.INVALID_CHANNEL_ID);
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
        Share bad = flooder.find(flooder.work(), hash -> !SHARE.isMetBy(hash));
        IntStream.range(0, 500).forEach(_ -> flooder.submit(bad));
        Endpoint unencrypted = new Endpoint("127.0.0.1", poolPort(), new ClientSecurity.Plain());
        ScriptedPeer.dial(bed, unencrypted).sendBytes(new byte[5000]).skipToClosed();
        flooder.violate();
        bed.await(() -> flooder.downs.size() == 1);

        tip(TIP_2);
        standard.workOn(TIP_2);
        extended.workOn(TIP_2);
        for (ScriptedMiner miner : List.of(standard, extended)) {
            miner.submit(share(miner, 0));
            miner.submit(share(miner, 1 << 16));
            assertThat(miner.await(SubmitSharesSuccess.class, _ -> true).newSubmitsAcceptedCount())
                    .isEqualTo(2);
            assertThat(miner.received(SubmitSharesError.class)).isEmpty();
            assertThat(miner.downs).isEmpty();
        }
        assertThat(pool.status().sharesRejected()).containsEntry("difficulty-too-low", 500L);
        assertThat(events.texts())
                .filteredOn(line -> line.contains("difficulty-too-low"))
                .hasSizeLessThan(100)
                .anyMatch(line -> line.startsWith("more shares rejected"));
    }

    @Test
    void acknowledgesWhatIsLeftBeforeItStops() throws Sv2ServiceException {
        tip(TIP_1);
        ScriptedMiner miner = extendedMiner("bob");
        long number = miner.submit(share(miner, 0));
        bed.await(() -> pool.status().sharesAccepted() == 1);
        bed.await(pool.shutdown());

        bed.await(() -> miner.downs.size() == 1);
        assertThat(miner.received(SubmitSharesSuccess.class))
                .extracting(SubmitSharesSuccess::lastSequenceNumber)
                .containsExactly(number);
        assertThat(miner.downs.getFirst()).isInstanceOf(CloseReason.Remote.class);
        assertThat(pool.status().sharesAccepted()).isEqualTo(1);
    }

    @Test
    void saysWhatToDoWhenItsPortIsInUse() {
        PoolConfig used = config();
        PoolRole second = pool(new PoolConfig(
                pool.localAddress().orElseThrow(),
                used.security(),
                used.limits(),
                used.templateProviders(),
                used.payout(),
                used.tag(),
                used.terms(),
                used.serverId(),
                used.network(),
                null));
        assertThatThrownBy(second::start)
                .isInstanceOf(RoleException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).contains("address already in use"));
        assertThat(second.localAddress()).isEmpty();
        second.close();
    }

    PoolConfig config() {
        ServerPolicy policy = new ServerPolicy(
                3,
                new TargetPolicy(6, SHARE, BLOCK, 1e22, Duration.ofSeconds(5)),
                new SharePolicy(SharePolicy.BIP323_MASK, Duration.ofHours(2), BATCH, Duration.ofMinutes(1)),
                VardiffPolicy.DEFAULT);
        return PoolConfig.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        authority.server(),
                        provider.endpoint(),
                        Payout.to(PAYOUT),
                        Network.REGTEST)
                .withPolicy(policy);
    }

    PoolRole pool(PoolConfig config) {
        return new PoolRole(
                config, new RoleContext(bed.network(), events, bed.network().clock()));
    }

    int poolPort() {
        return pool.localAddress().orElseThrow().getPort();
    }

    /// The provider has this tip, starting from the present time.
    void tip(Hash256 hash) {
        provider.tip(hash, bed.network().clock().instant().getEpochSecond(), BLOCK);
    }

    ScriptedMiner miner(String worker, long flags) throws Sv2ServiceException {
        ScriptedMiner miner =
                new ScriptedMiner(bed, new Endpoint("127.0.0.1", poolPort(), authority.client()), worker, flags);
        miners.add(miner);
        return miner;
    }

    ScriptedMiner connected(String worker, long flags) throws Sv2ServiceException {
        return miner(worker, flags).awaitUp();
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

    /// A share of the present work that is no block.
    Share share(ScriptedMiner miner, long firstNonce) {
        return Mined.share(miner.work(), firstNonce, this::isShareOnly);
    }

    Share block(ScriptedMiner miner) {
        return miner.find(miner.work(), BLOCK::isMetBy);
    }

    boolean isShareOnly(Hash256 hash) {
        return SHARE.isMetBy(hash) && !BLOCK.isMetBy(hash);
    }

    void awaitRefusal(ScriptedMiner miner, long sequenceNumber, ErrorCode code) {
        SubmitSharesError error =
                miner.await(SubmitSharesError.class, refused -> refused.sequenceNumber() == sequenceNumber);
        assertThat(error.errorCode()).isEqualTo(code.wire());
    }

    void stopProvider() {
        provider.service().shutdown(Duration.ofSeconds(1));
        bed.await(provider.service().whenTerminated());
        bed.await(() -> pool.status().connections() == miners.size());
    }
}
