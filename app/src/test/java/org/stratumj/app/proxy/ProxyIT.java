package org.stratumj.app.proxy;

import org.stratumj.connection.sim.TestBed;

class ProxyIT extends ProxyContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
