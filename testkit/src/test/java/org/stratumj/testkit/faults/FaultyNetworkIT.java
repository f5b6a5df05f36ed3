package org.stratumj.testkit.faults;

import org.stratumj.connection.sim.TestBed;

final class FaultyNetworkIT extends FaultyNetworkContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
