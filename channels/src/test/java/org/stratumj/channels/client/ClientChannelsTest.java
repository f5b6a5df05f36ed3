package org.stratumj.channels.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningJob.StandardJob;
import org.stratumj.channels.job.Job;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetCustomMiningJobSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetGroupChannel;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;

/// A client fed with a server's messages one by one, right ones and wrong ones.
class ClientChannelsTest {
    private static final Str0255 USER = Str0255.of("alice");
    private static final Str0255 REASON = Str0255.of("because");
    private static final OptionalLong FUTURE = OptionalLong.empty();
    private static final long GROUP = 1;
    private static final long VERSION = 0x2000_0000L;
    private static final long MIN_N_TIME = 1_700_000_000;

    private final ClientChannels client = new ClientChannels(MiningFlags.NONE);

    @Test
    @Tag("MIN-040")
    void asksForChannelsWithIdsOfTheirOwn() {
        OpenStandardMiningChannel first = client.openStandard(USER, 5, Fixtures.EASY);
        OpenExtendedMiningChannel second = client.openExtended(USER, 6, Fixtures.HARDER, 4);

        assertThat(first.requestId()).isNotEqualTo(second.requestId());
        assertThat(first.userIdentity()).isEqualTo(USER);
        assertThat(first.nominalHashRate()).isEqualTo(5);
        assertThat(first.maxTarget()).isEqualTo(wire(Fixtures.EASY));
        assertThat(second.minExtranonceSize()).isEqualTo(4);
    }

    @Test
    void opensAChannel() {
        long request = client.openStandard(USER, 5, Target.MAX).requestId();

        List<ClientEvent> events = client.on(standardSuccess(request, 2));

        StandardClientChannel channel =
                (StandardClientChannel) client.channel(2).orElseThrow();
        assertThat(events).containsExactly(new ClientEvent.Opened(channel, request));
        assertThat(channel.target()).isEqualTo(Fixtures.EASY);
        assertThat(channel.userIdentity()).isEqualTo(USER);
        assertThat(channel.groupId()).isEqualTo(GROUP);
        assertThat(channel.work()).isEmpty();
    }

    @Test
    void tellsOfARefusal() {
        long request = client.openStandard(USER, 5, Target.MAX).requestId();

        assertThat(client.on(new OpenMiningChannelError(request, REASON)))
                .containsExactly(new ClientEvent.OpenRefused(request, REASON));
        assertThat(client.channels()).isEmpty();
    }

    @Test
    void findsAnswersToNothingWrong() {
        long request = client.openStandard(USER, 5, Target.MAX).requestId();
        client.on(standardSuccess(request, 2));

        assertViolation(standardSuccess(request, 3));
        assertViolation(standardSuccess(99, 3));
        assertViolation(extendedSuccess(99, 3, 8));
        assertViolation(new OpenMiningChannelError(99, REASON));
    }

    @Test
    void findsTheOtherKindOfChannelWrong() {
        long standard = client.openStandard(USER, 5, Target.MAX).requestId();
        long extended = client.openExtended(USER, 5, Target.MAX, 8).requestId();

        assertViolation(extendedSuccess(standard, 2, 8));
        assertViolation(standardSuccess(extended, 2));
    }

    @Test
    void findsAChannelIdTwiceWrong() {
        standardChannel(2);
        long request = client.openStandard(USER, 5, Target.MAX).requestId();

        assertViolation(standardSuccess(request, 2));
    }

    @Test
    @Tag("MIN-045")
    void findsLessExtranonceThanNeededWrong() {
        long request = client.openExtended(USER, 5, Target.MAX, 8).requestId();

        assertViolation(extendedSuccess(request, 2, 7));
    }

    @Test
    void findsAnExtranonceThatIsTooLongWrong() {
        long request = client.openExtended(USER, 5, Target.MAX, 8).requestId();

        assertViolation(extendedSuccess(request, 2, 29));
        long another = client.openExtended(USER, 5, Target.MAX, 8).requestId();
        assertThat(client.on(extendedSuccess(another, 2, 28))).hasSize(1);
        assertViolation(new SetExtranoncePrefix(2, Bytes.of(new byte[5])));
    }

