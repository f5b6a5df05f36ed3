package org.stratumj.app.miner;

import org.stratumj.bitcoin.Target;
import org.stratumj.miner.Work;

/// The threads that hash for one channel. Any thread.
public interface Hasher {

    /// Hashes this from now on.
    void assign(Work work);

    /// Goes on with another target.
    void retarget(Target target);

    /// Rests until there is work.
    void idle();

    /// Measured over the last seconds.
    double hashesPerSecond();

    /// What to tell a server before it has seen anything.
    double expectedHashesPerSecond();

    /// From now on, this is to be expected.
    void expect(double hashesPerSecond);
}
