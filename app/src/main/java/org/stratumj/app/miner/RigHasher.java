package org.stratumj.app.miner;

import org.stratumj.bitcoin.Target;
import org.stratumj.miner.MiningRig;
import org.stratumj.miner.Work;

/// The threads of a rig.
final class RigHasher implements Hasher {
    private final MiningRig rig;
    private volatile double expected;

    /// @param expected hashes per second of the rig
    RigHasher(MiningRig rig, double expected) {
        this.rig = rig;
        this.expected = expected;
    }

    @Override
    public void assign(Work work) {
        rig.assign(work);
    }

    @Override
    public void retarget(Target target) {
        rig.retarget(target);
    }

    @Override
    public void idle() {
        rig.idle();
    }

    @Override
    public double hashesPerSecond() {
        return rig.hashesPerSecond();
    }

    @Override
    public double expectedHashesPerSecond() {
        return expected;
    }

    @Override
    public void expect(double hashesPerSecond) {
        expected = hashesPerSecond;
    }
}
