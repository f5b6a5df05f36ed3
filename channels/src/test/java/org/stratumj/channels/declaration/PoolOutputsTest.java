package org.stratumj.channels.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobToken;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobTokenSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

class PoolOutputsTest {
    private static final Bytes TOKEN = Bytes.ofHex("70");
    private static final Script PAYOUT = Script.of(new byte[] {0x51});
    private static final Script OTHER = Script.of(new byte[] {0x6a, 1, 7});

    @Test
    @Tag("JDP-017")
    @Tag("JDP-018")
    @Tag("JDP-019")
    @Tag("JDP-036")
    void goOutWithATokenWithoutValueThePayoutFirst() {
        AllocateMiningJobTokenSuccess answer =
                new PoolOutputs(List.of(PAYOUT, OTHER)).answer(new AllocateMiningJobToken(Str0255.of("bob"), 7), TOKEN);

        assertThat(answer.requestId()).isEqualTo(7);
        assertThat(answer.miningJobToken()).isEqualTo(TOKEN);
        assertThat(answer.coinbaseTxOutputs())
                .isEqualTo(Bytes.ofHex("02" + "0000000000000000" + "0151" + "0000000000000000" + "036a0107"));
        assertThat(PoolOutputs.of(answer).scripts()).containsExactly(PAYOUT, OTHER);
    }

    @Test
    @Tag("JDP-020")
    void payTheWholeRewardToThePayout() {
        assertThat(new PoolOutputs(List.of(PAYOUT, OTHER)).paying(5000))
                .containsExactly(new TxOut(5000, PAYOUT), new TxOut(0, OTHER));
    }

    /// None, one that is cut off, one too many counted, bytes that follow, and one with a value.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "",
                "0100000000000000000251",
                "0200000000000000000151",
                "010000000000000000015100",
                "0101000000000000000151",
                "ffffffffffffffffff"
            })
    void areRefusedIfTheyAreNotAsTheyShouldBe(String outputs) {
        var grant = new AllocateMiningJobTokenSuccess(7, TOKEN, Bytes.ofHex(outputs));
        assertThatThrownBy(() -> PoolOutputs.of(grant)).isInstanceOf(PeerViolationException.class);
    }

    @Test
    void areOneAtLeastAndFitTheMessage() {
        assertThatThrownBy(() -> new PoolOutputs(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(answered(Collections.nCopies(6553, PAYOUT))).isEqualTo(3 + 65_530);
        assertThatThrownBy(() -> answered(Collections.nCopies(6554, PAYOUT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int answered(List<Script> scripts) {
        return new PoolOutputs(scripts)
                .answer(new AllocateMiningJobToken(Str0255.EMPTY, 1), TOKEN)
                .coinbaseTxOutputs()
                .size();
    }
}
