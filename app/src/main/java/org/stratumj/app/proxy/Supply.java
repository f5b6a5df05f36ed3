package org.stratumj.app.proxy;

import org.stratumj.bitcoin.Target;
import org.stratumj.channels.job.Work;

/// From the mining client to the mining server: all there is to mine now, and what it is good for.
///
/// @param work     a whole snapshot, so that only the newest one counts; without jobs before the first upstream
/// @param hardest  the target that no miner's should be below: hashes between would count upstream and not be
///                 submitted here
/// @param easiest  what a hash has to meet to be worth anything upstream, at the most
/// @param upstream whether the upstream that the work is from is there
record Supply(Work work, Target hardest, Target easiest, boolean upstream) {

    /// The same after the upstream has gone: miners may go on, but nothing they find counts.
    Supply orphaned() {
        return new Supply(work, hardest, easiest, false);
    }
}
