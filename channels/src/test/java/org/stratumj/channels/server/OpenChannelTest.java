package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Difficulty;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.TestPool;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Opening channels: what is granted, what is refused, and the work that follows.
class OpenChannelTest {
    private static final Str0255 USER = Str0255.of("alice");
    private static final MiningFlags STANDARD_JOBS = new MiningFlags(true, false, false, false, false);

    @Test
    @Tag("MIN-070")
    @Tag("MIN-071")
    @Tag("MIN-083")
    @Tag("MIN-041")
    void startsAStandardChannelWithAFutureJobAndItsTip() {
        TestPool pool = new TestPool();

        List<MiningToClient> answer = pool.server.open(standard(42, 0, U256.MAX), Fixtures.PAYOUT, pool.now);

        assertThat(answer)
                .hasExactlyElementsOfTypes(
                        OpenStandardMiningChannelSuccess.class, NewMiningJob.class, SetNewPrevHash.class);
        OpenStandardMiningChannelSuccess success = (OpenStandardMiningChannelSuccess) answer.get(0);
        NewMiningJob job = (NewMiningJob) answer.get(1);
        SetNewPrevHash tip = (SetNewPrevHash) answer.get(2);
        assertThat(success.requestId()).isEqualTo(42);
        assertThat(success.groupChannelId()).isNotEqualTo(success.channelId());
        assertThat(success.extranoncePrefix()).isEqualTo(Bytes.ofHex("5a0000010000000000000000"));
        assertThat(job.channelId()).isEqualTo(success.channelId());
        assertThat(job.minNTime()).isEmpty();
        assertThat(tip.channelId()).isEqualTo(success.channelId());
        assertThat(tip.jobId()).isEqualTo(job.jobId());
        assertThat(tip.prevHash()).isEqualTo(Fixtures.hash(1001));
        assertThat(tip.nBits()).isEqualTo(Fixtures.IMPOSSIBLE.toCompact());
    }

    @Test
    @Tag("MIN-083")
    @Tag("MIN-041")
    @Tag("MIN-045")
    void startsAnExtendedChannelWithAFutureJobAndItsTip() {
        TestPool pool = new TestPool();

        List<MiningToClient> answer = pool.server.open(extended(7, 8), Fixtures.PAYOUT, pool.now);

        assertThat(answer)
                .hasExactlyElementsOfTypes(
                        OpenExtendedMiningChannelSuccess.class, NewExtendedMiningJob.class, SetNewPrevHash.class);
        OpenExtendedMiningChannelSuccess success = (OpenExtendedMiningChannelSuccess) answer.get(0);
        NewExtendedMiningJob job = (NewExtendedMiningJob) answer.get(1);
        assertThat(success.requestId()).isEqualTo(7);
        assertThat(success.extranoncePrefix()).isEqualTo(Bytes.ofHex("5a000001"));
        assertThat(success.extranonceSize()).isEqualTo(8);
        assertThat(job.channelId()).isEqualTo(success.channelId());
        assertThat(job.minNTime()).isEmpty();
        assertThat(job.versionRollingAllowed()).isTrue();
    }

    @Test
    void alsoSendsTheJobKeptForTheNextTip() {
        TestPool pool = new TestPool();
        pool.futureTemplate(2);

        List<MiningToClient> answer = pool.server.open(standard(1, 0, U256.MAX), Fixtures.PAYOUT, pool.now);

        assertThat(answer)
                .hasExactlyElementsOfTypes(
                        OpenStandardMiningChannelSuccess.class,
                        NewMiningJob.class,
                        SetNewPrevHash.class,
                        NewMiningJob.class);
        assertThat(((NewMiningJob) answer.get(3)).minNTime()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void sendsWorkLaterToAChannelOpenedBeforeThereWasAny() {
        JobFactory factory = Fixtures.factory();
        TestPool pool = new TestPool(factory, MiningFlags.NONE, Fixtures.EASY_TARGETS);
        StandardClientChannel standard = pool.openStandard();
        ExtendedClientChannel extended = pool.openExtended();
        pool.takeSent();

        factory.onNewTemplate(Fixtures.template(1, true));
        pool.deliver(pool.server.work(factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.IMPOSSIBLE))));

        assertThat(pool.takeSent())
                .hasExactlyElementsOfTypes(
                        NewMiningJob.class, SetNewPrevHash.class, NewExtendedMiningJob.class, SetNewPrevHash.class);
        assertThat(standard.work()).isPresent();
        assertThat(extended.work()).isPresent();
    }

    @Test
    void setsTheTargetByTheNominalHashRate() {
        TargetPolicy targets = new TargetPolicy(
                6, new Difficulty(1e-6).toTarget(), new Difficulty(1e12).toTarget(), 1e22, Duration.ZERO);
        TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, targets);