    @Test
    @Tag("MIN-060")
    @Tag("MIN-074")
    @Tag("MIN-075")
    void startsWithTheFutureJobThatATipNames() {
        StandardClientChannel channel = standardChannel(2);

        List<ClientEvent> future = client.on(standardJob(2, 11, FUTURE));
        List<ClientEvent> tip = client.on(tip(2, 11, 1));

        StandardJob job = new StandardJob(11, VERSION, true, hash(11));
        assertThat(future).containsExactly(new ClientEvent.FutureJob(channel, job));
        assertThat(tip)
                .containsExactly(
                        new ClientEvent.WorkChanged(channel, channel.work().orElseThrow(), true));
        MiningWork work = channel.work().orElseThrow();
        assertThat(work.job()).isEqualTo(job);
        assertThat(work.nTimeStart()).isEqualTo(MIN_N_TIME);
        assertThat(work.target()).isEqualTo(Fixtures.EASY);
        assertThat(work.tip().prevHash()).isEqualTo(hash(1));
    }

    @Test
    @Tag("MIN-072")
    @Tag("MIN-075")
    void startsAnActiveJobAtOnceAndKeepsTheOneBefore() {
        StandardClientChannel channel = startedChannel(2);

        List<ClientEvent> events = client.on(standardJob(2, 12, OptionalLong.of(MIN_N_TIME + 30)));

        MiningWork work = channel.work().orElseThrow();
        assertThat(events).containsExactly(new ClientEvent.WorkChanged(channel, work, false));
        assertThat(work.job().id()).isEqualTo(12);
        assertThat(work.nTimeStart()).isEqualTo(MIN_N_TIME + 30);
        assertThat(work.tip().prevHash()).isEqualTo(hash(1));
        assertThat(channel.target(11)).contains(Fixtures.EASY);
        assertThat(channel.target(12)).contains(Fixtures.EASY);
    }

    /// A share's time has to be good for the tip, too (05 §5.3.11).
    @Test
    void startsNoJobBeforeItsTip() {
        StandardClientChannel channel = startedChannel(2);

        client.on(standardJob(2, 12, OptionalLong.of(MIN_N_TIME - 30)));

        assertThat(channel.work().orElseThrow().nTimeStart()).isEqualTo(MIN_N_TIME);
    }

    @Test
    @Tag("MIN-086")
    void dropsAllJobsButTheNamedOneOnANewTip() {
        StandardClientChannel channel = startedChannel(2);
        client.on(standardJob(2, 12, OptionalLong.of(MIN_N_TIME)));
        client.on(standardJob(2, 13, FUTURE));
        client.on(standardJob(2, 14, FUTURE));

        client.on(tip(2, 13, 2));

        assertThat(channel.target(11)).isEmpty();
        assertThat(channel.target(12)).isEmpty();
        assertThat(channel.target(13)).isPresent();
        assertViolation(tip(2, 14, 3));
    }

    @Test
    @Tag("MIN-087")
    void findsATipForAJobThatIsNoFutureJobWrong() {
        startedChannel(2);

        assertViolation(tip(2, 11, 2));
        assertViolation(tip(2, 99, 2));
    }

    @Test
    void findsAnActiveJobBeforeTheFirstTipWrong() {
        standardChannel(2);

        assertViolation(standardJob(2, 11, OptionalLong.of(MIN_N_TIME)));
    }

    @Test
    @Tag("MIN-006")
    void findsAStandardJobForAnExtendedChannelWrong() {
        extendedChannel(2);

        assertViolation(standardJob(2, 11, FUTURE));
    }

    @Test
    void findsImpossibleBitsWrong() {
        standardChannel(2);
        client.on(standardJob(2, 11, FUTURE));

        assertViolation(new SetNewPrevHash(2, 11, U256.ZERO, MIN_N_TIME, 0x2380_0001L));
    }

    @ParameterizedTest
    @Tag("MIN-076")
    @ValueSource(longs = {0, 4, 0x3fff_ffe4L, 0xffff_ffffL})
    void takesAJobWithWhateverVersion(long version) {
        StandardClientChannel channel = startedChannel(2);

        client.on(new NewMiningJob(2, 12, OptionalLong.of(MIN_N_TIME), version, Fixtures.hash(12)));

        assertThat(channel.work().orElseThrow().job()).isEqualTo(new StandardJob(12, version, true, hash(12)));
    }

