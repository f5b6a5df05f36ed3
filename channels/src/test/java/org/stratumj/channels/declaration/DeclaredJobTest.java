package org.stratumj.channels.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.CompactSize;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.job.Tip;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJob;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobError;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobSuccess;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactions;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactionsSuccess;
import org.stratumj.protocol.jobdeclaration.PushSolution;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// A declared job from its template to the server that knows only some of its transactions.
class DeclaredJobTest {
    private static final Bytes TOKEN = Bytes.ofHex("70");
    private static final Bytes EXTRANONCE = Bytes.ofHex("0102030405060708090a0b0c");
    private static final List<Bytes> TRANSACTIONS =
            List.of(Bytes.ofHex("aa00"), Bytes.ofHex("aa01"), Bytes.ofHex("aa02"), Bytes.ofHex("aa03"));
    private static final Bytes EXCESS = Bytes.ofHex("ee01");
    private static final NewTemplate TEMPLATE = Fixtures.template(1, true);
    private static final Script PAYOUT = Script.of(new byte[] {0x51});
    private static final Script OTHER = Script.of(new byte[] {0x6a, 1, 7});
    private static final Tip TIP = Tip.of(Fixtures.tip(1, 1, Fixtures.EASY));

    private final DeclaredJob job = job(TEMPLATE);

    @Test
    @Tag("JDP-026")
    @Tag("SEG-006")
    void showsTheServerTheCoinbaseWithItsWitnessFields() {
        DeclareMiningJob declared = job.declaration(7, TOKEN);

        Bytes whole = declared.coinbaseTxPrefix().concat(EXTRANONCE).concat(declared.coinbaseTxSuffix());
        Transaction coinbase = Transaction.parse(whole.bytes());
        assertThat(coinbase.hasWitness()).isTrue();
        assertThat(whole.bytes()).isEqualTo(job.coinbase().complete(EXTRANONCE));
        assertThat(coinbase.outputs()).hasSize(3).startsWith(outputs().toArray(TxOut[]::new));
        assertThat(declared.version()).isEqualTo(TEMPLATE.version());
        assertThat(declared.miningJobToken()).isEqualTo(TOKEN);
    }

    @Test
    @Tag("JDP-028")
    @Tag("JDP-029")
    @Tag("TDP-034")
    @Tag("TDP-035")
    void namesAllTransactionsButTheCoinbaseAndPassesOnTheRest() {
        DeclareMiningJob declared = job.declaration(7, TOKEN);

        assertThat(declared.wtxidList())
                .containsExactlyElementsOf(
                        TRANSACTIONS.stream().map(DeclaredJobTest::wtxid).toList());
        assertThat(declared.excessData()).isEqualTo(EXCESS);
    }

    @Test
    @Tag("JDP-026")
    @Tag("MIN-092")
    @Tag("MIN-093")
    void showsThePoolTheSameCoinbaseInParts() {
        SetCustomMiningJob custom = job.custom(3, 8, TOKEN, TIP);

        assertThat(custom.coinbasePrefix()).isEqualTo(Bytes.ofHex("0340420f" + "0c"));
        assertThat(custom.coinbasePrefix().size()).isLessThanOrEqualTo(DeclaredJob.COINBASE_PREFIX_MAX);
        Transaction coinbase = Transaction.parse(job.coinbase().stripped(EXTRANONCE));
        assertThat(coinbase.inputs().getFirst().scriptSig().bytes())
                .isEqualTo(custom.coinbasePrefix().concat(EXTRANONCE).bytes());
        assertThat(CompactSize.decode(custom.coinbaseTxOutputs().bytes(), 0)).isEqualTo(3);
        assertThat(TxOut.parseList(custom.coinbaseTxOutputs().bytes())).isEqualTo(coinbase.outputs());
        assertThat(custom.coinbaseTxVersion()).isEqualTo(coinbase.version());
        assertThat(custom.coinbaseTxLocktime()).isEqualTo(coinbase.lockTime());
        assertThat(custom.coinbaseTxInputNSequence())
                .isEqualTo(coinbase.inputs().getFirst().sequence());
        assertThat(custom.merklePath()).isEqualTo(TEMPLATE.merklePath());
        assertThat(List.of(custom.channelId(), custom.requestId(), custom.minNTime(), custom.nBits()))
                .containsExactly(3L, 8L, TIP.minNTime(), TIP.nBits());
    }

    @Test
    @Tag("MIN-092")
    void refusesATemplateThatLeavesNoRoomForTheExtranoncesLength() {
        job(with(TEMPLATE, Bytes.ofHex("0340420f010203")));
        NewTemplate full = with(TEMPLATE, Bytes.ofHex("0340420f01020304"));
        assertThatThrownBy(() -> job(full)).isInstanceOf(PeerViolationException.class);
    }

