package org.stratumj.app.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.ErrorCode;

class ShareCountsTest {
    private final ShareCounts shares = new ShareCounts();

    @Test
    void countsByReason() {
        shares.credited(1);
        shares.credited(5);
        shares.refused(ErrorCode.STALE_SHARE);
        shares.refused(ErrorCode.STALE_SHARE);
        shares.refused(ErrorCode.DUPLICATE_SHARE);
        assertThat(shares.credited()).isEqualTo(2);
        assertThat(shares.refused()).isEqualTo(Map.of("stale-share", 2L, "duplicate-share", 1L));
    }

    @Test
    void estimatesTheHashrateFromCreditedDifficulty() {
        assertThat(shares.hashesPerSecond()).isEmpty();
        sampleAt(0);
        assertThat(shares.hashesPerSecond()).isEmpty();
        shares.credited(10);
        sampleAt(5);
        // 10 shares of difficulty 1 are 10 * 2^32 hashes, give or take what difficulty 1 is off a power of two.
        assertThat(shares.hashesPerSecond().orElseThrow()).isCloseTo(10 * 0x1p32 / 5, within(1e6));
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        shares.credited(1000);
        for (int i = 0; i < ShareCounts.SAMPLES_MAX; i++) {
            sampleAt(5 * i);
        }
        assertThat(shares.hashesPerSecond()).hasValue(0);
        shares.credited(60);
        sampleAt(5 * ShareCounts.SAMPLES_MAX);
        assertThat(shares.hashesPerSecond().orElseThrow()).isCloseTo(60 * 0x1p32 / 300, within(1e5));
        for (int i = 1; i < ShareCounts.SAMPLES_MAX; i++) {
            sampleAt(5 * (ShareCounts.SAMPLES_MAX + i));
        }
        assertThat(shares.hashesPerSecond()).hasValue(0);
    }

    private void sampleAt(int seconds) {
        shares.sample(Duration.ofSeconds(seconds).toNanos());
    }
}
