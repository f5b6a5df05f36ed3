package org.stratumj.testkit;

import org.stratumj.connection.sim.TestBed;

final class ScriptedPeerIT extends ScriptedPeerContract {
    @Override
    TestBed openBed() {
        return TestBed.sockets();
    }
}
