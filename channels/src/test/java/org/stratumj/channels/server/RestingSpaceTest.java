package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestingSpaceTest {
    private final RestingSpace resting = new RestingSpace();

    @Test
    void restsUntilTheTipHasChangedTwice() {
        resting.add(1);
        resting.add(2);
        assertThat(resting.size(2)).isEqualTo(2);
        assertThat(resting.size(3)).isEqualTo(1);
        assertThat(resting.size(4)).isZero();
    }

    @Test
    void countsATipThatWasSkipped() {
        resting.add(1);
        resting.add(3);
        assertThat(resting.size(3)).isEqualTo(1);
        assertThat(resting.size(4)).isEqualTo(1);
        assertThat(resting.size(5)).isZero();
    }
}
