package org.stratumj.app.pool;

import org.stratumj.connection.sim.TestBed;

class PoolIT extends PoolContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
