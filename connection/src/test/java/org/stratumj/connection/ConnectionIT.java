package org.stratumj.connection;

import org.stratumj.connection.sim.TestBed;

class ConnectionIT extends ConnectionContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
