package org.stratumj.connection;

import org.stratumj.connection.sim.TestBed;

class LaneIT extends LaneContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
