package org.stratumj.connection;

import org.stratumj.connection.sim.TestBed;

class RelayIT extends RelayContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }

    @Override
    long networkBytesMax() {
        return 24 << 20;
    }
}
