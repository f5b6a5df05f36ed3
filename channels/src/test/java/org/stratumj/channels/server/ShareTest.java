package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.TestMiner;
import org.stratumj.channels.TestMiner.Found;
import org.stratumj.channels.TestPool;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;

/// Verdicts on shares: real hashes at easy targets, mined by [TestMiner] from what the client was sent.
class ShareTest {
    enum Kind {
        STANDARD,
        EXTENDED;

        ClientChannel open(TestPool pool) {
            return this == STANDARD ? pool.openStandard() : pool.openExtended();
        }
    }

    static Stream<Arguments> kindsWithFlags() {
        return Stream.of(
                Arguments.of(Kind.STANDARD, MiningFlags.NONE),
                Arguments.of(Kind.STANDARD, new MiningFlags(true, false, false, false, false)),
                Arguments.of(Kind.EXTENDED, MiningFlags.NONE));
    }

    static Stream<Kind> kinds() {
        return Stream.of(Kind.values());
    }

    @ParameterizedTest
    @MethodSource("kindsWithFlags")
    @Tag("MIN-010")
    @Tag("MIN-011")
    @Tag("MIN-082")
    void creditsWhatMeetsTheTarget(Kind kind, MiningFlags flags) {
        TestPool pool = new TestPool(Fixtures.startedFactory(), flags, Fixtures.EASY_TARGETS);
        ClientChannel channel = kind.open(pool);
        Found share = TestPool.mine(channel);

        ShareVerdict verdict = pool.submit(channel, share);

        assertThat(verdict.credit())
                .isEqualTo(new Credited(Fixtures.EASY.difficulty().value()));
        assertThat(verdict.block()).isEmpty();
        assertThat(verdict.error()).isEmpty();
        assertThat(verdict.solution().orElseThrow().hash()).isEqualTo(share.hash());
        assertThat(verdict.solution().orElseThrow().header().hash()).isEqualTo(share.hash());
    }

    @ParameterizedTest
    @MethodSource("kindsWithFlags")
    void creditsSharesOfEveryJobOnTheTip(Kind kind, MiningFlags flags) {
        TestPool pool = new TestPool(Fixtures.startedFactory(), flags, Fixtures.EASY_TARGETS);
        ClientChannel channel = kind.open(pool);
        Found first = TestPool.mine(channel);
        pool.betterTemplate(2);
        Found second = TestPool.mine(channel);
        pool.futureTemplate(3);

        assertThat(second.jobId()).isNotEqualTo(first.jobId());
        assertThat(pool.submit(channel, second).credit()).isInstanceOf(Credited.class);
        assertThat(pool.submit(channel, first).credit()).isInstanceOf(Credited.class);
        pool.newTip(3, 2, Fixtures.IMPOSSIBLE);
        assertThat(pool.mineAndSubmit(channel).credit()).isInstanceOf(Credited.class);
    }

    @ParameterizedTest
    @Tag("MIN-100")
    @MethodSource("kinds")
    void refusesAShareAboveTheTarget(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        MiningWork work = TestPool.work(channel);
        Found low = TestMiner.mine(work, 0, hash -> !work.target().isMetBy(hash));

        assertRefused(pool.submit(channel, low), ErrorCode.DIFFICULTY_TOO_LOW);
    }

