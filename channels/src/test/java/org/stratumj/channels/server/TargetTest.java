package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.TestMiner;
import org.stratumj.channels.TestMiner.Found;
import org.stratumj.channels.TestPool;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.vardiff.ProvenRate;
import org.stratumj.channels.vardiff.VardiffPolicy;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Changes of target: which jobs they hold for, and when (05 §5.3.7, §5.3.21).
class TargetTest {
    private static final double EASY = Fixtures.EASY.difficulty().value();
    private static final double HARDER = Fixtures.HARDER.difficulty().value();

    private static final Duration DEFERRAL = Duration.ofSeconds(30);

    /// How long after a statement the next one is acted on.
    private static final Duration PAUSE = VardiffPolicy.DEFAULT.windowMin();

    /// From [Fixtures#EASY] to [Fixtures#HARDER].
    private static final TargetPolicy TARGETS = new TargetPolicy(6, Fixtures.EASY, Fixtures.HARDER, 1e22, DEFERRAL);

    private final TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, TARGETS);

    private final TestPool wide = new TestPool(
            Fixtures.startedFactory(),
            MiningFlags.NONE,
            new TargetPolicy(6, Target.MAX, Fixtures.IMPOSSIBLE, 1e22, DEFERRAL));

    @Test
    void creditsAJobThatWasAFutureJobByTheTargetItWasSentUnder() {
        ClientChannel channel = pool.openStandard();
        Found easy = easy(channel, 0);
        Found hard = hard(channel, 0);

        pool.deliver(harderByRequest(channel));
        pool.pass(Duration.ofMinutes(1));

        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.submit(channel, hard).credit()).isEqualTo(new Credited(EASY));
    }

    /// The best of many hashes, asked for as the maximum target, was worth many times the work.
    @Test
    void paysNoMoreForAHashThatTheClientAsksForAfterItIsKnown() {
        ClientChannel channel = pool.openStandard();
        Found best = hard(channel, 0);

        pool.deliver(pool.server.update(channel.update(0, targetOf(best)), pool.now));

        assertThat(channel.target()).isEqualTo(targetOf(best));
        assertThat(pool.submit(channel, best).credit()).isEqualTo(new Credited(EASY));
    }

    /// A client that knows the coming tip before the server does can mine the future job.
    @Test
    void paysNoMoreForAHashOfAFutureJobThatIsKnownBeforeTheTip() {
        ClientChannel channel = pool.openStandard();
        pool.futureTemplate(2);
        JobFactory ahead = Fixtures.startedFactory();
        ahead.onNewTemplate(Fixtures.template(2, true));
        TestPool foreknown = new TestPool(ahead, MiningFlags.NONE, TARGETS);
        ClientChannel twin = foreknown.openStandard();
        foreknown.deliver(foreknown.server.work(ahead.onSetNewPrevHash(Fixtures.tip(2, 2, Fixtures.IMPOSSIBLE))));
        Found best = hard(twin, 0);

        pool.deliver(pool.server.update(channel.update(0, targetOf(best)), pool.now));
        pool.newTip(2, 2, Fixtures.IMPOSSIBLE);

        assertThat(work(channel).target()).isEqualTo(targetOf(best));
        assertThat(pool.submit(channel, best).credit()).isEqualTo(new Credited(EASY));
    }

    /// The same template under another id makes the same headers.
    @Test
    void paysNoMoreForAHashOfAJobThatIsSentAgain() {
        ClientChannel channel = pool.openStandard();
        pool.betterTemplate(2);
        Found best = hard(channel, 0);

        pool.deliver(pool.server.update(channel.update(0, targetOf(best)), pool.now));
        pool.betterTemplate(2);
        Found again = hard(channel, 0);

        assertThat(again.jobId()).isNotEqualTo(best.jobId());
        assertThat(again.hash()).isEqualTo(best.hash());
        assertThat(pool.submit(channel, again).credit()).isEqualTo(new Credited(EASY));
    }

    /// A client that follows SetTarget must see no error, and the hash was worth nothing when it was found.
    @Test
    @Tag("MIN-101")
    void acknowledgesWithoutCreditWhatMeetsOnlyATargetEasedSince() {
        ClientChannel channel = hardChannel();
        Found easy = easy(channel, 0);
        Found hard = hard(channel, 0);
        Found neither = TestMiner.mine(work(channel), 0, hash -> !Fixtures.EASY.isMetBy(hash));

        pool.deliver(easierByRequest(channel));

        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Credited(0));
        assertThat(pool.submit(channel, hard).credit()).isEqualTo(new Credited(HARDER));
        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Refused(ErrorCode.DUPLICATE_SHARE));
        assertThat(pool.submit(channel, neither).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    @Test
    void acknowledgesWhatMeetsATargetThatWasEasyForAMoment() {
        ClientChannel channel = hardChannel();
        Found easy = easy(channel, 0);

        pool.deliver(easierByRequest(channel));
        pool.pass(PAUSE);
        pool.deliver(harderByRequest(channel));
        assertThat(channel.target()).isEqualTo(Fixtures.HARDER);

        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Credited(0));
    }

    @Test
    void saysWhichTargetAShareWasJudgedBy() {
        ClientChannel channel = pool.openStandard();
        Found neither = TestMiner.mine(work(channel), 0, hash -> !Fixtures.EASY.isMetBy(hash));

        pool.deliver(harderByRequest(channel));

        assertThat(pool.submit(channel, neither).target()).contains(Fixtures.EASY);
        assertThat(pool.server
                        .submit(new SubmitSharesStandard(channel.id(), 9, 99, 0, 0, 0), pool.now)
                        .target())
                .isEmpty();
    }

    @Test
    @Tag("MIN-102")
    void holdsAJobThatWasSentAsActiveToTheOldTarget() {
        ClientChannel channel = pool.openStandard();
        pool.betterTemplate(2);
        Found easy = easy(channel, 0);
        Found hard = hard(channel, 0);

        pool.deliver(harderByRequest(channel));
        pool.pass(Duration.ofMinutes(1));

        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.submit(channel, hard).credit()).isEqualTo(new Credited(EASY));
    }

    @Test
    @Tag("MIN-101")
    void holdsLaterJobsToTheNewTarget() {
        ClientChannel channel = pool.openStandard();
        pool.deliver(harderByRequest(channel));
        pool.betterTemplate(2);

        assertThat(pool.submit(channel, easy(channel, 0)).credit())
                .isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
        assertThat(pool.submit(channel, hard(channel, 0)).credit()).isEqualTo(new Credited(HARDER));
    }

    @Test
    void creditsAJobStillInTheFutureByTheTargetItWasSentUnder() {
        ClientChannel channel = pool.openStandard();
        pool.futureTemplate(2);
        pool.deliver(harderByRequest(channel));
        pool.newTip(2, 2, Fixtures.IMPOSSIBLE);

        assertThat(pool.submit(channel, easy(channel, 0)).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.submit(channel, hard(channel, 0)).credit()).isEqualTo(new Credited(EASY));
    }

    @Test
    void creditsTheJobsAChannelStartsWithByItsFirstTarget() {
        pool.openStandard();
        pool.betterTemplate(2);
        ClientChannel later = pool.openStandard();
        Found easy = easy(later, 0);
        Found hard = hard(later, 0);

        pool.deliver(harderByRequest(later));
        pool.futureTemplate(3);

        assertThat(pool.submit(later, easy).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.submit(later, hard).credit()).isEqualTo(new Credited(EASY));
    }

    @Test
    void creditsAtTheTargetEachOfSeveralJobsWasSentUnder() {
        ClientChannel channel = pool.openStandard();
        pool.betterTemplate(2);
        Found underEasy = hard(channel, 0);
        pool.deliver(harderByRequest(channel));
        pool.betterTemplate(3);
        Found underHarder = hard(channel, 0);
        pool.pass(PAUSE);
        pool.deliver(easierByRequest(channel));
        pool.betterTemplate(4);
        Found underEasyAgain = hard(channel, 0);

        assertThat(pool.submit(channel, underEasy).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.submit(channel, underHarder).credit()).isEqualTo(new Credited(HARDER));
        assertThat(pool.submit(channel, underEasyAgain).credit()).isEqualTo(new Credited(EASY));
    }

    /// A client that follows a harder target at once would be credited the job's easier one for fewer shares.
    @Test
    void keepsAHarderTargetForTheNextJob() {
        ClientChannel channel = openAt(16);
        assertThat(wide.server.update(channel.update(4.8f, Target.MAX), wide.now))
                .isEmpty();
        wide.takeSent();

        wide.betterTemplate(2);

        assertThat(wide.sent.getFirst()).isInstanceOf(SetTarget.class);
        assertThat(channel.target().expectedHashes()).isBetween(47.0, 49.0);
        Found found = TestMiner.mine(work(channel), 0, channel.target()::isMetBy);
        assertThat(wide.submit(channel, found).credit())
                .isEqualTo(new Credited(channel.target().difficulty().value()));
    }

    @Test
    void keepsAHarderTargetNoLongerThanItsBound() {
        ClientChannel channel = openAt(16);
        wide.server.update(channel.update(4.8f, Target.MAX), wide.now);

        wide.pass(DEFERRAL.minusMillis(1));
        wide.server.update(channel.update(4.9f, Target.MAX), wide.now);
        assertThat(wide.server.retarget(wide.now)).isEmpty();
        wide.pass(Duration.ofMillis(1));
        wide.deliver(wide.server.retarget(wide.now));

        assertThat(channel.target().expectedHashes()).isBetween(48.0, 50.0);
    }

    @Test
    void keepsNoTargetThatIsMuchHarder() {
        ClientChannel channel = openAt(16);

        wide.deliver(wide.server.update(channel.update(6.41f, Target.MAX), wide.now));

        assertThat(channel.target().expectedHashes()).isBetween(64.0, 65.0);
    }

    @Test
    void forgetsAHarderTargetWhenSharesAreToBeEasier() {
        ClientChannel channel = openAt(16);
        wide.server.update(channel.update(4.8f, Target.MAX), wide.now);
        wide.pass(PAUSE);
        wide.deliver(wide.server.update(channel.update(0.8f, Target.MAX), wide.now));
        assertThat(channel.target().expectedHashes()).isBetween(7.9, 8.1);

        wide.betterTemplate(2);

        assertThat(channel.target().expectedHashes()).isBetween(7.9, 8.1);
    }

    /// A hundred hashes per second at one share of sixteen: six shares per second, where six a minute are wanted.
    @Test
    void letsNoStatementsSwitchVardiffOff() {
        ClientChannel channel = openAt(16);
        List<Long> perMinute = new ArrayList<>();
        long nonce = 0;
        for (int minute = 0; minute < 4; minute++) {
            long accepted = 0;
            for (int second = 0; second < 60; second++) {
                for (int i = 0; i < 100; i++, nonce++) {
                    Found tried = TestMiner.mine(work(channel), nonce, _ -> true);
                    if (channel.target().isMetBy(tried.hash())) {
                        wide.submit(channel, tried);
                        accepted++;
                    }
                }
                wide.pass(Duration.ofSeconds(1));
                if (second % 3 == 0) {
                    float rate = minute % 2 == second % 2 ? 0.01f : 0.02f;
                    wide.deliver(wide.server.update(channel.update(rate, Target.MAX), wide.now));
                }
                if (second % 5 == 0) {
                    wide.deliver(wide.server.retarget(wide.now));
                }
            }
            perMinute.add(accepted);
            wide.betterTemplate(2 + minute);
        }

        assertThat(perMinute.subList(1, 4)).allMatch(accepted -> accepted <= 2 * 6 * ProvenRate.FACTOR);
    }

    /// On a job whose target was easy, where no harder target reaches the client.
    @Test
    void takesABoundedNumberOfSharesThatMissTheNewestTargetOnOneTip() {
        ClientChannel channel = pool.openStandard();
        pool.futureTemplate(2);
        pool.deliver(harderByRequest(channel));
        Found found = easy(channel, 0);
        for (int i = 0; i < ServerChannel.BEHIND_MAX; i++) {
            assertThat(pool.submit(channel, found).credit()).isEqualTo(new Credited(EASY));
            found = easy(channel, found.nonce() + 1);
        }
        assertThat(pool.submit(channel, found).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
        assertThat(pool.submit(channel, hard(channel, 0)).credit()).isEqualTo(new Credited(EASY));

        pool.newTip(2, 2, Fixtures.IMPOSSIBLE);
        assertThat(pool.submit(channel, easy(channel, 0)).credit()).isEqualTo(new Credited(EASY));
    }

    @Test
    void actsOnStatementsOnceInVardiffsShortestWindow() {
        ClientChannel channel = openAt(16);
        wide.deliver(wide.server.update(channel.update(0.8f, Target.MAX), wide.now));
        assertThat(channel.target().expectedHashes()).isBetween(7.9, 8.1);

        wide.pass(PAUSE.minusMillis(1));
        assertThat(wide.server.update(channel.update(160, Target.MAX), wide.now))
                .isEmpty();
        assertThat(wide.server.update(channel.update(1600, Target.MAX), wide.now))
                .isEmpty();
        assertThat(wide.server.retarget(wide.now)).isEmpty();
        wide.pass(Duration.ofMillis(1));
        wide.deliver(wide.server.retarget(wide.now));

        assertThat(channel.target().expectedHashes()).isBetween(15_990.0, 16_010.0);
        assertThat(wide.server.retarget(wide.now)).isEmpty();
    }

    @Test
    void remembersTheTargetOfAJobHoweverOftenItChanges() {
        ClientChannel channel = pool.openStandard();
        pool.betterTemplate(2);
        Found easy = easy(channel, 0);
        for (int i = 0; i < 200; i++) {
            pool.deliver(i % 2 == 0 ? harderByRequest(channel) : easierByRequest(channel));
            pool.pass(PAUSE);
        }
        pool.deliver(harderByRequest(channel));

        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.server.channels().getFirst().targets.size()).isEqualTo(2);
    }

    @Test
    void remembersNoMoreTargetsThanJobs() {
        ClientChannel channel = pool.openStandard();
        pool.betterTemplate(2);
        Found first = easy(channel, 0);
        for (int i = 0; i < SentJobs.JOBS_MAX - 1; i++) {
            pool.deliver(i % 2 == 0 ? harderByRequest(channel) : easierByRequest(channel));
            pool.pass(PAUSE);
            pool.betterTemplate(3 + i);
        }
        assertThat(pool.submit(channel, first).credit()).isEqualTo(new Credited(EASY));
        for (int i = 0; i < 10; i++) {
            pool.deliver(i % 2 == 0 ? easierByRequest(channel) : harderByRequest(channel));
            pool.pass(PAUSE);
            pool.betterTemplate(100 + i);
            assertThat(pool.server.channels().getFirst().targets.size()).isLessThanOrEqualTo(TargetHistory.TARGETS_MAX);
        }
    }

    @Test
    void followsTheNominalHashRateOfAnUpdate() {
        TargetPolicy bounds = new TargetPolicy(6, Fixtures.EASY, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool open = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, bounds);
        ClientChannel channel = open.openStandard();

        open.deliver(open.server.update(channel.update(1e6f, Target.MAX), open.now));

        assertThat(channel.target().expectedHashes() / 1e7).isBetween(0.999_999, 1.000_001);
        assertThat(open.server.hashRates(open.now)).isEqualTo(new HashRates(0, 1e6f));
    }

    @Test
    @Tag("MIN-049")
    void lowersTheTargetToTheMaximumOfAnUpdate() {
        ClientChannel channel = pool.openStandard();

        List<MiningToClient> answer = harderByRequest(channel);

        assertThat(answer).containsExactly(new SetTarget(channel.id(), U256.of(Fixtures.HARDER.littleEndian())));
    }

    @Test
    @Tag("MIN-050")
    void answersAnUpdateThatChangesNothingWithNothing() {
        ClientChannel channel = pool.openStandard();

        assertThat(pool.server.update(channel.update(0, Target.MAX), pool.now)).isEmpty();
    }

    @Test
    @Tag("MIN-050")
    void refusesUpdatesOfWhatIsNoChannel() {
        ClientChannel channel = pool.openStandard();

        for (long id : new long[] {channel.groupId(), 99}) {
            assertThat(pool.server.update(new UpdateChannel(id, 1, U256.MAX), pool.now))
                    .containsExactly(new UpdateChannelError(id, ErrorCode.INVALID_CHANNEL_ID.wire()));
        }
    }

    @Test
    @Tag("MIN-050")
    void refusesUpdatesToWhatCannotBe() {
        ClientChannel channel = pool.openStandard();

        assertThat(pool.server.update(new UpdateChannel(channel.id(), 2e22f, U256.MAX), pool.now))
                .containsExactly(new UpdateChannelError(channel.id(), ErrorCode.INVALID_NOMINAL_HASHRATE.wire()));
        assertThat(pool.server.update(new UpdateChannel(channel.id(), 0, U256.ZERO), pool.now))
                .containsExactly(new UpdateChannelError(channel.id(), ErrorCode.MAX_TARGET_OUT_OF_RANGE.wire()));
        assertThat(pool.server.channel(channel.id()).orElseThrow().target()).isEqualTo(Fixtures.EASY);
    }

    @Test
    void makesSharesHarderWhenTooManyComeAndEasierWhenNoneDo() {
        TargetPolicy bounds = new TargetPolicy(6, Target.MAX, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool fast = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, bounds);
        fast.deliver(fast.server.open(
                fast.client.openStandard(Str0255.of("alice"), 1.6f, Target.MAX), Fixtures.PAYOUT, fast.now));
        ClientChannel channel = fast.client.channels().iterator().next();
        Target first = channel.target();
        long nonce = 0;
        for (int i = 0; i < 60; i++) {
            Found share = TestMiner.mine(TestPool.work(channel), nonce, channel.target()::isMetBy);
            nonce = share.nonce() + 1;
            fast.submit(channel, share);
        }
        fast.pass(Duration.ofSeconds(10));
        fast.deliver(fast.server.retarget(fast.now));

        // 60 shares in 10 seconds, where one was wanted.
        Target harder = channel.target();
        assertThat(harder.expectedHashes() / first.expectedHashes()).isBetween(55.0, 65.0);
        fast.pass(Duration.ofMinutes(5));
        fast.deliver(fast.server.retarget(fast.now));
        assertThat(channel.target()).isGreaterThan(harder);
        assertThat(fast.server.retarget(fast.now)).isEmpty();
    }

    @Test
    @Tag("MIN-044")
    void makesSharesNeverEasierThanTheClientsMaximum() {
        TargetPolicy bounds = new TargetPolicy(6, Target.MAX, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool silent = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, bounds);
        Str0255 user = Str0255.of("alice");
        silent.deliver(
                silent.server.open(silent.client.openStandard(user, 1.6f, Target.MAX), Fixtures.PAYOUT, silent.now));
        Target first = silent.client.channels().getFirst().target();
        silent.deliver(silent.server.open(silent.client.openStandard(user, 1.6f, first), Fixtures.PAYOUT, silent.now));

        silent.pass(Duration.ofMinutes(5));
        silent.deliver(silent.server.retarget(silent.now));

        assertThat(silent.client.channels().getFirst().target()).isGreaterThan(first);
        assertThat(silent.client.channels().getLast().target()).isEqualTo(first);
    }

    /// A job sent as active goes on at its old, easy target, so more shares come than the new one should bring.
    @Test
    void doesNotTakeSharesAtTheOldTargetForTooManyAtTheNew() {
        TargetPolicy bounds = new TargetPolicy(6, Fixtures.EASY, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool steady = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, bounds);
        ClientChannel channel = steady.openStandard();
        steady.betterTemplate(2);
        steady.deliver(steady.server.update(channel.update(25.6f, Target.MAX), steady.now));
        long nonce = 0;
        // 16 shares of the easy target make one of the new: a minute's worth of the rate that was stated.
        for (int i = 0; i < 6 * 16; i++) {
            Found share = TestMiner.mine(TestPool.work(channel), nonce, Fixtures.EASY::isMetBy);
            nonce = share.nonce() + 1;
            assertThat(steady.submit(channel, share).credit()).isEqualTo(new Credited(EASY));
        }
        steady.pass(Duration.ofMinutes(1));

        assertThat(steady.server.retarget(steady.now)).isEmpty();
    }

    @Test
    void watchesAnewAfterAChangeThatTheClientAskedFor() {
        TargetPolicy bounds = new TargetPolicy(6, Fixtures.EASY, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool quick = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, bounds);
        ClientChannel channel = quick.openStandard();
        long nonce = 0;
        for (int i = 0; i < 20; i++) {
            Found share = TestMiner.mine(TestPool.work(channel), nonce, Fixtures.EASY::isMetBy);
            nonce = share.nonce() + 1;
            assertThat(quick.submit(channel, share).credit()).isEqualTo(new Credited(EASY));
        }
        quick.pass(Duration.ofMinutes(1));
        quick.deliver(quick.server.update(channel.update(25.6f, Target.MAX), quick.now));
        quick.pass(Duration.ofSeconds(10));

        assertThat(quick.server.retarget(quick.now)).isEmpty();
    }

    @Test
    void movesAllTargetsIntoNewBounds() {
        ClientChannel channel = pool.openStandard();
        ClientChannel other = pool.openExtended();

        pool.deliver(harderByServer());

        assertThat(channel.target()).isEqualTo(Fixtures.HARDER);
        assertThat(other.target()).isEqualTo(Fixtures.HARDER);
        assertThat(pool.openStandard().target()).isEqualTo(Fixtures.HARDER);
    }

    private List<MiningToClient> harderByRequest(ClientChannel channel) {
        return pool.server.update(channel.update(0, Fixtures.HARDER), pool.now);
    }

    /// The same hash rate with another maximum would leave the target where it is, so this also states a hash
    /// rate.
    private List<MiningToClient> easierByRequest(ClientChannel channel) {
        return pool.server.update(channel.update(0.1f, Target.MAX), pool.now);
    }

    private List<MiningToClient> harderByServer() {
        return pool.server.targets(new TargetPolicy(6, Fixtures.HARDER, Fixtures.HARDER, 1e22, DEFERRAL), pool.now);
    }

    /// A channel whose job was sent under [Fixtures#HARDER], and whose next statement is acted on.
    private ClientChannel hardChannel() {
        ClientChannel channel = pool.openStandard();
        pool.deliver(harderByRequest(channel));
        pool.betterTemplate(2);
        pool.pass(PAUSE);
        return channel;
    }

    /// A channel of a pool with wide bounds, on the job it started with.
    private ClientChannel openAt(double hashesPerShare) {
        float rate = (float) hashesPerShare / 10;
        wide.deliver(wide.server.open(
                wide.client.openStandard(Str0255.of("alice"), rate, Target.MAX), Fixtures.PAYOUT, wide.now));
        return wide.client.channels().getFirst();
    }

    private static Target targetOf(Found found) {
        return Target.ofLittleEndian(found.hash().bytes());
    }

    private static Found easy(ClientChannel channel, long nonce) {
        return TestMiner.mine(work(channel), nonce, TargetTest::onlyEasy);
    }

    private static Found hard(ClientChannel channel, long nonce) {
        return TestMiner.mine(work(channel), nonce, Fixtures.HARDER::isMetBy);
    }

    private static boolean onlyEasy(Hash256 hash) {
        return Fixtures.EASY.isMetBy(hash) && !Fixtures.HARDER.isMetBy(hash);
    }

    private static MiningWork work(ClientChannel channel) {
        return TestPool.work(channel);
    }
}
