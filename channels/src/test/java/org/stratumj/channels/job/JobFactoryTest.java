package org.stratumj.channels.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.MerkleTree;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U256;

/// From a template provider's messages to jobs.
class JobFactoryTest {
    private static final Bytes EXTRANONCE = Bytes.ofHex("5a0102030405060708090a0b");

    private final JobFactory factory = Fixtures.factory();

    @Test
    @Tag("SEG-001")
    @Tag("SEG-003")
    @Tag("TDP-019")
    @Tag("TDP-021")
    @Tag("TDP-044")
    void buildsTheCoinbaseOfATemplate() {
        Job job = job(factory.onNewTemplate(Fixtures.template(1, true)).future());

        Transaction coinbase = Transaction.parse(job.coinbase().complete(EXTRANONCE));

        assertThat(coinbase.isCoinbase()).isTrue();
        assertThat(coinbase.version()).isEqualTo(2);
        assertThat(coinbase.lockTime()).isEqualTo(999_999);
        assertThat(coinbase.inputs().getFirst().sequence()).isEqualTo(0xffff_fffeL);
        Script scriptSig = coinbase.inputs().getFirst().scriptSig();
        assertThat(scriptSig)
                .hasToString("0340420f" + "09" + Fixtures.TAG.text().toHex() + "0c" + EXTRANONCE.toHex());
        assertThat(Coinbase.height(scriptSig)).hasValue(1_000_000);
        assertThat(coinbase.outputs()).hasSize(2);
        assertThat(coinbase.outputs().getFirst().value()).isEqualTo(Fixtures.VALUE);
        assertThat(coinbase.outputs().getFirst().script()).isEqualTo(Script.P2WSH_OP_TRUE);
        assertThat(Bytes.of(coinbase.outputs().getLast().bytes())).isEqualTo(Fixtures.commitment());
        assertThat(coinbase.hasWitness()).isTrue();
    }

    @ParameterizedTest
    @Tag("TDP-017")
    @ValueSource(longs = {0, 4, 0x3fff_ffe4L, 0xffff_ffffL})
    void takesATemplateWithWhateverVersion(long version) {
        NewTemplate t = Fixtures.template(1, true);
        NewTemplate template =
                new NewTemplate(1, true, version, 2, t.coinbasePrefix(), 0, 1, 1, t.coinbaseTxOutputs(), 0, List.of());

        assertThat(job(factory.onNewTemplate(template).future()).version()).isEqualTo(version);
    }

    @Test
    @Tag("SEG-005")
    @Tag("SEG-004")
    void sendsTheCoinbaseWithoutWitnessFields() {
        Job job = job(factory.onNewTemplate(Fixtures.template(1, true)).future());

        NewExtendedMiningJob message = job.message(3, OptionalLong.empty(), false);
        byte[] sent = message.coinbaseTxPrefix()
                .concat(EXTRANONCE)
                .concat(message.coinbaseTxSuffix())
                .bytes();

        assertThat(Transaction.parse(sent).hasWitness()).isFalse();
        assertThat(Transaction.parse(sent).txid())
                .isEqualTo(
                        Transaction.parse(job.coinbase().complete(EXTRANONCE)).txid());
    }

    /// Consensus refuses a witness in a block that commits to none.
    @Test
    @Tag("SEG-002")
    void addsNoWitnessWhereNoOutputCommitsToWitnesses() {
        NewTemplate template = with(Fixtures.template(1, true), 0, Bytes.EMPTY);

        Job job = job(factory.onNewTemplate(template).future());

        assertThat(Transaction.parse(job.coinbase().complete(EXTRANONCE)).hasWitness())
                .isFalse();
    }

