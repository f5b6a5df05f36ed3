package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.TestMiner;
import org.stratumj.channels.TestPool;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.JobOrigin;
import org.stratumj.channels.job.JobSet;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Tip;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetGroupChannel;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;

/// Who is sent which work, when and in what order.
class DistributionTest {
    private static final MiningFlags STANDARD_JOBS = new MiningFlags(true, false, false, false, false);

    @Test
    @Tag("MIN-007")
    @Tag("MIN-024")
    @Tag("MIN-077")
    void sendsOneExtendedJobForAGroup() {
        TestPool pool = new TestPool();
        StandardClientChannel standard = pool.openStandard();
        ExtendedClientChannel extended = pool.openExtended();
        pool.takeSent();

        pool.betterTemplate(2);

        assertThat(pool.sent).hasSize(1);
        NewExtendedMiningJob job = (NewExtendedMiningJob) pool.sent.getFirst();
        assertThat(job.channelId()).isEqualTo(standard.groupId()).isEqualTo(extended.groupId());
        assertThat(job.minNTime())
                .isEqualTo(OptionalLong.of(TestPool.work(standard).tip().minNTime()));
        assertThat(TestPool.work(standard).job().id()).isEqualTo(job.jobId());
        assertThat(TestPool.work(extended).job().id()).isEqualTo(job.jobId());
    }

    @Test
    @Tag("MIN-006")
    @Tag("MIN-030")
    void sendsOneStandardJobPerChannelWhereTheClientRequiresThem() {
        TestPool pool = new TestPool(Fixtures.startedFactory(), STANDARD_JOBS, Fixtures.EASY_TARGETS);
        StandardClientChannel first = pool.openStandard();
        StandardClientChannel second = pool.openStandard();
        pool.takeSent();

        pool.betterTemplate(2);
        pool.newTip(3, 2);

        assertThat(pool.sent)
                .hasExactlyElementsOfTypes(
                        NewMiningJob.class,
                        NewMiningJob.class,
                        NewMiningJob.class,
                        NewMiningJob.class,
                        SetNewPrevHash.class,
                        SetNewPrevHash.class);
        assertThat(pool.sent.stream().filter(NewMiningJob.class::isInstance).map(m -> ((NewMiningJob) m).channelId()))
                .containsExactly(first.id(), second.id(), first.id(), second.id());
    }

    /// What a standard channel makes of a group's extended job is what the server would have sent it.
    @Test
    @Tag("MIN-024")
    @Tag("MIN-010")
    void givesStandardChannelsTheSameWorkEitherWay() {
        TestPool grouped = new TestPool();
        TestPool single = new TestPool(Fixtures.startedFactory(), STANDARD_JOBS, Fixtures.EASY_TARGETS);
        StandardClientChannel inGroup = grouped.openStandard();
        StandardClientChannel alone = single.openStandard();

        grouped.betterTemplate(2);
        single.betterTemplate(2);

        assertThat(TestPool.work(inGroup)).isEqualTo(TestPool.work(alone));
    }

    @Test
    @Tag("MIN-084")
    @Tag("TDP-026")
    @Tag("TDP-027")
    void activatesAFutureJobByNamingIt() {
        TestPool pool = new TestPool();
        StandardClientChannel channel = pool.openStandard();
        pool.openExtended();
        pool.takeSent();

        pool.futureTemplate(2);
        assertThat(pool.takeSent()).hasExactlyElementsOfTypes(NewExtendedMiningJob.class);
        pool.newTip(2, 2, Fixtures.IMPOSSIBLE);

        assertThat(pool.sent).hasExactlyElementsOfTypes(SetNewPrevHash.class);
        assertThat(((SetNewPrevHash) pool.sent.getFirst()).channelId()).isEqualTo(channel.groupId());
        assertThat(TestPool.work(channel).tip().prevHash())
                .isEqualTo(Hash256.of(Fixtures.hash(1002).bytes()));
    }