    @Test
    void takesTheLaterOfTwoJobsWithOneId() {
        StandardClientChannel channel = startedChannel(2);

        client.on(new NewMiningJob(2, 11, OptionalLong.of(MIN_N_TIME), VERSION, Fixtures.hash(77)));

        assertThat(channel.work().orElseThrow().job()).isEqualTo(new StandardJob(11, VERSION, true, hash(77)));
    }

    @Test
    @Tag("MIN-023")
    @Tag("MIN-078")
    @Tag("MIN-010")
    @Tag("MIN-011")
    @Tag("MIN-082")
    void givesAGroupsJobToAllMembersInTheirOwnForm() {
        StandardClientChannel standard = standardChannel(2);
        ExtendedClientChannel extended = extendedChannel(3);
        Job job = Fixtures.startedFactory().work().active().orElseThrow().job(Fixtures.PAYOUT);

        List<ClientEvent> jobs = client.on(job.message(GROUP, FUTURE, false));
        List<ClientEvent> tips = client.on(tip(GROUP, job.id(), 1));

        assertThat(jobs).hasSize(2);
        assertThat(tips).hasSize(2);
        StandardJob inStandard = (StandardJob) standard.work().orElseThrow().job();
        ExtendedJob inExtended = (ExtendedJob) extended.work().orElseThrow().job();
        assertThat(inStandard.merkleRoot())
                .isEqualTo(Fixtures.merkleRoot(
                        job.coinbase().stripped(standard.extranoncePrefix()),
                        job.merklePath().siblings()));
        Bytes rolled = Bytes.ofHex("0102030405060708");
        assertThat(inExtended.merkleRoot(rolled))
                .isEqualTo(Fixtures.merkleRoot(
                        job.coinbase().stripped(extended.extranoncePrefix().concat(rolled)),
                        job.merklePath().siblings()));
        assertThatThrownBy(() -> inExtended.merkleRoot(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startsAGroupsJobThatATipOfTheChannelNames() {
        StandardClientChannel named = standardChannel(2);
        ExtendedClientChannel other = extendedChannel(3);
        Job job = Fixtures.startedFactory().work().active().orElseThrow().job(Fixtures.PAYOUT);
        client.on(job.message(GROUP, FUTURE, false));

        client.on(tip(2, job.id(), 1));

        assertThat(named.work().orElseThrow().job().id()).isEqualTo(job.id());
        assertThat(other.work()).isEmpty();
    }

    @Test
    @Tag("MIN-103")
    @Tag("MIN-104")
    @Tag("MIN-106")
    void movesChannelsBetweenGroups() {
        StandardClientChannel moved = standardChannel(2);
        StandardClientChannel stays = standardChannel(3);

        client.on(new SetGroupChannel(9, List.of(2L, 77L)));
        client.on(new SetTarget(9, wire(Fixtures.HARDER)));

        assertThat(moved.groupId()).isEqualTo(9);
        assertThat(moved.target()).isEqualTo(Fixtures.HARDER);
        assertThat(stays.target()).isEqualTo(Fixtures.EASY);
        assertViolation(new SetGroupChannel(3, List.of(2L)));
    }

    @ParameterizedTest
    @MethodSource
    void minesNoCoinbaseThatIsNone(String what, String prefix, String suffix, String message) {
        extendedChannel(3);
        NewExtendedMiningJob job = Fixtures.startedFactory()
                .work()
                .active()
                .orElseThrow()
                .job(Fixtures.PAYOUT)
                .message(3, FUTURE, false);

        assertThatThrownBy(() -> client.on(with(job, Bytes.ofHex(prefix), Bytes.ofHex(suffix))))
                .as(what)
                .isInstanceOf(PeerViolationException.class)
                .hasMessageContaining("coinbase of job " + job.jobId())
                .hasMessageContaining(message);
    }

    /// The extranonce has twelve bytes.
    static Stream<Arguments> minesNoCoinbaseThatIsNone() {
        String version = "02000000";
        String start = version + "01" + "00".repeat(32) + "ffffffff";
        String output = "00f2052a01000000" + "0151";
        String end = "ffffffff" + "01" + output + "00000000";
        String data = "ffffffff" + "01" + "00f2052a01000000" + "0e6a0c";
        String outside = "outside the scriptSig";
        String nothing = "is no transaction";
        return Stream.of(
                arguments("scriptSig one byte longer than it is", start + "0f" + "5151", end, nothing),
                arguments("scriptSig one byte shorter than it is", start + "0d" + "5151", end, nothing),
                arguments("bytes after the lock time", start + "0e" + "5151", end + "00", nothing),
                arguments("lock time cut short", start + "0e" + "5151", end.substring(2), nothing),
                arguments("no lock time", start + "0e" + "5151", "ffffffff" + "01" + output, nothing),
                arguments("nothing", "", "", nothing),
                arguments("no input", version + "00" + "5151", end, nothing),
                arguments("outputs without end", start + "0e" + "5151", "ffffffff" + "feffffffff", nothing),
                arguments("two outputs announced", start + "0e5151", "ffffffff" + "02" + output + "00000000", nothing),
                arguments(
                        "two inputs",
                        version + "02" + "00".repeat(32) + "ffffffff" + "00ffffffff" + "00".repeat(36) + "0e" + "5151",
                        end,
                        "one null input"),
                arguments("a spent output", start.replace("ffffffff", "00000000") + "0e5151", end, "one null input"),
                arguments("no outputs", start + "0e" + "5151", "ffffffff" + "00" + "00000000", "outputs"),
                arguments("scriptSig of 101 bytes", start + "65" + "51".repeat(89), end, "not 2 to 100"),
                arguments("scriptSig of one byte", start + "01" + "51" + data, "00000000", "not 2 to 100"),
                arguments("extranonce in an output", start + "02" + "5151" + data, "00000000", outside),
                arguments("extranonce before the scriptSig", version + "01", "00".repeat(20), nothing),
                arguments(
                        "extranonce half in the scriptSig",
                        start + "04" + "5151",
                        "01" + output + "00000000",
                        nothing));
    }

    @ParameterizedTest
    @CsvSource({"65535, true", "65536, false"})
    void minesCoinbasesUpToABound(int size, boolean taken) {
        ExtendedClientChannel channel = extendedChannel(3);
        String prefix = "02000000" + "01" + "00".repeat(32) + "ffffffff" + "0e" + "5151";
        int script = size - 44 - 12 - 4 - 1 - 8 - 3 - 4;
        String suffix = "ffffffff" + "01" + "00f2052a01000000" + "fd%02x%02x".formatted(script & 0xff, script >> 8)
                + "51".repeat(script) + "00000000";
        NewExtendedMiningJob job = with(
                new NewExtendedMiningJob(3, 11, FUTURE, VERSION, true, List.of(), Bytes.EMPTY, Bytes.EMPTY),
                Bytes.ofHex(prefix),
                Bytes.ofHex(suffix));

        if (taken) {
            client.on(job);
            client.on(tip(3, 11, 1));
            assertThat(channel.work()).isPresent();
        } else {
            assertViolation(job);
        }
    }

    @Test
    @Tag("MIN-012")
    void minesNoJobOfAGroupWithExtranoncesOfTwoSizes() {
        extendedChannel(3);
        client.on(new OpenStandardMiningChannelSuccess(
                client.openStandard(USER, 5, Target.MAX).requestId(),
                2,
                wire(Fixtures.EASY),
                Bytes.of(new byte[11]),
                GROUP));
        Job job = Fixtures.startedFactory().work().active().orElseThrow().job(Fixtures.PAYOUT);

        assertThatThrownBy(() -> client.on(job.message(GROUP, FUTURE, false)))
                .isInstanceOf(PeerViolationException.class)
                .hasMessage("job 1 of group 1, whose channels have extranonces of different sizes");
        // Each channel by itself is fine.
        assertThat(client.on(job.message(3, FUTURE, false))).hasSize(1);
    }

    @Test
    void refusesTargetsThatNoHashMeets() {
        long standard = client.openStandard(USER, 5, Target.MAX).requestId();
        long extended = client.openExtended(USER, 5, Target.MAX, 8).requestId();
        assertViolation(new OpenStandardMiningChannelSuccess(standard, 5, U256.ZERO, Bytes.of(new byte[12]), GROUP));
        assertViolation(new OpenExtendedMiningChannelSuccess(extended, 6, U256.ZERO, 8, Bytes.of(new byte[4]), GROUP));
        assertThat(client.channels()).isEmpty();
        startedChannel(2);

        assertViolation(new SetTarget(2, U256.ZERO));
        assertViolation(new SetTarget(GROUP, U256.ZERO));
        client.on(standardJob(2, 12, FUTURE));
        for (long nBits : new long[] {0, 0x1d00_0000L, 0x0100_0000L, 0x1d80_ffffL, 0x2300_ffffL, 0xffff_ffffL}) {
            assertViolation(new SetNewPrevHash(2, 12, Fixtures.hash(2), MIN_N_TIME, nBits));
        }
    }

    @Test
    void stripsWitnessFieldsThatAServerForgotToStrip() {
        ExtendedClientChannel channel = extendedChannel(3);
        Job job = Fixtures.startedFactory().work().active().orElseThrow().job(Fixtures.PAYOUT);
        NewExtendedMiningJob stripped = job.message(3, FUTURE, false);
        Bytes prefix =
                Bytes.of(Coinbase.unstripPrefix(stripped.coinbaseTxPrefix().bytes()));
        Bytes suffix =
                Bytes.of(Coinbase.unstripSuffix(stripped.coinbaseTxSuffix().bytes()));

        client.on(with(stripped, prefix, suffix));
        client.on(tip(3, job.id(), 1));

        ExtendedJob received = (ExtendedJob) channel.work().orElseThrow().job();
        assertThat(received.coinbase().prefix()).isEqualTo(stripped.coinbaseTxPrefix());
        assertThat(received.coinbase().suffix()).isEqualTo(stripped.coinbaseTxSuffix());
        assertViolation(with(stripped, prefix, stripped.coinbaseTxSuffix()));
    }

    @Test
    @Tag("MIN-057")
    void usesANewPrefixForLaterJobsOnly() {
        ExtendedClientChannel channel = extendedChannel(3);
        Job job = Fixtures.startedFactory().work().active().orElseThrow().job(Fixtures.PAYOUT);
        Bytes before = channel.extranoncePrefix();
        Bytes after = Bytes.ofHex("0badcafe");
        client.on(job.message(3, FUTURE, false));

        List<ClientEvent> events = client.on(new SetExtranoncePrefix(3, after));
        client.on(tip(3, job.id(), 1));

        assertThat(events).containsExactly(new ClientEvent.PrefixChanged(channel));
        assertThat(((ExtendedJob) channel.work().orElseThrow().job()).extranoncePrefix())
                .isEqualTo(before);
        client.on(job.message(3, OptionalLong.of(MIN_N_TIME), false));
        assertThat(((ExtendedJob) channel.work().orElseThrow().job()).extranoncePrefix())
                .isEqualTo(after);
    }

    /// Servers differ in when a change holds for the job under way: the stricter of both targets is good with
    /// all.
    @Test
    @Tag("MIN-101")
    void submitsOnlyWhatMeetsBothTargetsOfAJobThatWasAFutureJob() {
        StandardClientChannel channel = startedChannel(2);

        List<ClientEvent> events = client.on(new SetTarget(2, wire(Fixtures.HARDER)));
        assertThat(events).containsExactly(new ClientEvent.TargetChanged(channel, Fixtures.HARDER));
        assertThat(channel.target(11)).contains(Fixtures.HARDER);
        assertThat(channel.work().orElseThrow().target()).isEqualTo(Fixtures.HARDER);

        client.on(new SetTarget(2, wire(Target.MAX)));
        assertThat(channel.target(11)).contains(Fixtures.EASY);
        assertThat(channel.work().orElseThrow().target()).isEqualTo(Fixtures.EASY);
        assertThat(channel.target()).isEqualTo(Target.MAX);
    }

    @Test
    @Tag("MIN-102")
    void keepsTheTargetOfAJobThatCameAsActive() {
        StandardClientChannel channel = startedChannel(2);
        client.on(standardJob(2, 12, OptionalLong.of(MIN_N_TIME)));

        client.on(new SetTarget(2, wire(Fixtures.HARDER)));

        assertThat(channel.target(12)).contains(Fixtures.EASY);
        client.on(standardJob(2, 13, OptionalLong.of(MIN_N_TIME)));
        assertThat(channel.target(13)).contains(Fixtures.HARDER);
    }

    @Test
    void judgesWhatIsWorthSubmitting() {
        StandardClientChannel channel = startedChannel(2);
        Hash256 share = Hash256.of(Fixtures.EASY.littleEndian());
        Hash256 low = Hash256.of(
                Target.of(Fixtures.EASY.toBigInteger().add(BigInteger.ONE)).littleEndian());
        // nBits of the tip are Fixtures.HARDER's.
        Hash256 block = Hash256.of(Fixtures.HARDER.littleEndian());

        assertThat(channel.isWorthSubmitting(11, share)).isTrue();
        assertThat(channel.isWorthSubmitting(11, low)).isFalse();
        assertThat(channel.isWorthSubmitting(99, block)).isFalse();
        client.on(standardJob(2, 12, FUTURE));
        client.on(tip(2, 12, 2));
        assertThat(channel.isWorthSubmitting(11, share)).isFalse();
        assertThat(channel.isWorthSubmitting(11, block)).isTrue();
    }

    @Test
    @Tag("MIN-059")
    void numbersSharesOneByOne() {
        StandardClientChannel channel = startedChannel(2);

        assertThat(channel.submit(11, 5, 6, 7)).contains(new SubmitSharesStandard(2, 0, 11, 5, 6, 7));
        assertThat(channel.submit(11, 6, 6, 7)).contains(new SubmitSharesStandard(2, 1, 11, 6, 6, 7));
        assertThat(channel.submit(99, 6, 6, 7)).isEmpty();
        assertThat(channel.shares().submitted()).isEqualTo(2);
    }

    @Test
    @Tag("MIN-063")
    void submitsNoExtranonceOfAnotherSize() {
        ExtendedClientChannel channel = extendedChannel(3);

        assertThatThrownBy(() -> channel.submit(1, 0, 0, 0, Bytes.of(new byte[7]), Tlvs.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(channel.submit(1, 0, 0, 0, Bytes.of(new byte[8]), Tlvs.NONE)).isEmpty();
    }

    @Test
    void accountsForAnswersToItsShares() {
        StandardClientChannel channel = startedChannel(2);
        for (int i = 0; i < 5; i++) {
            channel.submit(11, i, 0, 0);
        }

        List<ClientEvent> refused = client.on(new SubmitSharesError(2, 1, REASON));
        List<ClientEvent> accepted = client.on(new SubmitSharesSuccess(2, 3, 3, 30));

        assertThat(refused).containsExactly(new ClientEvent.ShareRefused(channel, 1, REASON));
        assertThat(accepted).containsExactly(new ClientEvent.SharesAccepted(channel, 3, 30));
        PendingShares shares = channel.shares();
        assertThat(shares.submitted()).isEqualTo(5);
        assertThat(shares.accepted()).isEqualTo(3);
        assertThat(shares.acceptedDifficulty()).isEqualTo(30);
        assertThat(shares.refused()).isEqualTo(1);
        assertThat(shares.pending()).isEqualTo(1);
        client.on(new SubmitSharesSuccess(2, 77, 1, -1));
        assertThat(shares.pending()).isEqualTo(1);
        assertThat(shares.acceptedDifficulty()).isGreaterThan(1.8e19);
    }

    @Test
    void waitsForAnswersToABoundedNumberOfShares() {
        StandardClientChannel channel = startedChannel(2);
        for (int i = 0; i < PendingShares.PENDING_MAX; i++) {
            channel.submit(11, i, 0, 0);
        }
        assertThat(channel.shares().pending()).isEqualTo(PendingShares.PENDING_MAX);
        assertThat(channel.shares().unanswered()).isZero();

        channel.submit(11, 0, 0, 1);

        assertThat(channel.shares().pending()).isEqualTo(PendingShares.PENDING_MAX);
        assertThat(channel.shares().unanswered()).isEqualTo(1);
    }

    @Test
    void holdsABoundedNumberOfFutureJobs() {
        StandardClientChannel channel = standardChannel(2);
        for (int id = 1; id <= ClientChannel.FUTURE_JOBS_MAX + 1; id++) {
            client.on(standardJob(2, id, FUTURE));
        }

        assertViolation(tip(2, 1, 1));
        client.on(tip(2, 2, 1));
        assertThat(channel.work()).isPresent();
    }

    @Test
    void holdsABoundedNumberOfJobs() {
        StandardClientChannel channel = startedChannel(2);
        for (int i = 1; i < ClientChannel.JOBS_MAX; i++) {
            client.on(standardJob(2, 100 + i, OptionalLong.of(MIN_N_TIME)));
        }
        assertThat(channel.target(11)).isPresent();

        client.on(standardJob(2, 500, OptionalLong.of(MIN_N_TIME)));

        assertThat(channel.target(11)).isEmpty();
        assertThat(channel.target(101)).isPresent();
    }

    @Test
    @Tag("MIN-056")
    void forgetsChannelsThatAreClosed() {
        StandardClientChannel first = standardChannel(2);
        StandardClientChannel second = standardChannel(3);
        StandardClientChannel third = standardChannel(4);

        assertThat(client.close(2, REASON)).contains(new CloseChannel(2, REASON));
        assertThat(client.close(2, REASON)).isEmpty();
        assertThat(client.on(new CloseChannel(GROUP, REASON)))
                .containsExactly(new ClientEvent.Closed(second, REASON), new ClientEvent.Closed(third, REASON));

        assertThat(client.channels()).isEmpty();
        assertThat(first.id()).isEqualTo(2);
    }

    @Test
    @Tag("WRK-001")
    @Tag("WRK-008")
    void namesTheWorkerOfEachShareWhereThatWasNegotiatedAndOnlyThere() {
        Bytes rolled = Bytes.of(new byte[8]);
        Tlvs worker = Tlvs.of(WorkerIdentity.of("rig-1").tlv());
        Tlvs other = Tlvs.of(new Tlv(0x4000, 1, Bytes.EMPTY));
        ExtendedClientChannel without = extendedChannel(3);
        for (Tlvs tlvs : List.of(worker, other)) {
            assertThatThrownBy(() -> without.submit(1, 0, 0, 0, rolled, tlvs))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        ClientChannels naming = new ClientChannels(MiningFlags.NONE, Set.of(2));
        long request = naming.openExtended(USER, 5, Target.MAX, 8).requestId();
        naming.on(extendedSuccess(request, 3, 8));
        Job job = Fixtures.startedFactory().work().active().orElseThrow().job(Fixtures.PAYOUT);
        naming.on(job.message(3, FUTURE, false));
        naming.on(tip(3, job.id(), 1));
        ExtendedClientChannel with = (ExtendedClientChannel) naming.channel(3).orElseThrow();
        assertThatThrownBy(() -> with.submit(job.id(), 0, 0, 0, rolled, Tlvs.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(with.submit(job.id(), 0, 0, 0, rolled, worker).orElseThrow().tlvs())
                .isEqualTo(worker);
    }

    @Test
    @Tag("ERR-007")
    @Tag("ERR-008")
    void closesAChannelForAReasonInPrintableAsciiOnly() {
        standardChannel(2);

        for (String reason : List.of("bye\n", "\u001b[2J", "müde")) {
            assertThatThrownBy(() -> client.close(2, Str0255.of(reason))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(client.close(2, Str0255.of("going home"))).contains(new CloseChannel(2, Str0255.of("going home")));
        assertThat(client.channels()).isEmpty();
    }

    @Test
    void ignoresMessagesForChannelsItDoesNotHave() {
        for (MiningToClient message : List.of(
                standardJob(8, 1, FUTURE),
                tip(8, 1, 1),
                new SetTarget(8, U256.MAX),
                new SetExtranoncePrefix(8, Bytes.EMPTY),
                new SubmitSharesSuccess(8, 1, 1, 1),
                new SubmitSharesError(8, 1, REASON),
                new UpdateChannelError(8, REASON),
                new CloseChannel(8, REASON),
                new SetCustomMiningJobSuccess(8, 1, 1),
                new SetCustomMiningJobError(8, 1, REASON))) {
            assertThat(client.on(message)).isEmpty();
        }
    }

    @Test
    void tellsOfAnswersToUpdatesAndCustomJobs() {
        ExtendedClientChannel channel = extendedChannel(3);

        assertThat(client.on(new UpdateChannelError(3, REASON)))
                .containsExactly(new ClientEvent.UpdateRefused(channel, REASON));
        assertThat(client.on(new SetCustomMiningJobSuccess(3, 4, 5)))
                .containsExactly(new ClientEvent.CustomJobAccepted(channel, 4, 5));
        assertThat(client.on(new SetCustomMiningJobError(3, 4, REASON)))
                .containsExactly(new ClientEvent.CustomJobRefused(channel, 4, REASON));
        assertThat(channel.update(9, Fixtures.EASY).nominalHashRate()).isEqualTo(9);
    }

    @Test
    void rollsNoVersionWhereTheServerRequiresAFixedOne() {
        ClientChannels fixed = new ClientChannels(new MiningFlags(false, false, false, true, false));
        fixed.on(standardSuccess(fixed.openStandard(USER, 5, Target.MAX).requestId(), 2));
        fixed.on(standardJob(2, 11, FUTURE));
        fixed.on(tip(2, 11, 1));

        assertThat(fixed.channel(2).orElseThrow().work().orElseThrow().job().versionRollingAllowed())
                .isFalse();
    }

    @Test
    @Tag("MIN-059")
    void startsSequenceNumbersAnewAfterTheLast() {
        PendingShares shares = new PendingShares(Range.U32_MAX);

        assertThat(shares.submit()).isEqualTo(Range.U32_MAX);
        assertThat(shares.submit()).isZero();
        shares.accepted(0, 2, 2);
        assertThat(shares.pending()).isZero();
    }

    private StandardClientChannel standardChannel(long id) {
        client.on(standardSuccess(client.openStandard(USER, 5, Target.MAX).requestId(), id));
        return (StandardClientChannel) client.channel(id).orElseThrow();
    }

    private ExtendedClientChannel extendedChannel(long id) {
        client.on(extendedSuccess(client.openExtended(USER, 5, Target.MAX, 8).requestId(), id, 8));
        return (ExtendedClientChannel) client.channel(id).orElseThrow();
    }

    /// On job 11, tip 1.
    private StandardClientChannel startedChannel(long id) {
        StandardClientChannel channel = standardChannel(id);
        client.on(standardJob(id, 11, FUTURE));
        client.on(tip(id, 11, 1));
        return channel;
    }

    private void assertViolation(MiningToClient message) {
        assertThatThrownBy(() -> client.on(message)).isInstanceOf(PeerViolationException.class);
    }

    private static OpenStandardMiningChannelSuccess standardSuccess(long requestId, long channelId) {
        return new OpenStandardMiningChannelSuccess(
                requestId, channelId, wire(Fixtures.EASY), Bytes.of(new byte[12]), GROUP);
    }

    private static OpenExtendedMiningChannelSuccess extendedSuccess(long requestId, long channelId, int size) {
        return new OpenExtendedMiningChannelSuccess(
                requestId, channelId, wire(Fixtures.EASY), size, Bytes.of(new byte[4]), GROUP);
    }

    private static NewMiningJob standardJob(long channelId, long jobId, OptionalLong minNTime) {
        return new NewMiningJob(channelId, jobId, minNTime, VERSION, Fixtures.hash(jobId));
    }

    private static SetNewPrevHash tip(long channelId, long jobId, long number) {
        return new SetNewPrevHash(channelId, jobId, Fixtures.hash(number), MIN_N_TIME, Fixtures.HARDER.toCompact());
    }

    private static NewExtendedMiningJob with(NewExtendedMiningJob job, Bytes prefix, Bytes suffix) {
        return new NewExtendedMiningJob(
                job.channelId(),
                job.jobId(),
                job.minNTime(),
                job.version(),
                job.versionRollingAllowed(),
                job.merklePath(),
                prefix,
                suffix);
    }

    private static Hash256 hash(long number) {
        return Hash256.of(Fixtures.hash(number).bytes());
    }

    private static U256 wire(Target target) {
        return U256.of(target.littleEndian());
    }
}
