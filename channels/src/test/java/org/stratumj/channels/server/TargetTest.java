package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Changes of target: which jobs they hold for, and when (05 §5.3.7, §5.3.21).
class TargetTest {
    private static final double EASY = Fixtures.EASY.difficulty().value();
    private static final double HARDER = Fixtures.HARDER.difficulty().value();

    private static final Duration GRACE = Duration.ofSeconds(5);

    /// From [Fixtures#EASY] to [Fixtures#HARDER].
    private static final TargetPolicy TARGETS = new TargetPolicy(6, Fixtures.EASY, Fixtures.HARDER, 1e22, GRACE);

    private final TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, TARGETS);

    @Test
    @Tag("MIN-101")
    void holdsAJobThatWasAFutureJobToTheNewTarget() {
        ClientChannel channel = pool.openStandard();
        Found easy = easy(channel, 0);
        Found hard = hard(channel, 0);

        pool.deliver(harderByRequest(channel));
        pool.pass(GRACE);

        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
        assertThat(pool.submit(channel, hard).credit()).isEqualTo(new Credited(HARDER));
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
    @Tag("MIN-101")
    void holdsAJobStillInTheFutureToTheNewTarget() {
        ClientChannel channel = pool.openStandard();
        pool.futureTemplate(2);
        pool.deliver(harderByRequest(channel));
        pool.newTip(2, 2, Fixtures.IMPOSSIBLE);

        assertThat(pool.submit(channel, easy(channel, 0)).credit())
                .isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    @Test
    void holdsTheJobsAChannelStartsWithToTheNewTargetThoughOthersGotThemAsActive() {
        pool.openStandard();
        pool.betterTemplate(2);
        ClientChannel later = pool.openStandard();
        Found easy = easy(later, 0);

        pool.deliver(harderByRequest(later));
        pool.pass(GRACE);

        assertThat(pool.submit(later, easy).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    @Test
    void creditsAtTheTargetEachOfSeveralJobsWasSentUnder() {
        ClientChannel channel = pool.openStandard();
        pool.betterTemplate(2);
        Found underEasy = hard(channel, 0);
        pool.deliver(harderByRequest(channel));
        pool.betterTemplate(3);
        Found underHarder = hard(channel, 0);
        pool.deliver(easierByRequest(channel));
        pool.betterTemplate(4);
        Found underEasyAgain = hard(channel, 0);

        assertThat(pool.submit(channel, underEasy).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.submit(channel, underHarder).credit()).isEqualTo(new Credited(HARDER));
        assertThat(pool.submit(channel, underEasyAgain).credit()).isEqualTo(new Credited(EASY));
    }

    /// A server that makes shares harder of its own accord takes those that were on their way.
    @Test
    void takesSharesAtTheOldTargetForTheGraceAfterAChangeByTheServer() {
        ClientChannel channel = pool.openStandard();
        Found first = easy(channel, 0);
        Found second = easy(channel, first.nonce() + 1);
        Found third = easy(channel, second.nonce() + 1);
        Found hard = hard(channel, 0);

        pool.deliver(harderByServer());

        assertThat(channel.target()).isEqualTo(Fixtures.HARDER);
        assertThat(pool.submit(channel, first).credit()).isEqualTo(new Credited(EASY));
        assertThat(pool.submit(channel, hard).credit()).isEqualTo(new Credited(HARDER));
        pool.pass(Duration.ofMillis(4999));
        assertThat(pool.submit(channel, second).credit()).isEqualTo(new Credited(EASY));
        pool.pass(Duration.ofMillis(1));
        assertThat(pool.submit(channel, third).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    /// A proxy asks for a harder target and goes on with the old one until it has the answer.
    @Test
    void takesSharesAtTheOldTargetForTheGraceAfterAChangeByRequest() {
        ClientChannel channel = pool.openStandard();
        Found first = easy(channel, 0);
        Found second = easy(channel, first.nonce() + 1);

        pool.deliver(harderByRequest(channel));

        assertThat(pool.submit(channel, first).credit()).isEqualTo(new Credited(EASY));
        pool.pass(GRACE);
        assertThat(pool.submit(channel, second).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    @Test
    void keepsTheGraceForAHarderTargetWhenOneGetsEasier() {
        ClientChannel channel = pool.openStandard();
        pool.deliver(harderByRequest(channel));
        pool.pass(GRACE.multipliedBy(TargetHistory.GRACE_EVERY));
        pool.deliver(easierByRequest(channel));
        Found easy = easy(channel, 0);
        pool.deliver(pool.server.update(channel.update(0.2f, Fixtures.HARDER), pool.now));

        assertThat(pool.submit(channel, easy).credit()).isEqualTo(new Credited(EASY));
    }

    @Test
    void creditsNothingInTheGraceThatMissesTheOldTargetToo() {
        ClientChannel channel = pool.openStandard();
        Found neither = TestMiner.mine(work(channel), 0, hash -> !Fixtures.EASY.isMetBy(hash));

        pool.deliver(harderByServer());

        assertThat(pool.submit(channel, neither).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    /// A client could otherwise ask for an easy target whenever the server had made it hard, and always be in a
    /// grace.
    @Test
    void grantsAnotherGraceOnlyAfterSixtyTimesAsLong() {
        ClientChannel channel = pool.openStandard();
        pool.deliver(harderByServer());
        pool.pass(Duration.ofSeconds(299));
        assertThat(submitEasyAfterBackAndForth(channel).credit()).isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
        pool.pass(Duration.ofSeconds(1));

        assertThat(submitEasyAfterBackAndForth(channel).credit()).isEqualTo(new Credited(EASY));
    }

    @Test
    void grantsNoGraceForAJobSentAfterTheChange() {
        ClientChannel channel = pool.openStandard();
        pool.deliver(harderByServer());
        pool.betterTemplate(2);

        assertThat(pool.submit(channel, easy(channel, 0)).credit())
                .isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    @Test
    void grantsNoGraceOnANewTip() {
        ClientChannel channel = pool.openStandard();
        pool.futureTemplate(2);
        pool.deliver(harderByServer());
        pool.newTip(2, 2, Fixtures.IMPOSSIBLE);

        assertThat(pool.submit(channel, easy(channel, 0)).credit())
                .isEqualTo(new Refused(ErrorCode.DIFFICULTY_TOO_LOW));
    }

    @Test
    void remembersTheTargetOfAJobHoweverOftenItChanges() {
        ClientChannel channel = pool.openStandard();
        pool.betterTemplate(2);
        Found easy = easy(channel, 0);
        for (int i = 0; i < 200; i++) {
            pool.deliver(i % 2 == 0 ? harderByRequest(channel) : easierByRequest(channel));
        }
        pool.deliver(harderByRequest(channel));
        pool.pass(GRACE);

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
            pool.betterTemplate(3 + i);
        }
        assertThat(pool.submit(channel, first).credit()).isEqualTo(new Credited(EASY));
        for (int i = 0; i < 10; i++) {
            pool.deliver(i % 2 == 0 ? easierByRequest(channel) : harderByRequest(channel));
            pool.betterTemplate(100 + i);
            assertThat(pool.server.channels().getFirst().targets.size()).isLessThanOrEqualTo(TargetHistory.TARGETS_MAX);
        }
    }

    @Test
    void followsTheNominalHashRateOfAnUpdate() {
        TargetPolicy wide = new TargetPolicy(6, Fixtures.EASY, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool open = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, wide);
        ClientChannel channel = open.openStandard();

        open.deliver(open.server.update(channel.update(1e6f, Target.MAX), open.now));

        assertThat(channel.target().expectedHashes() / 1e7).isBetween(0.999_999, 1.000_001);
        assertThat(open.server.nominalHashRate()).isEqualTo(1e6f);
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
        TargetPolicy wide = new TargetPolicy(6, Target.MAX, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool fast = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, wide);
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
        TargetPolicy wide = new TargetPolicy(6, Target.MAX, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool silent = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, wide);
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
        TargetPolicy wide = new TargetPolicy(6, Fixtures.EASY, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool steady = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, wide);
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
        TargetPolicy wide = new TargetPolicy(6, Fixtures.EASY, Fixtures.IMPOSSIBLE, 1e22, Duration.ZERO);
        TestPool quick = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, wide);
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
        pool.server.update(channel.update(0, Fixtures.HARDER), pool.now);
        return pool.server.update(channel.update(0.1f, Target.MAX), pool.now);
    }

    private ShareVerdict submitEasyAfterBackAndForth(ClientChannel channel) {
        pool.deliver(pool.server.targets(TARGETS, pool.now));
        pool.deliver(easierByRequest(channel));
        assertThat(channel.target()).isEqualTo(Fixtures.EASY);
        pool.deliver(harderByServer());
        return pool.submit(channel, easy(channel, 0));
    }

    private List<MiningToClient> harderByServer() {
        return pool.server.targets(new TargetPolicy(6, Fixtures.HARDER, Fixtures.HARDER, 1e22, GRACE), pool.now);
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