    @Test
    @Tag("MIN-100")
    void judgesByTheTargetToTheLastBit() {
        // Shares at a target that is exactly a known hash, and one below it.
        TestPool easy = new TestPool();
        StandardClientChannel channel = easy.openStandard();
        Found share = TestPool.mine(channel);
        Target exact = Target.ofLittleEndian(share.hash().bytes());
        Target oneBelow = Target.of(exact.toBigInteger().subtract(BigInteger.ONE));

        assertThat(submitAt(exact, share).credit()).isInstanceOf(Credited.class);
        assertRefused(submitAt(oneBelow, share), ErrorCode.DIFFICULTY_TOO_LOW);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesTheSameShareAgain(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        Found share = TestPool.mine(channel);

        assertThat(pool.submit(channel, share).credit()).isInstanceOf(Credited.class);
        assertRefused(pool.submit(channel, share), ErrorCode.DUPLICATE_SHARE);
    }

    @Test
    void refusesAShareOfALowTargetAsSuchHoweverOftenItComes() {
        TestPool pool = new TestPool();
        ClientChannel channel = pool.openStandard();
        MiningWork work = TestPool.work(channel);
        Found low = TestMiner.mine(work, 0, hash -> !work.target().isMetBy(hash));

        pool.submit(channel, low);

        assertRefused(pool.submit(channel, low), ErrorCode.DIFFICULTY_TOO_LOW);
    }

    /// One template twice under two ids makes the same headers: they count once.
    @ParameterizedTest
    @MethodSource("kinds")
    void refusesTheSameHeaderUnderAnotherJob(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        Found share = TestPool.mine(channel);
        pool.submit(channel, share);
        pool.betterTemplate(1);
        long secondJob = TestPool.work(channel).job().id();
        Found again =
                new Found(secondJob, share.nonce(), share.nTime(), share.version(), share.extranonce(), share.hash());

        assertThat(secondJob).isNotEqualTo(share.jobId());
        assertRefused(pool.submit(channel, again), ErrorCode.DUPLICATE_SHARE);
    }

    /// The chain goes to another tip and comes back: old shares are old.
    @ParameterizedTest
    @MethodSource("kinds")
    void refusesTheSameHeaderAfterTheChainCameBack(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        Found share = TestPool.mine(channel);
        pool.submit(channel, share);
        pool.newTip(7, 2);
        pool.newTip(1, 1);
        Found again = new Found(
                TestPool.work(channel).job().id(),
                share.nonce(),
                share.nTime(),
                share.version(),
                share.extranonce(),
                share.hash());

        assertRefused(pool.submit(channel, again), ErrorCode.DUPLICATE_SHARE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesALateShareAsStale(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        Found late = TestPool.mine(channel);
        pool.newTip(2, 2);

        assertRefused(pool.submit(channel, late), ErrorCode.STALE_SHARE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesAJobThatNeverWas(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        long sequenceNumber = 77;

        ShareVerdict verdict = channel instanceof StandardClientChannel
                ? pool.server.submit(new SubmitSharesStandard(channel.id(), sequenceNumber, 99, 0, 0, 0), pool.now)
                : pool.server.submit(
                        new SubmitSharesExtended(channel.id(), sequenceNumber, 99, 0, 0, 0, Bytes.of(new byte[8])),
                        pool.now);

        assertRefused(verdict, ErrorCode.INVALID_JOB_ID);
        assertThat(verdict.error())
                .contains(new SubmitSharesError(channel.id(), sequenceNumber, ErrorCode.INVALID_JOB_ID.wire()));
    }

    @Test
    @Tag("MIN-074")
    void refusesAJobThatIsStillInTheFuture() {
        TestPool pool = new TestPool();
        ClientChannel channel = pool.openStandard();
        pool.futureTemplate(2);

        ShareVerdict verdict = pool.server.submit(new SubmitSharesStandard(channel.id(), 0, 2, 0, 0, 0), pool.now);

        assertRefused(verdict, ErrorCode.INVALID_JOB_ID);
    }

    @Test
    void refusesAChannelThatIsNotOpen() {
        TestPool pool = new TestPool();

        assertRefused(
                pool.server.submit(new SubmitSharesStandard(5, 0, 1, 0, 0, 0), pool.now), ErrorCode.INVALID_CHANNEL_ID);
    }

    @Test
    @Tag("MIN-062")
    void refusesAShareOfTheOtherKindOfChannel() {
        TestPool pool = new TestPool();
        StandardClientChannel standard = pool.openStandard();
        ExtendedClientChannel extended = pool.openExtended();

        assertRefused(
                pool.server.submit(new SubmitSharesStandard(extended.id(), 0, 1, 0, 0, 0), pool.now),
                ErrorCode.INVALID_CHANNEL_ID);
        assertRefused(
                pool.server.submit(new SubmitSharesExtended(standard.id(), 0, 1, 0, 0, 0, Bytes.EMPTY), pool.now),
                ErrorCode.INVALID_CHANNEL_ID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 32})
    @Tag("MIN-063")
    void refusesAnExtranonceOfAnotherSize(int size) {
        TestPool pool = new TestPool();
        ExtendedClientChannel channel = pool.openExtended();
        Found share = TestPool.mine(channel);

        ShareVerdict verdict = pool.server.submit(
                new SubmitSharesExtended(
                        channel.id(),
                        0,
                        share.jobId(),
                        share.nonce(),
                        share.nTime(),
                        share.version(),
                        Bytes.of(new byte[size])),
                pool.now);

        assertRefused(verdict, ErrorCode.BAD_EXTRANONCE_SIZE);
        assertThat(verdict.solution()).isEmpty();
    }

    @ParameterizedTest
    @Tag("MIN-004")
    @MethodSource("kinds")
    void takesVersionBitsWithinTheMaskOnly(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        long version = TestPool.work(channel).job().version();

        assertThat(submitWithVersion(pool, channel, version ^ SharePolicy.BIP323_MASK)
                        .credit())
                .isInstanceOf(Credited.class);
        for (long bit : new long[] {1, 1 << 4, 1L << 29, 1L << 31}) {
            assertRefused(submitWithVersion(pool, channel, version ^ bit), ErrorCode.INVALID_NON_ROLLABLE_VERSION_BIT);
        }
    }

    @Test
    void takesTheOlderMaskOnlyIfConfigured() {
        SharePolicy older = new SharePolicy(SharePolicy.BIP320_MASK, Duration.ofHours(2), 10, Duration.ofMinutes(1));
        ServerPolicy policy = new ServerPolicy(10, Fixtures.EASY_TARGETS, older, ServerPolicy.DEFAULT.vardiff());
        TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, policy, new ExtranonceLeases(3, 1));
        ClientChannel channel = pool.openStandard();
        long version = TestPool.work(channel).job().version();

        assertThat(submitWithVersion(pool, channel, version ^ SharePolicy.BIP320_MASK)
                        .credit())
                .isInstanceOf(Credited.class);
        assertRefused(submitWithVersion(pool, channel, version ^ 1 << 5), ErrorCode.INVALID_NON_ROLLABLE_VERSION_BIT);
    }

    @Test
    void refusesAnotherVersionWhereTheJobFixesIt() {
        JobFactory fixed = new JobFactory(Fixtures.SPACE, Fixtures.TAG, Fixtures.PAYOUT, false);
        fixed.onNewTemplate(Fixtures.template(1, true));
        fixed.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.IMPOSSIBLE));
        TestPool pool = new TestPool(fixed, MiningFlags.NONE, Fixtures.EASY_TARGETS);

        assertVersionIsFixed(pool, pool.openExtended());
    }

    @ParameterizedTest
    @Tag("MIN-033")
    @MethodSource("kinds")
    void refusesAnotherVersionWhereTheServerRequiresAFixedOne(Kind kind) {
        MiningFlags flags = new MiningFlags(false, false, false, true, false);
        TestPool pool = new TestPool(Fixtures.startedFactory(), flags, Fixtures.EASY_TARGETS);

        assertVersionIsFixed(pool, kind.open(pool));
    }

    @ParameterizedTest
    @Tag("MIN-004")
    @Tag("NTM-001")
    @Tag("NTM-003")
    @Tag("NTM-004")
    @Tag("NTM-005")
    @MethodSource("kinds")
    void takesTimesFromTheTipsMinimumToTwoHoursAhead(Kind kind) {
        TestPool pool = new TestPool();
        ClientChannel channel = kind.open(pool);
        long earliest = TestPool.work(channel).tip().minNTime();
        long latest = pool.now.plus(Duration.ofHours(2)).getEpochSecond();

        assertThat(submitWithTime(pool, channel, earliest).credit()).isInstanceOf(Credited.class);
        assertThat(submitWithTime(pool, channel, latest).credit()).isInstanceOf(Credited.class);
        assertRefused(submitWithTime(pool, channel, earliest - 1), ErrorCode.INVALID_SHARE);
        assertRefused(submitWithTime(pool, channel, latest + 1), ErrorCode.INVALID_SHARE);
    }

    /// On a test network the time of a job may be far ahead of the clock.
    @ParameterizedTest
    @CsvSource({"-600, 3600", "3600, 7200", "3601, 7200", "7200, 7200"})
    void takesTimesAheadOfTheClockOrOfTheJobUpToTheBoundOfItsPolicy(long jobAhead, long latestAhead) {
        SharePolicy hour = SharePolicy.DEFAULT.withNTimeAheadMax(Duration.ofHours(1));
        ServerPolicy policy =
                ServerPolicy.DEFAULT.withTargets(Fixtures.EASY_TARGETS).withShares(hour);
        TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, policy, new ExtranonceLeases(3, 1));
        ClientChannel channel = pool.openStandard();
        pool.now = Instant.ofEpochSecond(TestPool.work(channel).tip().minNTime() - jobAhead);
        long latest = pool.now.getEpochSecond() + latestAhead;

        assertThat(submitWithTime(pool, channel, latest).credit()).isInstanceOf(Credited.class);
        assertRefused(submitWithTime(pool, channel, latest + 1), ErrorCode.INVALID_SHARE);
    }

    @ParameterizedTest
    @Tag("SEG-005")
    @MethodSource("kinds")
    @Tag("SEG-007")
    @Tag("TDP-044")
    void findsABlockAndCreditsItsShare(Kind kind) {
        TestPool pool = onEasyTip();
        ClientChannel channel = kind.open(pool);
        Found block = mineBlock(channel);

        ShareVerdict verdict = pool.submit(channel, block);

        assertThat(verdict.block()).isPresent();
        assertThat(verdict.credit()).isInstanceOf(Credited.class);
        assertIsBlock(verdict, block);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Tag("MIN-061")
    @Tag("TDP-042")
    void keepsTheTemplatesVersionInABlockButForTheBitsOfBip323(Kind kind) {
        TestPool pool = onEasyTip();
        ClientChannel channel = kind.open(pool);
        MiningWork work = TestPool.work(channel);
        long version = work.job().version() ^ 0x1fff_ffe0L;
        Found block = TestMiner.mine(work, version, work.nTimeStart(), 0, Fixtures.HARDER::isMetBy);

        ShareVerdict verdict = pool.submit(channel, block);

        assertThat(verdict.credit()).isInstanceOf(Credited.class);
        SubmitSolution message =
                verdict.block().orElseThrow().toTemplateProvider().orElseThrow();
        assertThat(message.version()).isEqualTo(version);
        assertThat(message.version() & ~0x1fff_ffe0L)
                .isEqualTo(Fixtures.template(1, true).version() & ~0x1fff_ffe0L);
    }

    @Test
    @Tag("EXT-020")
    @Tag("EXT-023")
    @Tag("WRK-010")
    @Tag("WRK-011")
    void readsTheWorkerWhereThatWasNegotiatedAndIgnoresOtherFields() {
        WorkerIdentity worker = new WorkerIdentity(Bytes.ofHex("c3a9"));
        Tlv other = new Tlv(0x4000, 1, Bytes.ofHex("aa"));
        TestPool pool = new TestPool();
        ExtendedClientChannel channel = pool.openExtended();

        assertThat(judged(pool, channel, Tlvs.of(worker.tlv(), other), 0).worker())
                .contains(worker);
        Tlvs unsorted =
                new Tlvs(Tlvs.of(other).raw().concat(Tlvs.of(worker.tlv()).raw()));
        assertThat(judged(pool, channel, unsorted, 1000).worker()).contains(worker);
        assertThat(judged(pool, channel, Tlvs.of(other), 2000).worker()).isEmpty();
        assertThat(judged(pool, channel, Tlvs.NONE, 3000).credit()).isInstanceOf(Credited.class);
    }

    @Test
    @Tag("EXT-021")
    @Tag("EXT-022")
    @Tag("WRK-003")
    void refusesAShareWithATlvFieldThatIsTooLongButNotItsBlock() {
        Tlvs tooLong = Tlvs.of(new Tlv(2, 1, Bytes.of(new byte[33])));
        TestPool pool = onEasyTip();
        ExtendedClientChannel channel = pool.openExtended();
        Found block = mineBlock(channel);

        ShareVerdict verdict = pool.server.submit(message(channel, block, tooLong), Set.of(2), pool.now);
        assertIsBlock(verdict, block);
        assertThat(verdict.credit()).isEqualTo(new Refused(ErrorCode.INVALID_SHARE));
        assertThat(verdict.error()).isPresent();
        assertThat(pool.server
                        .submit(message(channel, block, Tlvs.NONE), Set.of(2), pool.now)
                        .credit())
                .as("the same share as it should be")
                .isInstanceOf(Credited.class);
    }

    private static ShareVerdict judged(TestPool pool, ExtendedClientChannel channel, Tlvs tlvs, long nonce) {
        Found share = TestMiner.mine(TestPool.work(channel), nonce, Fixtures.EASY::isMetBy);
        ShareVerdict verdict = pool.server.submit(message(channel, share, tlvs), Set.of(2), pool.now);
        assertThat(verdict.credit()).isInstanceOf(Credited.class);
        return verdict;
    }

    private static SubmitSharesExtended message(ExtendedClientChannel channel, Found share, Tlvs tlvs) {
        return new SubmitSharesExtended(
                channel.id(),
                0,
                share.jobId(),
                share.nonce(),
                share.nTime(),
                share.version(),
                share.extranonce(),
                tlvs);
    }

    @Test
    @Tag("EXT-024")
    @Tag("WRK-009")
    void ignoresWhatFollowsAShareWhereNothingWasNegotiated() {
        TestPool pool = new TestPool();
        ExtendedClientChannel channel = pool.openExtended();
        Tlvs tooLong = Tlvs.of(new Tlv(2, 1, Bytes.of(new byte[33])));
        Tlvs noTlvFields = new Tlvs(Bytes.ofHex("0200"));
        long nonce = 0;
        for (Tlvs tlvs : List.of(tooLong, noTlvFields)) {
            Found share = TestMiner.mine(TestPool.work(channel), nonce, Fixtures.EASY::isMetBy);
            ShareVerdict verdict = pool.server.submit(message(channel, share, tlvs), pool.now);
            assertThat(verdict.credit()).isInstanceOf(Credited.class);
            assertThat(verdict.worker()).isEmpty();
            nonce = share.nonce() + 1;
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void doesNotTakeAShareForABlock(Kind kind) {
        TestPool pool = onEasyTip();
        ClientChannel channel = kind.open(pool);
        MiningWork work = TestPool.work(channel);
        Found share = TestMiner.mine(work, 0, hash -> work.target().isMetBy(hash) && !Fixtures.HARDER.isMetBy(hash));

        assertThat(pool.submit(channel, share).block()).isEmpty();
    }

    /// The provider's target may be harder than nBits say.
    @Test
    @Tag("TDP-032")
    void judgesBlocksByTheTargetOfTheProvider() {
        JobFactory factory = Fixtures.factory();
        factory.onNewTemplate(Fixtures.template(1, true));
        SetNewPrevHash tip = Fixtures.tip(1, 1, Fixtures.EASY);
        factory.onSetNewPrevHash(new SetNewPrevHash(
                1, tip.prevHash(), tip.headerTimestamp(), tip.nBits(), U256.of(Fixtures.HARDER.littleEndian())));
        TestPool pool = new TestPool(factory, MiningFlags.NONE, Fixtures.EASY_TARGETS);
        ClientChannel channel = pool.openStandard();
        Found byBits = TestMiner.mine(
                TestPool.work(channel), 0, hash -> !Fixtures.HARDER.isMetBy(hash) && Fixtures.EASY.isMetBy(hash));

        assertThat(pool.submit(channel, byBits).block()).isEmpty();
        assertThat(pool.submit(channel, mineBlock(channel)).block()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void findsABlockThatIsStale(Kind kind) {
        TestPool pool = onEasyTip();
        ClientChannel channel = kind.open(pool);
        Found block = mineBlock(channel);
        pool.newTip(9, 9);

        ShareVerdict verdict = pool.submit(channel, block);

        assertIsBlock(verdict, block);
        assertThat(verdict.credit()).isEqualTo(new Refused(ErrorCode.STALE_SHARE));
    }

    @ParameterizedTest
    @Tag("TDP-031")
    @MethodSource("kinds")
    void findsABlockWithATimeThatEarnsNoCredit(Kind kind) {
        TestPool pool = onEasyTip();
        ClientChannel channel = kind.open(pool);
        MiningWork work = TestPool.work(channel);
        Found block =
                TestMiner.mine(work, work.job().version(), work.tip().minNTime() - 1, 0, Fixtures.HARDER::isMetBy);

        ShareVerdict verdict = pool.submit(channel, block);

        assertIsBlock(verdict, block);
        assertThat(verdict.credit()).isEqualTo(new Refused(ErrorCode.INVALID_SHARE));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void findsABlockWithAVersionThatEarnsNoCredit(Kind kind) {
        TestPool pool = onEasyTip();
        ClientChannel channel = kind.open(pool);
        MiningWork work = TestPool.work(channel);
        Found block = TestMiner.mine(work, work.job().version() ^ 1, work.nTimeStart(), 0, Fixtures.HARDER::isMetBy);

        ShareVerdict verdict = pool.submit(channel, block);

        assertIsBlock(verdict, block);
        assertThat(verdict.credit()).isEqualTo(new Refused(ErrorCode.INVALID_NON_ROLLABLE_VERSION_BIT));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void findsABlockAboveTheChannelsTarget(Kind kind) {
        // A channel target harder than the network's: a block and no share, which is no fault of the miner.
        JobFactory factory = Fixtures.factory();
        factory.onNewTemplate(Fixtures.template(1, true));
        factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY));
        TargetPolicy harder = new TargetPolicy(6, Fixtures.HARDER, Fixtures.HARDER, 1e22, Duration.ofSeconds(5));
        TestPool pool = new TestPool(factory, MiningFlags.NONE, harder);
        ClientChannel channel = kind.open(pool);
        Found block = TestMiner.mine(
                TestPool.work(channel), 0, hash -> Fixtures.EASY.isMetBy(hash) && !Fixtures.HARDER.isMetBy(hash));

        ShareVerdict verdict = pool.submit(channel, block);

        assertIsBlock(verdict, block);
        assertThat(verdict.credit()).isEqualTo(new Credited(0));
        assertThat(pool.submit(channel, block).credit()).isEqualTo(new Refused(ErrorCode.DUPLICATE_SHARE));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void reportsABlockOnce(Kind kind) {
        TestPool pool = onEasyTip();
        ClientChannel channel = kind.open(pool);
        Found block = mineBlock(channel);
        pool.submit(channel, block);

        ShareVerdict again = pool.submit(channel, block);

        assertThat(again.block()).isEmpty();
        assertThat(again.credit()).isEqualTo(new Refused(ErrorCode.DUPLICATE_SHARE));
    }

    /// Blocks that were pushed out of the memory may be reported again, shares of them are not credited again.
    @Test
    void remembersABoundedNumberOfBlocks() {
        TestPool pool = onEasyTip();
        ClientChannel channel = pool.openStandard();
        Found first = mineBlock(channel);
        pool.submit(channel, first);
        long nonce = first.nonce() + 1;
        for (int i = 0; i < ServerChannel.BLOCKS_MAX; i++) {
            assertThat(pool.submit(channel, first).block()).isEmpty();
            Found next = TestMiner.mine(TestPool.work(channel), nonce, Fixtures.HARDER::isMetBy);
            assertThat(pool.submit(channel, next).block()).isPresent();
            nonce = next.nonce() + 1;
        }

        ShareVerdict again = pool.submit(channel, first);

        assertThat(again.block()).isPresent();
        assertThat(again.credit()).isEqualTo(new Refused(ErrorCode.DUPLICATE_SHARE));
    }

    @Test
    void remembersStaleJobsUpToTheBound() {
        TestPool pool = onEasyTip();
        ClientChannel channel = pool.openStandard();
        Found block = mineBlock(channel);
        for (int i = 1; i < SentJobs.JOBS_MAX; i++) {
            pool.newTip(i + 1, i + 1);
        }

        ShareVerdict last = pool.server.submit(message(channel, block), pool.now);
        pool.newTip(1000, 1000);
        ShareVerdict forgotten = pool.server.submit(message(channel, block), pool.now);

        assertIsBlock(last, block);
        assertThat(last.credit()).isEqualTo(new Refused(ErrorCode.STALE_SHARE));
        assertRefused(forgotten, ErrorCode.INVALID_JOB_ID);
    }

    @Test
    void countsWhatItCredits() {
        TestPool pool = new TestPool();
        StandardClientChannel channel = pool.openStandard();
        MiningWork work = TestPool.work(channel);
        Found first = TestPool.mine(channel);
        pool.submit(channel, first);
        pool.submit(channel, first);
        pool.submit(channel, TestMiner.mine(work, first.nonce() + 1, work.target()::isMetBy));

        ServerChannel seen = pool.server.channel(channel.id()).orElseThrow();
        assertThat(seen.sharesCredited()).isEqualTo(2);
        assertThat(seen.difficultyCredited())
                .isEqualTo(2 * Fixtures.EASY.difficulty().value());
    }

    private static void assertRefused(ShareVerdict verdict, ErrorCode code) {
        assertThat(verdict.credit()).isEqualTo(new Refused(code));
        assertThat(verdict.block()).isEmpty();
        assertThat(verdict.error())
                .contains(new SubmitSharesError(verdict.channelId(), verdict.sequenceNumber(), code.wire()));
    }

    /// The solution is a block that the template provider can publish: its coinbase, complete with BIP141 fields,
    /// leads to the merkle root of a header with the found hash.
    private static void assertIsBlock(ShareVerdict verdict, Found found) {
        Solution solution = verdict.block().orElseThrow();
        assertThat(solution.hash()).isEqualTo(found.hash());
        SubmitSolution message = solution.toTemplateProvider().orElseThrow();
        Transaction coinbase = Transaction.parse(message.coinbaseTx().bytes());
        assertThat(coinbase.hasWitness()).isTrue();
        Hash256 root = solution.job().merklePath().root(coinbase.txid());
        assertThat(Fixtures.headerHash(
                        message.version(),
                        solution.header().prevHash(),
                        root,
                        message.headerTimestamp(),
                        solution.header().nBits(),
                        message.headerNonce()))
                .isEqualTo(found.hash());
    }

    private static void assertVersionIsFixed(TestPool pool, ClientChannel channel) {
        long version = TestPool.work(channel).job().version();
        assertThat(TestPool.work(channel).job().versionRollingAllowed()).isEqualTo(false);
        assertRefused(submitWithVersion(pool, channel, version ^ 1 << 20), ErrorCode.VERSION_ROLLING_NOT_ALLOWED);
        assertThat(submitWithVersion(pool, channel, version).credit()).isInstanceOf(Credited.class);
    }

    private static ShareVerdict submitWithVersion(TestPool pool, ClientChannel channel, long version) {
        MiningWork work = TestPool.work(channel);
        return pool.submit(channel, TestMiner.mine(work, version, work.nTimeStart(), 0, work.target()::isMetBy));
    }

    private static ShareVerdict submitWithTime(TestPool pool, ClientChannel channel, long nTime) {
        MiningWork work = TestPool.work(channel);
        return pool.submit(channel, TestMiner.mine(work, work.job().version(), nTime, 0, work.target()::isMetBy));
    }

    private static ShareVerdict submitAt(Target target, Found share) {
        TargetPolicy targets = new TargetPolicy(6, target, target, 1e22, Duration.ofSeconds(5));
        TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, targets);
        return pool.submit(pool.openStandard(), share);
    }

    private static SubmitSharesStandard message(ClientChannel channel, Found share) {
        return new SubmitSharesStandard(channel.id(), 0, share.jobId(), share.nonce(), share.nTime(), share.version());
    }

    private static TestPool onEasyTip() {
        JobFactory factory = Fixtures.factory();
        factory.onNewTemplate(Fixtures.template(1, true));
        factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.HARDER));
        return new TestPool(factory, MiningFlags.NONE, Fixtures.EASY_TARGETS);
    }

    private static Found mineBlock(ClientChannel channel) {
        return TestMiner.mine(TestPool.work(channel), 0, Fixtures.HARDER::isMetBy);
    }
}
