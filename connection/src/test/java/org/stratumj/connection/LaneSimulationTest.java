package org.stratumj.connection;

import org.stratumj.connection.sim.SimBed;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.TestBed;

class LaneSimulationTest extends LaneContract {
    @Override
    TestBed openBed() {
        SimNetwork network = new SimNetwork(11);
        network.tolerateFailures();
        return new SimBed(network);
    }
}
