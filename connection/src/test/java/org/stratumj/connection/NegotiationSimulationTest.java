package org.stratumj.connection;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.sim.TestBed;

@ParameterizedClass(name = "seed {0}")
@ValueSource(longs = {1, 2, 3, 20261120})
class NegotiationSimulationTest extends NegotiationContract {
    @Parameter
    private long seed;

    @Override
    TestBed openBed() {
        return TestBed.simulated(seed);
    }
}