    @Test
    @Tag("JDP-042")
    void pushesABlockWithItsCompleteExtranonce() {
        BlockHeader found = new BlockHeader(2, TIP.prevHash(), Hash256.ZERO, 3, 4, 5);

        assertThat(job.solution(EXTRANONCE, found))
                .isEqualTo(new PushSolution(EXTRANONCE, U256.of(TIP.prevHash().bytes()), 5, 3, 4, 2));
        Bytes rolledPart = EXTRANONCE.slice(4, 12);
        assertThatThrownBy(() -> job.solution(rolledPart, found)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("JDP-034")
    @Tag("JDP-035")
    @Tag("JDP-036")
    void providesWhatTheServerLacksInTheOrderAsked() {
        DeclaredTransactions atServer = atServer(TRANSACTIONS.get(1), TRANSACTIONS.get(2));
        ProvideMissingTransactions request = atServer.request().orElseThrow();
        assertThat(request).isEqualTo(new ProvideMissingTransactions(7, List.of(0, 3)));

        ProvideMissingTransactionsSuccess answer = job.missing(request);
        assertThat(answer)
                .isEqualTo(new ProvideMissingTransactionsSuccess(7, List.of(TRANSACTIONS.get(0), TRANSACTIONS.get(3))));
        assertThat(job.missing(new ProvideMissingTransactions(9, List.of(2, 0))).transactionList())
                .containsExactly(TRANSACTIONS.get(2), TRANSACTIONS.get(0));

        atServer.take(answer);
        assertThat(atServer.request()).isEmpty();
        assertThat(atServer.transactions()).isEqualTo(TRANSACTIONS);
        assertThat(atServer.accepted(TOKEN)).isEqualTo(new DeclareMiningJobSuccess(7, TOKEN));
        assertThat(atServer.refused(ErrorCode.INVALID_MINING_JOB_TOKEN, EXCESS))
                .isEqualTo(new DeclareMiningJobError(7, ErrorCode.INVALID_MINING_JOB_TOKEN.wire(), EXCESS));
    }

    @Test
    void asksForNothingThatItKnows() {
        assertThat(atServer(TRANSACTIONS.toArray(Bytes[]::new)).request()).isEmpty();
    }

    @Test
    @Tag("JDP-035")
    @Tag("JDP-036")
    void takesNothingButWhatItAskedFor() {
        DeclaredTransactions atServer = atServer(TRANSACTIONS.get(1), TRANSACTIONS.get(2));
        for (var wrong : List.of(
                new ProvideMissingTransactionsSuccess(8, List.of(TRANSACTIONS.get(0), TRANSACTIONS.get(3))),
                new ProvideMissingTransactionsSuccess(7, List.of(TRANSACTIONS.get(3), TRANSACTIONS.get(0))),
                new ProvideMissingTransactionsSuccess(7, List.of(TRANSACTIONS.get(0))),
                new ProvideMissingTransactionsSuccess(7, TRANSACTIONS))) {
            assertThatThrownBy(() -> atServer.take(wrong)).isInstanceOf(PeerViolationException.class);
        }
        assertThat(atServer.request().orElseThrow().unknownTxPositionList()).containsExactly(0, 3);
    }

    @Test
    @Tag("JDP-034")
    void refusesARequestForWhatThereIsNot() {
        for (List<Integer> positions : List.of(List.of(4), List.of(0, 65_535), List.of(0, 0, 0, 0, 0))) {
            var request = new ProvideMissingTransactions(7, positions);
            assertThatThrownBy(() -> job.missing(request)).isInstanceOf(PeerViolationException.class);
        }
    }

    private DeclaredTransactions atServer(Bytes... known) {
        Map<Hash256, Bytes> mempool = new HashMap<>();
        for (Bytes transaction : known) {
            mempool.put(Sha256d.hash(transaction.bytes()), transaction);
        }
        return new DeclaredTransactions(job.declaration(7, TOKEN), wtxid -> Optional.ofNullable(mempool.get(wtxid)));
    }

    private static DeclaredJob job(NewTemplate template) {
        var data = new RequestTransactionDataSuccess(template.templateId(), EXCESS, TRANSACTIONS);
        return new DeclaredJob(template, data, outputs(), EXTRANONCE.size());
    }

    private static List<TxOut> outputs() {
        return new PoolOutputs(List.of(PAYOUT, OTHER)).paying(Fixtures.VALUE);
    }

    private static U256 wtxid(Bytes transaction) {
        return U256.of(Sha256d.hash(transaction.bytes()).bytes());
    }

    private static NewTemplate with(NewTemplate template, Bytes coinbasePrefix) {
        return new NewTemplate(
                template.templateId(),
                template.futureTemplate(),
                template.version(),
                template.coinbaseTxVersion(),
                coinbasePrefix,
                template.coinbaseTxInputSequence(),
                template.coinbaseTxValueRemaining(),
                template.coinbaseTxOutputsCount(),
                template.coinbaseTxOutputs(),
                template.coinbaseTxLocktime(),
                template.merklePath());
    }
}