        pool.deliver(pool.server.open(pool.client.openStandard(USER, 1e12f, Target.MAX), Fixtures.PAYOUT, pool.now));

        // 1 TH/s for ten seconds per share.
        double hashes = pool.client.channels().iterator().next().target().expectedHashes();
        assertThat(hashes / 1e13).isBetween(0.999_999, 1.000_001);
    }

    @Test
    void givesTheEasiestTargetToWhoHasNoHashRateYet() {
        TestPool pool = new TestPool();

        assertThat(pool.openExtended().target()).isEqualTo(Fixtures.EASY);
    }

    @Test
    @Tag("MIN-044")
    void givesNoTargetAboveTheClientsMaximum() {
        TestPool pool = new TestPool();

        List<MiningToClient> answer =
                pool.server.open(standard(1, 0, U256.of(Fixtures.HARDER.littleEndian())), Fixtures.PAYOUT, pool.now);

        assertThat(((OpenStandardMiningChannelSuccess) answer.getFirst()).target())
                .isEqualTo(U256.of(Fixtures.HARDER.littleEndian()));
    }

    @Test
    @Tag("MIN-044")
    void refusesAMaximumTargetThatNoHashMeets() {
        assertRefused(new TestPool(), standard(3, 0, U256.ZERO), ErrorCode.MAX_TARGET_OUT_OF_RANGE);
    }

    @Test
    void refusesAHashRateThatCannotBe() {
        assertRefused(new TestPool(), standard(3, 2e22f, U256.MAX), ErrorCode.INVALID_NOMINAL_HASHRATE);
    }

    @Test
    @Tag("MIN-041")
    @Tag("MIN-045")
    void refusesMoreExtranonceThanThereIs() {
        TestPool pool = new TestPool();

        List<MiningToClient> answer = pool.server.open(extended(5, 9), Fixtures.PAYOUT, pool.now);

        assertThat(answer).containsExactly(error(5, ErrorCode.MIN_EXTRANONCE_SIZE_TOO_LARGE));
        assertThat(pool.server.channels()).isEmpty();
    }

    @Test
    void refusesExtendedChannelsToAClientThatRequiresStandardJobs() {
        TestPool pool = new TestPool(Fixtures.startedFactory(), STANDARD_JOBS, Fixtures.EASY_TARGETS);

        assertThat(pool.server.open(extended(5, 1), Fixtures.PAYOUT, pool.now))
                .containsExactly(error(5, ErrorCode.EXTENDED_CHANNELS_NOT_SUPPORTED_FOR_STANDARD_JOBS));
    }

    @Test
    @Tag("MIN-036")
    void refusesStandardChannelsWhereTheServerRequiresExtendedOnes() {
        MiningFlags flags = new MiningFlags(false, false, false, false, true);
        TestPool pool = new TestPool(Fixtures.startedFactory(), flags, Fixtures.EASY_TARGETS);

        assertRefused(pool, standard(5, 0, U256.MAX), ErrorCode.STANDARD_CHANNELS_NOT_SUPPORTED);
        assertThat(pool.openExtended().work()).isPresent();
    }

    @Test
    void refusesStandardChannelsToAClientThatSelectsItsWork() {
        MiningFlags flags = new MiningFlags(false, true, false, false, false);
        TestPool pool = new TestPool(Fixtures.startedFactory(), flags, Fixtures.EASY_TARGETS);

        assertRefused(pool, standard(5, 0, U256.MAX), ErrorCode.STANDARD_CHANNELS_NOT_SUPPORTED_FOR_CUSTOM_WORK);
    }

    @Test
    @Tag("MIN-032")
    void refusesChannelsWhoseClientMustRollTheVersionWhileJobsFixIt() {
        JobFactory fixed = new JobFactory(Fixtures.SPACE, Fixtures.TAG, Fixtures.PAYOUT, false);
        fixed.onNewTemplate(Fixtures.template(1, true));
        MiningFlags flags = new MiningFlags(false, false, true, false, false);

        assertRefused(
                new TestPool(fixed, flags, Fixtures.EASY_TARGETS),
                standard(5, 0, U256.MAX),
                ErrorCode.VERSION_ROLLING_NOT_ALLOWED);
    }

    @Test
    void opensChannelsUpToTheBound() {
        ServerPolicy policy = new ServerPolicy(
                3, Fixtures.EASY_TARGETS, ServerPolicy.DEFAULT.shares(), ServerPolicy.DEFAULT.vardiff());
        TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, policy, new ExtranonceLeases(3, 0));
        for (int i = 0; i < 3; i++) {
            pool.openStandard();
        }

        assertRefused(pool, standard(9, 0, U256.MAX), ErrorCode.CHANNEL_CAPACITY_EXHAUSTED);
        pool.server.close(pool.server.channels().iterator().next().id());
        pool.openStandard();
        assertThat(pool.server.channels()).hasSize(3);
    }

    @Test
    void opensNoChannelWithoutSearchSpaceForIt() {
        ExtranonceLeases leases = new ExtranonceLeases(1, 0);
        while (leases.lease().isPresent()) {
            // Take them all.
        }
        TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, ServerPolicy.DEFAULT, leases);

        assertRefused(pool, standard(9, 0, U256.MAX), ErrorCode.CHANNEL_CAPACITY_EXHAUSTED);
    }

    @Test
    void takesNoLeasesThatTheExtranonceHasNoRoomFor() {
        assertThatThrownBy(() -> new TestPool(
                        Fixtures.startedFactory(), MiningFlags.NONE, ServerPolicy.DEFAULT, new ExtranonceLeases(4, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Over all connections of a server no two channels search the same space, and on a connection no two ids are
    /// equal, be they of channels or groups.
    @Test
    @Tag("MIN-002")
    @Tag("MIN-019")
    @Tag("MIN-029")
    @Tag("MIN-105")
    void givesEveryChannelItsOwnIdAndPrefix() {
        ExtranonceLeases leases = new ExtranonceLeases(3, 0);
        Set<Bytes> prefixes = new HashSet<>();
        for (int connection = 0; connection < 4; connection++) {
            TestPool pool = new TestPool(Fixtures.startedFactory(), MiningFlags.NONE, ServerPolicy.DEFAULT, leases);
            Set<Long> ids = new HashSet<>();
            Set<Long> groups = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                Payout payout = Payout.to(Script.of(new byte[] {(byte) (i % 3)}));
                ServerChannel opened = open(pool, i % 2 == 0 ? standard(i, 0, U256.MAX) : extended(i, 1), payout);
                assertThat(ids.add(opened.id())).isTrue();
                groups.add(opened.groupId());
                // A standard channel's space is one point of what an extended one with the same index would have.
                assertThat(prefixes.add(opened.extranoncePrefix().slice(0, 4))).isTrue();
            }
            assertThat(groups).hasSize(3).doesNotContainAnyElementsOf(ids);
        }
    }

    @Test
    @Tag("MIN-012")
    void givesAllMembersOfAGroupOneExtranonceSize() {
        TestPool pool = new TestPool();
        StandardClientChannel standard = pool.openStandard();
        ExtendedClientChannel extended = pool.openExtended();

        assertThat(standard.groupId()).isEqualTo(extended.groupId());
        assertThat(standard.extranoncePrefix().size())
                .isEqualTo(extended.extranoncePrefix().size() + extended.extranonceSize());
    }

    @Test
    @Tag("MIN-019")
    @Tag("MIN-029")
    @Tag("MIN-105")
    @Tag("MIN-106")
    void doesNotUseAnIdTwice() {
        TestPool pool = new TestPool();
        long first = pool.openStandard().id();
        pool.server.close(first);
        pool.client.close(first, Str0255.EMPTY);

        StandardClientChannel second = pool.openStandard();

        assertThat(second.id()).isGreaterThan(first);
        assertThat(second.groupId()).isGreaterThan(first);
    }

    private static ServerChannel open(TestPool pool, Record request, Payout payout) {
        List<MiningToClient> _ = request instanceof OpenStandardMiningChannel standard
                ? pool.server.open(standard, payout, pool.now)
                : pool.server.open((OpenExtendedMiningChannel) request, payout, pool.now);
        return pool.server.channels().stream().toList().getLast();
    }

    private static void assertRefused(TestPool pool, OpenStandardMiningChannel request, ErrorCode code) {
        int before = pool.server.channels().size();
        assertThat(pool.server.open(request, Fixtures.PAYOUT, pool.now))
                .containsExactly(error(request.requestId(), code));
        assertThat(pool.server.channels()).hasSize(before);
    }

    private static OpenMiningChannelError error(long requestId, ErrorCode code) {
        return new OpenMiningChannelError(requestId, code.wire());
    }

    private static OpenStandardMiningChannel standard(long requestId, float hashRate, U256 maxTarget) {
        return new OpenStandardMiningChannel(requestId, USER, hashRate, maxTarget);
    }

    private static OpenExtendedMiningChannel extended(long requestId, int minExtranonceSize) {
        return new OpenExtendedMiningChannel(requestId, USER, 0, U256.MAX, minExtranonceSize);
    }
}
