package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.TestBed;

@ExtendWith(StratumTestBed.class)
final class StratumTestBedParameterTest {
    @Test
    void isAParameter(TestBed bed) {
        assertThat(bed.network()).isInstanceOf(SimNetwork.class);
    }
}
