package org.stratumj.connection;

import org.stratumj.connection.sim.TestBed;

class NegotiationIT extends NegotiationContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
