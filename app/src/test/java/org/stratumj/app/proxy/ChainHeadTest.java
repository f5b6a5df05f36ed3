package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.channels.job.Tip;
import org.stratumj.protocol.wire.Bytes;

class ChainHeadTest {
    private static final Hash256 HASH = ScriptedPool.hash(7);

    /// Version, one input, null outpoint, length of the scriptSig.
    private static final String BEFORE_SCRIPT = "0200000001" + "00".repeat(32) + "ffffffff20";

    @ParameterizedTest
    @CsvSource({"03a08c0e, 953503", "02f401, 499", "51, 0", "04deadbeef, 0", "'', 0"})
    void readsTheHeightThatTheCoinbaseBeginsWith(String script, long height) {
        assertThat(head(BEFORE_SCRIPT + script + (script.isEmpty() ? "" : "00")))
                .isEqualTo(new ChainHead(height, HASH));
    }

    @Test
    void isContentWithACoinbaseThatIsTooShort() {
        assertThat(head("")).isEqualTo(new ChainHead(0, HASH));
        assertThat(head("0200000001")).isEqualTo(new ChainHead(0, HASH));
    }

    private static ChainHead head(String coinbasePrefix) {
        CoinbaseParts coinbase = new CoinbaseParts(Bytes.ofHex(coinbasePrefix), Bytes.EMPTY, false);
        MiningJob job = new MiningJob.ExtendedJob(1, 2, true, new MerklePath(List.of()), coinbase, Bytes.EMPTY, 8);
        return ChainHead.of(new MiningWork(job, new Tip(HASH, 1, 0x1d00ffffL, Target.MAX), 1, Target.MAX));
    }
}
