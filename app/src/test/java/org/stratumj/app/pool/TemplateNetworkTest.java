package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.bitcoin.Network;

class TemplateNetworkTest {
    @ParameterizedTest
    @CsvSource({
        // network, nBits, certainly another, looks like another
        "MAINNET, 17023a04, false, false",
        "MAINNET, 1d00ffff, false, true",
        "MAINNET, 1e0377ae, true, true",
        "MAINNET, 207fffff, true, true",
        "TESTNET, 1d00ffff, false, false",
        "TESTNET, 1d00fffe, false, false",
        "TESTNET, 1e0377ae, true, false",
        "TESTNET, 17023a04, false, true",
        "SIGNET, 1e0377ae, false, false",
        "SIGNET, 1e0377af, true, false",
        "SIGNET, 17023a04, false, true",
        "REGTEST, 207fffff, false, false",
        "REGTEST, 1e0377ae, false, true",
        "REGTEST, 00000000, false, true",
        "MAINNET, ff7fffff, false, false",
    })
    void noticesTemplatesOfAnotherNetwork(Network network, String hex, boolean certain, boolean likely) {
        long nBits = Long.parseLong(hex, 16);
        TemplateNetwork templates = new TemplateNetwork(network);
        assertThat(templates.contradiction(nBits).isPresent()).isEqualTo(certain);
        assertThat(templates.doubt(nBits).isPresent()).isEqualTo(likely);
    }

    @Test
    void saysWhatToCheckAndDoubtsOnce() {
        TemplateNetwork mainnet = new TemplateNetwork(Network.MAINNET);
        assertThat(mainnet.contradiction(0x207fffffL))
                .hasValue("their blocks are easier (nBits 207fffff) than any of mainnet, where the payout is; check"
                        + " --network and the template provider");
        assertThat(mainnet.doubt(0x1d00ffffL))
                .hasValue("templates with nBits 1d00ffff are unusual for mainnet, where the payout is; if they are of"
                        + " another network, so are the rewards: check --network and the template provider");
        assertThat(mainnet.doubt(0x1d00ffffL)).isEmpty();
    }
}
