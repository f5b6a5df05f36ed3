package org.stratumj.service;

import org.stratumj.connection.sim.TestBed;

class ServiceSimulationTest extends ServiceContract {
    @Override
    TestBed openBed() {
        return TestBed.simulated(20261120);
    }
}
