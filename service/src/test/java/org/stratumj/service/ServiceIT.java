package org.stratumj.service;

import org.stratumj.connection.sim.TestBed;

class ServiceIT extends ServiceContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
