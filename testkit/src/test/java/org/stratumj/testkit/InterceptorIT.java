package org.stratumj.testkit;

import org.stratumj.connection.sim.TestBed;

final class InterceptorIT extends InterceptorContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