    @Test
    @Tag("MIN-082")
    void foldsTheMerkleRootAsABlockHasIt() {
        List<Hash256> transactions = List.of(hash(1), hash(2), hash(3), hash(4), hash(5));
        NewTemplate plain = Fixtures.template(1, true);
        NewTemplate template = new NewTemplate(
                1,
                true,
                plain.version(),
                2,
                plain.coinbasePrefix(),
                plain.coinbaseTxInputSequence(),
                plain.coinbaseTxValueRemaining(),
                1,
                plain.coinbaseTxOutputs(),
                0,
                MerklePath.of(transactions).siblings().stream()
                        .map(sibling -> U256.of(sibling.bytes()))
                        .toList());
        Job job = job(factory.onNewTemplate(template).future());
        Hash256 coinbase =
                Transaction.parse(job.coinbase().stripped(EXTRANONCE)).txid();

        Hash256 expected = MerkleTree.root(List.of(coinbase, hash(1), hash(2), hash(3), hash(4), hash(5)));

        assertThat(job.merkleRoot(EXTRANONCE)).isEqualTo(expected);
        assertThat(Fixtures.merkleRoot(
                        job.coinbase().stripped(EXTRANONCE), job.merklePath().siblings()))
                .isEqualTo(expected);
    }

    @Test
    void paysEachPayoutWithItsOwnJobOfTheSameId() {
        Payout other = new Payout(
                List.of(new Payout.Part(Script.of(new byte[] {7}), 99), new Payout.Part(Script.of(new byte[] {8}), 1)));
        JobSet jobs = factory.onNewTemplate(Fixtures.template(1, true)).future().orElseThrow();

        Transaction coinbase = Transaction.parse(jobs.job(other).coinbase().stripped(EXTRANONCE));

        assertThat(coinbase.outputs()).hasSize(3);
        assertThat(coinbase.outputs().get(0).value()).isEqualTo(Fixtures.VALUE * 99 / 100);
        assertThat(coinbase.outputs().get(1).value()).isEqualTo(Fixtures.VALUE / 100);
        assertThat(jobs.job(other).id()).isEqualTo(jobs.job(Fixtures.PAYOUT).id());
        assertThat(jobs.job(other)).isSameAs(jobs.job(other));
    }

