package org.stratumj.service;

import org.stratumj.connection.sim.TestBed;

class ExtensionsIT extends ExtensionsContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
