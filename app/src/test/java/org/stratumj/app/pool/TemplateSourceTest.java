package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.bitcoin.Script;
import org.stratumj.channels.job.Payout;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;

class TemplateSourceTest {
    @ParameterizedTest
    @CsvSource({
        "0014, 20, '', 31, 0",
        "76a914, 20, 88ac, 34, 4",
        "a914, 20, 87, 32, 0",
        "5120, 32, '', 43, 0",
    })
    void asksForTheBytesAndSignatureOperationsOfThePayout(
            String before, int hashSize, String after, long bytes, int sigops) {
        Payout payout = Payout.to(Script.ofHex(before + "00".repeat(hashSize) + after));
        assertThat(TemplateSource.constraints(payout)).isEqualTo(new CoinbaseOutputConstraints(bytes, sigops));
    }

    /// Each byte a multisignature: as many signature operations as a script can have.
    @Test
    void canAskForTheLongestScriptThereMayBe() {
        Payout payout = Payout.to(Script.ofHex("ae".repeat(PayoutOptions.SCRIPT_SIZE_MAX)));
        assertThat(TemplateSource.constraints(payout).coinbaseOutputMaxAdditionalSigops())
                .isEqualTo(PayoutOptions.SCRIPT_SIZE_MAX * 20 * 4);
    }
}