    @Test
    void fillsTheScriptSigToTheLastByteButNotBeyond() {
        ExtranonceSpace widest = new ExtranonceSpace(Bytes.EMPTY, 4, 32);
        PoolTag longest = new PoolTag(Bytes.of(new byte[PoolTag.BYTES_MAX]));
        NewTemplate template = Fixtures.template(1, true);
        Bytes eight = Bytes.ofHex("0340420f01020304");

        Job job = job(new JobFactory(widest, longest, Fixtures.PAYOUT, true)
                .onNewTemplate(with(template, eight))
                .future());

        Transaction coinbase = Transaction.parse(job.coinbase().stripped(Bytes.of(new byte[32])));
        assertThat(coinbase.inputs().getFirst().scriptSig().size()).isEqualTo(Coinbase.SCRIPT_SIG_MAX);
        JobFactory another = new JobFactory(widest, longest, Fixtures.PAYOUT, true);
        assertThatThrownBy(() -> another.onNewTemplate(with(template, eight.concat(Bytes.ofHex("05")))))
                .isInstanceOf(PeerViolationException.class)
                .hasMessageContaining("prefix of 9 bytes");
        assertThatThrownBy(() -> new PoolTag(Bytes.of(new byte[PoolTag.BYTES_MAX + 1])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Each time from the same template, as for a client that foresees it.
    @Test
    void putsASaltIntoEachJob() {
        Iterator<Bytes> salts =
                List.of(Bytes.ofHex("01020304"), Bytes.ofHex("05060708")).iterator();
        JobFactory salted = new JobFactory(Fixtures.SPACE, Fixtures.TAG, Fixtures.PAYOUT, true, salts::next);
        Job first = job(salted.onNewTemplate(Fixtures.template(1, true)).future());
        Job second = job(salted.onNewTemplate(Fixtures.template(1, true)).future());

        Script scriptSig = Transaction.parse(first.coinbase().stripped(EXTRANONCE))
                .inputs()
                .getFirst()
                .scriptSig();
        assertThat(scriptSig)
                .hasToString("0340420f" + "09" + Fixtures.TAG.text().toHex() + "10" + "01020304" + EXTRANONCE.toHex());
        assertThat(second.merkleRoot(EXTRANONCE)).isNotEqualTo(first.merkleRoot(EXTRANONCE));
        assertThat(second.isSameWorkAs(first)).isFalse();
    }

    @Test
    void writesNoEmptyTag() {
        Job job = job(new JobFactory(Fixtures.SPACE, PoolTag.NONE, Fixtures.PAYOUT, true)
                .onNewTemplate(Fixtures.template(1, true))
                .future());

        Transaction coinbase = Transaction.parse(job.coinbase().stripped(EXTRANONCE));
        assertThat(coinbase.inputs().getFirst().scriptSig()).hasToString("0340420f" + "0c" + EXTRANONCE.toHex());
    }

    @Test
    @Tag("TDP-021")
    void refusesOutputsThatAreNotAsManyAsCounted() {
        NewTemplate template = Fixtures.template(1, true);

        for (NewTemplate broken : List.of(
                with(template, 2, template.coinbaseTxOutputs()),
                with(template, 0, template.coinbaseTxOutputs()),
                with(template, 1, Bytes.ofHex("00")),
                with(template, 0xffff_ffffL, template.coinbaseTxOutputs()))) {
            assertThatThrownBy(() -> factory.onNewTemplate(broken)).isInstanceOf(PeerViolationException.class);
        }
        assertThat(factory.work().future()).isEmpty();
    }

    @Test
    void refusesMoreMoneyThanThereIs() {
        assertThat(factory.onNewTemplate(withValue(2_100_000_000_000_000L)).future())
                .isPresent();
        for (long value : new long[] {2_100_000_000_000_001L, -1}) {
            assertThatThrownBy(() -> factory.onNewTemplate(withValue(value)))
                    .isInstanceOf(PeerViolationException.class);
        }
    }

    @Test
    void refusesOutputsThatLeaveNoRoomForAPayout() {
        NewTemplate template = Fixtures.template(1, true);
        Bytes large = Bytes.of(new byte[40_000]);

        assertThatThrownBy(() -> factory.onNewTemplate(with(template, 1, large)))
                .isInstanceOf(PeerViolationException.class)
                .hasMessageContaining("40000 bytes");
    }

    /// A block's coinbase goes to the template provider in a field of 65,535 bytes.
    @Test
    void makesNoCoinbaseThatDoesNotFitItsMessage() {
        Payout largest = Payout.to(Script.of(new byte[Payout.BYTES_MAX - 11]));
        NewTemplate template = Fixtures.template(1, true);
        int taken = 0;
        for (int size = 32_000; size < 32_800; size++) {
            Bytes outputs = Bytes.of(new TxOut(0, Script.of(new byte[size - 11])).bytes());
            try {
                Job job = factory.onNewTemplate(with(template, 1, outputs))
                        .future()
                        .orElseThrow()
                        .job(largest);
                Bytes extranonce = Bytes.of(new byte[Fixtures.SPACE.fullSize()]);
                assertThat(Coinbase.unstrip(job.coinbase().stripped(extranonce)))
                        .hasSizeLessThanOrEqualTo(Range.U16_MAX);
                taken++;
            } catch (PeerViolationException e) {
                assertThat(e).hasMessageContaining(size + " bytes");
            }
        }
        assertThat(taken).isBetween(1, 799);
    }

    @Test
    @Tag("TDP-016")
    @Tag("TDP-029")
    void keepsWorkOfATipUntilTheNext() {
        factory.onNewTemplate(Fixtures.template(1, true));
        Work first = factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY));
        factory.onNewTemplate(Fixtures.template(2, true));
        Work better = factory.onNewTemplate(Fixtures.template(3, false));
        Work second = factory.onSetNewPrevHash(Fixtures.tip(2, 2, Fixtures.HARDER));

        assertThat(first.tip().orElseThrow().target()).isEqualTo(Fixtures.EASY);
        assertThat(first.future()).isEmpty();
        assertThat(better.tipNumber()).isEqualTo(first.tipNumber());
        assertThat(origin(better.active().orElseThrow())).isEqualTo(3);
        assertThat(origin(better.future().orElseThrow())).isEqualTo(2);
        assertThat(second.tipNumber()).isEqualTo(first.tipNumber() + 1);
        assertThat(origin(second.active().orElseThrow())).isEqualTo(2);
        assertThat(second.future()).isEmpty();
    }

    @Test
    @Tag("TDP-025")
    @Tag("TDP-026")
    void givesTheNewestFutureJobAsItWasButAnOlderOneAnew() {
        JobSet older =
                factory.onNewTemplate(Fixtures.template(1, true)).future().orElseThrow();
        factory.onNewTemplate(Fixtures.template(2, true));

        JobSet active = factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY))
                .active()
                .orElseThrow();
        assertThat(origin(active)).isEqualTo(1);
        assertThat(active.id()).isNotEqualTo(older.id());

