package org.stratumj.app.miner;

import org.stratumj.bitcoin.Target;
import org.stratumj.miner.MiningRig;
import org.stratumj.miner.Work;

/// The threads that hash for one channel. Any thread.
interface Hasher {

    /// Hashes this from now on.
    void assign(Work work);

    /// Goes on with another target.
    void retarget(Target target);

    /// Rests until there is work.
    void idle();

    /// Measured over the last seconds.
    double hashesPerSecond();

    /// To be expected before there is anything measured.
    double expectedHashesPerSecond();

    /// The threads of a rig.
    ///
    /// @param expectedHashesPerSecond of the rig
    static Hasher of(MiningRig rig, double expectedHashesPerSecond) {
        return new Hasher() {
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
                return expectedHashesPerSecond;
            }
        };
    }
}
