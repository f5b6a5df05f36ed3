package org.stratumj.channels.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.channels.Fixtures;
import org.stratumj.protocol.mining.SubmitSharesSuccess;

/// The batches of the specification's figures (05 §5.3.13, §5.3.14), and what they leave open.
class AcknowledgementsTest {
    private static final double DA = 3;
    private static final double DB = 5;

    private final Acknowledgements acknowledgements = new Acknowledgements(4, SharePolicy.DEFAULT);

    /// Ten shares, the target having changed after the third.
    @Test
    @Tag("MIN-065")
    @Tag("MIN-066")
    void addsTheDifficultyEachShareWasCredited() {
        for (int i = 0; i < 9; i++) {
            assertThat(acknowledgements.add(i, i < 3 ? DA : DB, Fixtures.NOW)).isEmpty();
        }

        assertThat(acknowledgements.add(9, DB, Fixtures.NOW))
                .contains(new SubmitSharesSuccess(4, 9, 10, (long) (3 * DA + 7 * DB)));
    }

    /// Share 4 was refused, so ten are together with share 10.
    @Test
    @Tag("MIN-065")
    @Tag("MIN-066")
    void countsOnlyWhatWasAccepted() {
        for (int i = 0; i < 10; i++) {
            if (i != 4) {
                assertThat(acknowledgements.add(i, DA, Fixtures.NOW)).isEmpty();
            }
        }

        assertThat(acknowledgements.add(10, DA, Fixtures.NOW))
                .contains(new SubmitSharesSuccess(4, 10, 10, (long) (10 * DA)));
    }

    @Test
    @Tag("MIN-067")
    void startsEachBatchAnew() {
        for (int i = 0; i < 10; i++) {
            acknowledgements.add(i, DA, Fixtures.NOW);
        }
        acknowledgements.add(10, DB, Fixtures.NOW);

        assertThat(acknowledgements.due(Fixtures.NOW.plusSeconds(60)))
                .contains(new SubmitSharesSuccess(4, 10, 1, (long) DB));
    }

    @Test
    void waitsFromTheFirstShareOfTheBatch() {
        acknowledgements.add(0, DA, Fixtures.NOW);
        acknowledgements.add(1, DA, Fixtures.NOW.plusSeconds(59));

        assertThat(acknowledgements.due(Fixtures.NOW.plusSeconds(59))).isEmpty();
        assertThat(acknowledgements.due(Fixtures.NOW.plusSeconds(60))).isPresent();
    }

    @Test
    void roundsTheSumDownOnce() {
        acknowledgements.add(0, 0.6, Fixtures.NOW);
        acknowledgements.add(1, 0.6, Fixtures.NOW);

        assertThat(acknowledgements.due(Fixtures.NOW.plusSeconds(60))).contains(new SubmitSharesSuccess(4, 1, 2, 1));
    }

    @Test
    void acknowledgesEachShareAtOnceWhereThePolicySaysSo() {
        SharePolicy single = new SharePolicy(SharePolicy.BIP323_MASK, Duration.ZERO, 1, Duration.ZERO);

        assertThat(new Acknowledgements(4, single).add(0, DA, Fixtures.NOW)).isPresent();
        assertThatThrownBy(() -> new SharePolicy(0, Duration.ZERO, 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