        JobSet newest =
                factory.onNewTemplate(Fixtures.template(3, true)).future().orElseThrow();
        assertThat(factory.onSetNewPrevHash(Fixtures.tip(3, 2, Fixtures.EASY)).active())
                .contains(newest);
    }

    /// A template provider that comes back first announces the tip that there is.
    @Test
    void keepsJobsOfATipThatIsAnnouncedAgain() {
        factory.onNewTemplate(Fixtures.template(1, true));
        Work first = factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY));
        factory.onNewProvider();
        JobSet asFuture =
                factory.onNewTemplate(Fixtures.template(2, true)).future().orElseThrow();

        Work again = factory.onSetNewPrevHash(Fixtures.tip(2, 1, Fixtures.EASY));

        assertThat(again.tipNumber()).isEqualTo(first.tipNumber());
        assertThat(again.tip()).isEqualTo(first.tip());
        assertThat(again.future()).isEmpty();
        assertThat(again.active().orElseThrow().id())
                .isNotIn(first.active().orElseThrow().id(), asFuture.id());
    }

    /// A template provider that is dialled again dates the tip it announces anew; nobody's shares go stale for that.
    @Test
    void keepsATipThatIsAnnouncedAgainWithALaterTime() {
        factory.onNewTemplate(Fixtures.template(1, true));
        SetNewPrevHash tip = Fixtures.tip(1, 1, Fixtures.EASY);
        Work first = factory.onSetNewPrevHash(tip);
        factory.onNewProvider();
        factory.onNewTemplate(Fixtures.template(2, true));

        Work again = factory.onSetNewPrevHash(
                new SetNewPrevHash(2, tip.prevHash(), tip.headerTimestamp() + 30, tip.nBits(), tip.target()));

        assertThat(again.tipNumber()).isEqualTo(first.tipNumber());
        assertThat(again.tip().orElseThrow().minNTime()).isEqualTo(tip.headerTimestamp() + 30);
        Work better = factory.onNewTemplate(Fixtures.template(3, false));
        assertThat(better.tip().orElseThrow().minNTime()).isEqualTo(tip.headerTimestamp() + 30);
    }

    @Test
    void refusesATipThatNoBlockCanBuildOn() {
        Work before = factory.onNewTemplate(Fixtures.template(1, true));
        SetNewPrevHash tip = Fixtures.tip(1, 1, Fixtures.EASY);

        assertViolation(new SetNewPrevHash(1, tip.prevHash(), tip.headerTimestamp(), tip.nBits(), U256.ZERO));
        for (long nBits : new long[] {0, 0x1d00_0000L, 0x1d80_ffffL, 0x2300_ffffL}) {
            assertViolation(new SetNewPrevHash(1, tip.prevHash(), tip.headerTimestamp(), nBits, tip.target()));
        }
        assertThat(factory.work()).isEqualTo(before);
        assertThat(factory.onSetNewPrevHash(tip).tip()).isPresent();
    }

    private void assertViolation(SetNewPrevHash message) {
        assertThatThrownBy(() -> factory.onSetNewPrevHash(message)).isInstanceOf(PeerViolationException.class);
    }

    @Test
    void sendsNoWorkAgainThatMinersHave() {
        factory.onNewTemplate(withId(Fixtures.template(1, true), 7));
        Work first = factory.onSetNewPrevHash(Fixtures.tip(7, 1, Fixtures.EASY));
        long jobId = first.active().orElseThrow().id();
        assertThat(factory.laterTemplateId(jobId)).isEmpty();
        for (long id : new long[] {3, 4}) {
            factory.onNewProvider();
            factory.onNewTemplate(withId(Fixtures.template(1, true), id));
            Work again = factory.onSetNewPrevHash(Fixtures.tip(id, 1, Fixtures.EASY));

            assertThat(again.active()).isEqualTo(first.active());
            assertThat(again.future()).isEmpty();
            assertThat(again.tipNumber()).isEqualTo(first.tipNumber());
            assertThat(factory.laterTemplateId(jobId)).hasValue(id);
        }
        Work better = factory.onNewTemplate(Fixtures.template(9, false));
        assertThat(factory.laterTemplateId(jobId)).hasValue(4);
        assertThat(factory.laterTemplateId(better.active().orElseThrow().id())).isEmpty();
    }

    @Test
    void keepsABoundedNumberOfLaterTemplateIds() {
        List<Long> jobIds = new ArrayList<>();
        for (long id = 0; id <= JobFactory.RENUMBERED_MAX; id++) {
            factory.onNewTemplate(Fixtures.template(2 * id, true));
            Work work = factory.onSetNewPrevHash(Fixtures.tip(2 * id, 100 + (int) id, Fixtures.EASY));
            jobIds.add(work.active().orElseThrow().id());
            factory.onNewTemplate(withId(Fixtures.template(2 * id, true), 2 * id + 1));
            factory.onSetNewPrevHash(Fixtures.tip(2 * id + 1, 100 + (int) id, Fixtures.EASY));
        }
        assertThat(factory.laterTemplateId(jobIds.removeFirst())).isEmpty();
        assertThat(jobIds).allMatch(id -> factory.laterTemplateId(id).isPresent());
    }

    @Test
    void takesATipWithAnotherTargetForAnother() {
        factory.onNewTemplate(Fixtures.template(1, true));
        Work first = factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY));
        factory.onNewTemplate(Fixtures.template(2, true));

        Work second = factory.onSetNewPrevHash(Fixtures.tip(2, 1, Fixtures.HARDER));

        assertThat(second.tipNumber()).isGreaterThan(first.tipNumber());
    }

    @Test
    void forgetsFutureTemplatesOfTheProviderBefore() {
        factory.onNewTemplate(Fixtures.template(1, true));
        factory.onNewProvider();

        assertThatThrownBy(() -> factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY)))
                .isInstanceOf(PeerViolationException.class);
    }

    @Test
    @Tag("MIN-015")
    @Tag("TDP-029")
    void refusesATipForATemplateThatIsNoFutureTemplate() {
        factory.onNewTemplate(Fixtures.template(1, true));
        factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY));
        factory.onNewTemplate(Fixtures.template(2, false));
        Work before = factory.work();

        for (long id : new long[] {1, 2, 3}) {
            assertThatThrownBy(() -> factory.onSetNewPrevHash(Fixtures.tip(id, 2, Fixtures.EASY)))
                    .isInstanceOf(PeerViolationException.class);
        }
        assertThat(factory.work()).isSameAs(before);
    }

    @Test
    void refusesATemplateForThePresentTipBeforeThereIsOne() {
        assertThatThrownBy(() -> factory.onNewTemplate(Fixtures.template(1, false)))
                .isInstanceOf(PeerViolationException.class);
    }

    @ParameterizedTest
    @Tag("TDP-025")
    @ValueSource(ints = {0, 1})
    void keepsABoundedNumberOfFutureTemplates(int beyond) {
        for (int id = 1; id <= JobFactory.FUTURE_TEMPLATES_MAX + beyond; id++) {
            factory.onNewTemplate(Fixtures.template(id, true));
        }

        if (beyond == 0) {
            assertThat(factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY))
                            .active())
                    .isPresent();
        } else {
            assertThatThrownBy(() -> factory.onSetNewPrevHash(Fixtures.tip(1, 1, Fixtures.EASY)))
                    .isInstanceOf(PeerViolationException.class);
        }
    }

    @Test
    void keepsABoundedNumberOfMadeJobs() {
        JobSet jobs = factory.onNewTemplate(Fixtures.template(1, true)).future().orElseThrow();
        for (int i = 0; i < JobSet.JOBS_KEPT_MAX - 1; i++) {
            assertThat(jobs.job(payout(i))).isSameAs(jobs.job(payout(i)));
        }

        // The factory's own payout was the first.
        Payout beyond = payout(JobSet.JOBS_KEPT_MAX);
        assertThat(jobs.job(beyond)).isNotSameAs(jobs.job(beyond));
        assertThat(jobs.job(beyond).merkleRoot(EXTRANONCE))
                .isEqualTo(jobs.job(beyond).merkleRoot(EXTRANONCE));
    }

    @Test
    @Tag("MIN-035")
    void answersTheSameMessageOnlyForTheSameQuestion() {
        Job job = job(factory.onNewTemplate(Fixtures.template(1, true)).future());
        NewExtendedMiningJob message = job.message(1, OptionalLong.empty(), false);

        assertThat(job.message(1, OptionalLong.empty(), false)).isSameAs(message);
        assertThat(job.message(2, OptionalLong.empty(), false).channelId()).isEqualTo(2);
        assertThat(job.message(2, OptionalLong.of(5), false).minNTime()).hasValue(5);
        assertThat(job.message(2, OptionalLong.of(5), true).versionRollingAllowed())
                .isFalse();
    }

    private static Payout payout(int number) {
        return Payout.to(Script.of(new byte[] {(byte) number, (byte) (number >> 8), 3}));
    }

    private static Job job(Optional<JobSet> jobs) {
        return jobs.orElseThrow().job(Fixtures.PAYOUT);
    }

    private static long origin(JobSet jobs) {
        return ((JobOrigin.Template) jobs.job(Fixtures.PAYOUT).origin()).templateId();
    }

    private static Hash256 hash(long number) {
        return Hash256.of(Fixtures.hash(number).bytes());
    }

    private static NewTemplate withValue(long value) {
        NewTemplate t = Fixtures.template(1, true);
        return new NewTemplate(1, true, 0, 2, t.coinbasePrefix(), 0, value, 1, t.coinbaseTxOutputs(), 0, List.of());
    }

    private static NewTemplate with(NewTemplate t, Bytes prefix) {
        return new NewTemplate(t.templateId(), true, 0, 2, prefix, 0, 1, 1, t.coinbaseTxOutputs(), 0, List.of());
    }

    private static NewTemplate with(NewTemplate t, long count, Bytes outputs) {
        return new NewTemplate(t.templateId(), true, 0, 2, t.coinbasePrefix(), 0, 1, count, outputs, 0, List.of());
    }

    private static NewTemplate withId(NewTemplate template, long id) {
        return new NewTemplate(
                id,
                template.futureTemplate(),
                template.version(),
                template.coinbaseTxVersion(),
                template.coinbasePrefix(),
                template.coinbaseTxInputSequence(),
                template.coinbaseTxValueRemaining(),
                template.coinbaseTxOutputsCount(),
                template.coinbaseTxOutputs(),
                template.coinbaseTxLocktime(),
                template.merklePath());
    }
}
