package org.stratumj.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.it.sim.Chronicle.Count;

/// A few short worlds with every build; `./check sim` runs more of them, and longer.
class SimulationTest {
    private static final Duration ROUND = Duration.ofMinutes(15);

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void holdsItsInvariantsUnderFaults(long seed) {
        World world = new World(seed).run(1, ROUND);
        assertThat(world.chronicle().violation()).as("seed %d", seed).isEmpty();
        assertThat(world.chronicle().counted(Count.ACKNOWLEDGED)).isGreaterThan(1000);
        assertThat(world.chronicle().counted(Count.FAULTS)).isGreaterThan(5);
        assertThat(world.blocks().accepted()).isPositive();
        // Altered bytes may miss a target; MiningTap checks that no honest share does.
        assertThat(world.refusals().keySet()).isSubsetOf("stale-share", "difficulty-too-low");
    }

    @Test
    void replaysASeedToTheLastByte() {
        assertThat(story(4)).isEqualTo(story(4));
        assertThat(story(5)).isNotEqualTo(story(4));
    }

    private static List<Object> story(long seed) {
        Chronicle chronicle = new World(seed).run(1, Duration.ofMinutes(10)).chronicle();
        return List.of(chronicle.digest(), chronicle.counted(Count.MESSAGES), chronicle.counted(Count.FAULTS));
    }
}