    @Test
    @Tag("MIN-012")
    @Tag("MIN-013")
    void encodesOneScriptLengthForAllMembersOfAGroup() {
        TestPool pool = new TestPool();
        StandardClientChannel standard = pool.openStandard();
        ExtendedClientChannel extended = pool.openExtended();
        pool.takeSent();
        pool.betterTemplate(2);
        NewExtendedMiningJob job = (NewExtendedMiningJob) pool.sent.getFirst();
        Bytes rolled = Bytes.of(new byte[extended.extranonceSize()]);

        // The length is in the prefix: a coinbase of other sizes would not parse.
        for (Bytes extranonce :
                List.of(standard.extranoncePrefix(), extended.extranoncePrefix().concat(rolled))) {
            Transaction coinbase = Transaction.parse(job.coinbaseTxPrefix()
                    .concat(extranonce)
                    .concat(job.coinbaseTxSuffix())
                    .bytes());
            assertThat(coinbase.inputs().getFirst().scriptSig().toString()).endsWith(extranonce.toHex());
        }
    }

    /// The template provider may name any future template, not only the newest: the job goes out anew then, since
    /// not every channel needs to know it.
    @Test
    @Tag("TDP-027")
    void sendsAnOlderFutureJobAnew() {
        TestPool pool = new TestPool();
        pool.openStandard();
        pool.futureTemplate(2);
        StandardClientChannel openedBetween = pool.openStandard();
        pool.futureTemplate(3);
        ExtendedClientChannel last = pool.openExtended();
        pool.takeSent();

        pool.newTip(2, 2, Fixtures.IMPOSSIBLE);

        assertThat(pool.sent).hasExactlyElementsOfTypes(NewExtendedMiningJob.class, SetNewPrevHash.class);
        assertThat(pool.mineAndSubmit(openedBetween).credit()).isInstanceOf(Credited.class);
        assertThat(pool.mineAndSubmit(last).credit()).isInstanceOf(Credited.class);
    }

    @Test
    void skipsWorkThatIsOutdatedWhenTheClientCanBeSentTo() {
        TestPool pool = new TestPool();
        ExtendedClientChannel channel = pool.openExtended();
        pool.takeSent();
        JobFactory factory = pool.factory;
        factory.onNewTemplate(Fixtures.template(2, false));
        factory.onNewTemplate(Fixtures.template(3, true));
        factory.onSetNewPrevHash(Fixtures.tip(3, 2, Fixtures.IMPOSSIBLE));
        factory.onNewTemplate(Fixtures.template(4, true));
        factory.onSetNewPrevHash(Fixtures.tip(4, 3, Fixtures.IMPOSSIBLE));
        Work newest = factory.onNewTemplate(Fixtures.template(5, false));

        pool.deliver(pool.server.work(newest));

        assertThat(pool.sent).hasExactlyElementsOfTypes(NewExtendedMiningJob.class, SetNewPrevHash.class);
        assertThat(TestPool.work(channel).job().id())
                .isEqualTo(newest.active().orElseThrow().id());
        assertThat(pool.mineAndSubmit(channel).credit()).isInstanceOf(Credited.class);
    }

    @Test
    void keepsSharesGoodWhenTheTipIsAnnouncedAgain() {
        TestPool pool = new TestPool();
        ExtendedClientChannel channel = pool.openExtended();
        TestMiner.Found share = TestPool.mine(channel);
        pool.takeSent();

        pool.factory.onNewTemplate(Fixtures.template(8, true));
        pool.newTip(8, 1, Fixtures.IMPOSSIBLE);

        assertThat(pool.sent).hasExactlyElementsOfTypes(NewExtendedMiningJob.class);
        assertThat(pool.submit(channel, share).credit()).isInstanceOf(Credited.class);
        assertThat(pool.mineAndSubmit(channel).credit()).isInstanceOf(Credited.class);
    }

    @Test
    void sendsNothingForWorkThatIsKnown() {
        TestPool pool = new TestPool();
        pool.openExtended();

        assertThat(pool.server.work(pool.factory.work())).isEmpty();
    }

    @Test
    void sendsNothingToNobody() {
        TestPool pool = new TestPool();

        pool.betterTemplate(2);
        pool.newTip(3, 2);

        assertThat(pool.sent).isEmpty();
    }

    /// All connections are given one object, so that it is encoded once.
    @Test
    void sharesTheMessageOfABroadcast() {
        JobFactory factory = Fixtures.startedFactory();
        List<NewExtendedMiningJob> messages = new ArrayList<>();
        List<TestPool> connections = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TestPool connection = new TestPool(factory, MiningFlags.NONE, Fixtures.EASY_TARGETS);
            connection.openExtended();
            connections.add(connection);
        }

