package org.stratumj.channels.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.channels.Fixtures;
import org.stratumj.channels.job.Tip;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetCustomMiningJobSuccess;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.wire.Bytes;

class CustomJobTest {
    private static final int EXTRANONCE_SIZE = 12;
    private static final Script PAYOUT = Script.of(new byte[] {0x51});
    private static final Script OTHER = Script.of(new byte[] {0x52});
    private static final NewTemplate TEMPLATE = Fixtures.template(1, true);

    private final DeclaredJob declared = new DeclaredJob(
            TEMPLATE,
            new RequestTransactionDataSuccess(1, Bytes.EMPTY, List.of()),
            List.of(new TxOut(Fixtures.VALUE, PAYOUT), new TxOut(0, OTHER)),
            EXTRANONCE_SIZE);
    private final SetCustomMiningJob request =
            declared.custom(3, 8, Bytes.ofHex("70"), Tip.of(Fixtures.tip(1, 1, Fixtures.EASY)));

    /// Client and pool must hash the same bytes.
    @Test
    void hasTheCoinbaseThatTheClientDeclared() {
        assertThat(job().coinbase()).isEqualTo(declared.coinbase());
        assertThat(declared.coinbase().witness()).isTrue();
    }

    @Test
    @Tag("MIN-098")
    void isAcceptedUnderTheNumberOfItsRequest() {
        assertThat(job().accepted(77)).isEqualTo(new SetCustomMiningJobSuccess(3, 8, 77));
    }

    @Test
    void isRefusedUnderTheNumberOfItsRequest() {
        assertThat(CustomJob.refusal(request, ErrorCode.INVALID_MINING_JOB_TOKEN))
                .isEqualTo(new SetCustomMiningJobError(3, 8, ErrorCode.INVALID_MINING_JOB_TOKEN.wire()));
    }

    @Test
    @Tag("JDP-021")
    void tellsWhetherThePoolIsPaid() {
        assertThat(job().pays(PAYOUT)).isTrue();
        assertThat(job().pays(OTHER)).as("an output without value").isFalse();
        assertThat(job().pays(Script.of(new byte[] {0x53}))).isFalse();
    }

    @Test
    void isNothingWithoutACoinbase() {
        assertThat(CustomJob.of(with(request.coinbasePrefix(), Bytes.ofHex("02" + "0000000000000000" + "0151")), 12))
                .isEmpty();
        assertThat(CustomJob.of(with(Bytes.EMPTY, request.coinbaseTxOutputs()), 1))
                .isEmpty();
        assertThat(CustomJob.of(with(Bytes.of(new byte[89]), request.coinbaseTxOutputs()), EXTRANONCE_SIZE))
                .isEmpty();
    }

    /// The reference's client puts its name and the length of the extranonce after the height.
    @ParameterizedTest
    @ValueSource(ints = {0, 8, 9, 49, 88})
    void takesAsLongAStartAsAScriptSigHasRoomFor(int size) {
        CustomJob job = CustomJob.of(with(Bytes.of(new byte[size]), request.coinbaseTxOutputs()), EXTRANONCE_SIZE)
                .orElseThrow();

        Transaction coinbase = Transaction.parse(job.coinbase().stripped(Bytes.of(new byte[EXTRANONCE_SIZE])));
        assertThat(coinbase.inputs().getFirst().scriptSig().size()).isEqualTo(size + EXTRANONCE_SIZE);
    }

    private CustomJob job() {
        return CustomJob.of(request, EXTRANONCE_SIZE).orElseThrow();
    }

    private SetCustomMiningJob with(Bytes prefix, Bytes outputs) {
        return new SetCustomMiningJob(
                3,
                8,
                Bytes.EMPTY,
                request.version(),
                request.prevHash(),
                request.minNTime(),
                request.nBits(),
                request.coinbaseTxVersion(),
                prefix,
                request.coinbaseTxInputNSequence(),
                outputs,
                request.coinbaseTxLocktime(),
                request.merklePath());
    }
}