        Work work = factory.onNewTemplate(Fixtures.template(2, false));
        for (TestPool connection : connections) {
            messages.add((NewExtendedMiningJob) connection.server.work(work).getFirst());
        }

        messages.forEach(message -> assertThat(message).isSameAs(messages.getFirst()));
    }

    @Test
    void keepsChannelsOfDifferentPayoutsInDifferentGroups() {
        TestPool pool = new TestPool();
        Payout other = Payout.to(Script.ofHex("0014ebe1b7dcc293ccaa0ee743a86f89df8258c208fc"));
        ExtendedClientChannel mine = pool.openExtended();
        ExtendedClientChannel others = pool.openExtended(other);
        pool.takeSent();

        pool.betterTemplate(2);

        assertThat(others.groupId()).isNotEqualTo(mine.groupId());
        assertThat(pool.sent).hasExactlyElementsOfTypes(NewExtendedMiningJob.class, NewExtendedMiningJob.class);
        NewExtendedMiningJob first = (NewExtendedMiningJob) pool.sent.get(0);
        NewExtendedMiningJob second = (NewExtendedMiningJob) pool.sent.get(1);
        assertThat(first.jobId()).isEqualTo(second.jobId());
        assertThat(first.coinbaseTxSuffix()).isNotEqualTo(second.coinbaseTxSuffix());
        assertThat(second.coinbaseTxSuffix().toHex()).contains("ebe1b7dcc293ccaa0ee743a86f89df8258c208fc");
        assertThat(pool.mineAndSubmit(mine).credit()).isInstanceOf(Credited.class);
        assertThat(pool.mineAndSubmit(others).credit()).isInstanceOf(Credited.class);
    }

    @Test
    void announcesANewPrefixToEachChannelThatGetsJobsOfItsOwn() {
        Work before = upstreamWork(1, space("aa"));
        MiningFlags standardJobs = MiningFlags.of(MiningFlags.REQUIRES_STANDARD_JOBS, 0);
        ServerChannels server = new ServerChannels(
                ServerPolicy.DEFAULT.withTargets(Fixtures.EASY_TARGETS),
                standardJobs,
                new ExtranonceLeases(3, 1),
                before);
        TestPool moved = new TestPool(Fixtures.startedFactory(), standardJobs, Fixtures.EASY_TARGETS);
        for (String user : List.of("a", "b")) {
            moved.deliver(
                    server.open(moved.client.openStandard(Str0255.of(user), 0, Target.MAX), Payout.NONE, Fixtures.NOW));
        }
        moved.takeSent();

        moved.deliver(server.work(before.withActive(jobs(2, space("bb")))));

        assertThat(moved.sent)
                .hasExactlyElementsOfTypes(
                        SetExtranoncePrefix.class, NewMiningJob.class, SetExtranoncePrefix.class, NewMiningJob.class);
    }

    @Test
    @Tag("MIN-057")
    @Tag("MIN-058")
    void announcesANewPrefixBeforeTheFirstJobWithIt() {
        Work before = upstreamWork(1, space("aa"));
        TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, Fixtures.EASY_TARGETS);
        ServerChannels server = new ServerChannels(
                ServerPolicy.DEFAULT.withTargets(Fixtures.EASY_TARGETS),
                MiningFlags.NONE,
                new ExtranonceLeases(3, 1),
                before);
        TestPool moved = new TestPool(pool.factory, MiningFlags.NONE, Fixtures.EASY_TARGETS);
        moved.deliver(
                server.open(moved.client.openExtended(Str0255.of("a"), 0, Target.MAX, 1), Payout.NONE, Fixtures.NOW));
        moved.deliver(
                server.open(moved.client.openStandard(Str0255.of("b"), 0, Target.MAX), Payout.NONE, Fixtures.NOW));
        moved.takeSent();

        moved.deliver(server.work(before.withSpace(space("bb"))));
        assertThat(moved.takeSent()).isEmpty();
        moved.deliver(server.work(before.withActive(jobs(2, space("bb")))));

        assertThat(moved.sent)
                .hasExactlyElementsOfTypes(
                        SetExtranoncePrefix.class, SetExtranoncePrefix.class, NewExtendedMiningJob.class);
        assertThat(((SetExtranoncePrefix) moved.sent.get(0)).extranoncePrefix()).isEqualTo(Bytes.ofHex("bb000001"));
        assertThat(((SetExtranoncePrefix) moved.sent.get(1)).extranoncePrefix())
                .isEqualTo(Bytes.ofHex("bb0000020000000000000000"));
        for (ClientChannel channel : moved.client.channels()) {
            MiningWork work = TestPool.work(channel);
            var share = TestMiner.mine(work, 0, work.target()::isMetBy);
            assertThat(submit(server, channel, share).credit()).isInstanceOf(Credited.class);
        }
    }

    @Test
    void refusesWorkWithExtranoncesOfOtherSizes() {
        TestPool pool = new TestPool();
        pool.openStandard();
        Work other = pool.factory.work().withSpace(new ExtranonceSpace(Bytes.ofHex("5a5a"), 3, 13));

        assertThat(pool.server.fits(pool.factory.work())).isTrue();
        assertThat(pool.server.fits(other)).isFalse();
        assertThatThrownBy(() -> pool.server.work(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 + 8");
    }

    @Test
    void takesOtherSizesOfExtranoncesWhileNoChannelIsOpen() {
        TestPool pool = new TestPool();
        ExtendedClientChannel before = pool.openExtended();
        pool.server.close(before.id());
        ExtranonceSpace space = new ExtranonceSpace(Bytes.ofHex("5a5a"), 3, 13);
        Tip tip = pool.factory.work().tip().orElseThrow();
        Work other = pool.factory.work().restart(space).onTip(tip, jobs(50, space));

        assertThat(pool.server.fits(other)).isTrue();
        pool.deliver(pool.server.work(other));
        ExtendedClientChannel channel = pool.openExtended();

        assertThat(channel.extranoncePrefix().size()).isEqualTo(5);
        TestMiner.Found share = TestMiner.mine(TestPool.work(channel), 0, Fixtures.EASY::isMetBy);
        assertThat(pool.submit(channel, share).credit()).isInstanceOf(Credited.class);
        // A job with other sizes cannot be hashed with this channel's extranonce.
        SubmitSharesExtended stale = new SubmitSharesExtended(
                channel.id(), 7, 1, share.nonce(), share.nTime(), share.version(), share.extranonce(), Tlvs.NONE);
        assertThat(pool.server.submit(stale, pool.now).credit()).isEqualTo(new Refused(ErrorCode.INVALID_JOB_ID));
    }

    @Test
    @Tag("MIN-032")
    void closesChannelsWhoseClientMustRollTheVersionWhenJobsFixIt() {
        MiningFlags flags = new MiningFlags(false, false, true, false, false);
        TestPool pool = new TestPool(Fixtures.startedFactory(), flags, Fixtures.EASY_TARGETS);
        long first = pool.openStandard().id();
        long second = pool.openExtended().id();
        Work fixed = pool.factory.work().withActive(jobs(50, Fixtures.SPACE));

        List<MiningToClient> answer = pool.server.work(fixed);

        assertThat(answer)
                .containsExactly(
                        new CloseChannel(first, ErrorCode.VERSION_ROLLING_NOT_ALLOWED.wire()),
                        new CloseChannel(second, ErrorCode.VERSION_ROLLING_NOT_ALLOWED.wire()));
        assertThat(pool.server.channels()).isEmpty();
    }

    /// Random openings, closings, templates and tips, sometimes unseen by the connection: a strict client never
    /// finds a violation, ids of jobs are never reused on a channel, and shares of the newest work are always
    /// credited.
    @ParameterizedTest
    @Tag("MIN-006")
    @Tag("MIN-007")
    @Tag("MIN-073")
    @Tag("MIN-087")
    @Tag("MIN-107")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverConfusesAStrictClient(long seed) {
        Random random = new Random(seed);
        MiningFlags flags = seed % 2 == 0 ? MiningFlags.NONE : STANDARD_JOBS;
        TestPool pool = new TestPool(Fixtures.factory(), flags, Fixtures.EASY_TARGETS);
        Map<Long, Set<Long>> jobsOfChannel = new HashMap<>();
        long template = 0;
        long newestFuture = 0;
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (pool.server.channels().size() < 6) {
                        ClientChannel _ = flags.standardJobs() || random.nextBoolean()
                                ? pool.openStandard()
                                : pool.openExtended();
                    }
                }
                case 1 ->
                    pool.client.channels().stream().findAny().ifPresent(channel -> {
                        pool.server.close(channel.id());
                        pool.client.close(channel.id(), ErrorCode.INTERNAL_ERROR.wire());
                    });
                case 2 -> {
                    newestFuture = ++template;
                    pool.factory.onNewTemplate(Fixtures.template(template, true));
                }
                case 3 -> {
                    if (newestFuture != 0) {
                        pool.factory.onSetNewPrevHash(
                                Fixtures.tip(newestFuture, random.nextInt(4), Fixtures.IMPOSSIBLE));
                        newestFuture = 0;
                    }
                }
                case 4 -> {
                    if (pool.factory.work().tip().isPresent()) {
                        pool.factory.onNewTemplate(Fixtures.template(++template, false));
                    }
                }
                default -> pool.deliver(pool.server.work(pool.factory.work()));
            }
            for (MiningToClient message : pool.takeSent()) {
                assertJobIdIsNew(jobsOfChannel, pool, message);
            }
        }
        pool.deliver(pool.server.work(pool.factory.work()));
        for (ClientChannel channel : pool.client.channels()) {
            assertThat(TestPool.work(channel).job().id())
                    .as("seed %d", seed)
                    .isEqualTo(pool.factory.work().active().orElseThrow().id());
            assertThat(pool.mineAndSubmit(channel).credit()).as("seed %d", seed).isInstanceOf(Credited.class);
        }
        assertThat(jobsOfChannel).as("seed %d", seed).isNotEmpty();
    }

    private static void assertJobIdIsNew(Map<Long, Set<Long>> jobsOfChannel, TestPool pool, MiningToClient message) {
        switch (message) {
            case NewMiningJob job ->
                assertThat(jobsOfChannel
                                .computeIfAbsent(job.channelId(), _ -> new HashSet<>())
                                .add(job.jobId()))
                        .isTrue();
            case NewExtendedMiningJob job ->
                pool.server.channels().stream()
                        .filter(channel -> channel.id() == job.channelId() || channel.groupId() == job.channelId())
                        .forEach(channel -> {
                            assertThat(channel.kind() == ServerChannel.Kind.EXTENDED
                                            || channel.groupId() == job.channelId())
                                    .isTrue();
                            assertThat(jobsOfChannel
                                            .computeIfAbsent(channel.id(), _ -> new HashSet<>())
                                            .add(job.jobId()))
                                    .isTrue();
                        });
            case SetGroupChannel group -> throw new AssertionError(group);
            default -> {}
        }
    }

    private static org.stratumj.channels.share.ShareVerdict submit(
            ServerChannels server, ClientChannel channel, TestMiner.Found share) {
        return switch (channel) {
            case StandardClientChannel standard ->
                server.submit(
                        standard.submit(share.jobId(), share.nonce(), share.nTime(), share.version())
                                .orElseThrow(),
                        Fixtures.NOW);
            case ExtendedClientChannel extended ->
                server.submit(
                        extended.submit(
                                        share.jobId(),
                                        share.nonce(),
                                        share.nTime(),
                                        share.version(),
                                        share.extranonce(),
                                        Tlvs.NONE)
                                .orElseThrow(),
                        Fixtures.NOW);
        };
    }

    private static ExtranonceSpace space(String given) {
        return new ExtranonceSpace(Bytes.ofHex(given), 3, 12);
    }

    private static Work upstreamWork(long jobId, ExtranonceSpace space) {
        return Work.none(space).onTip(Tip.of(Fixtures.tip(1, 1, Fixtures.IMPOSSIBLE)), jobs(jobId, space));
    }

    /// A job from elsewhere, whose version is fixed.
    private static JobSet jobs(long id, ExtranonceSpace space) {
        JobFactory factory = new JobFactory(space, Fixtures.TAG, Fixtures.PAYOUT, true);
        Job model = factory.onNewTemplate(Fixtures.template(1, true))
                .future()
                .orElseThrow()
                .job(Fixtures.PAYOUT);
        return JobSet.of(new Job(
                id, new JobOrigin.Upstream(id), space, model.version(), false, model.merklePath(), model.coinbase()));
    }
}
