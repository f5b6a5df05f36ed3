package org.stratumj.app.demo;

import java.util.OptionalDouble;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;

/// How fast a demo goes: slow enough to watch, with enough shares between the blocks.
///
/// @param hashesPerSecondMax limit of the miner; infinite for none
/// @param sharesPerMinute    what the pool and the proxy ask for
/// @param easiest            target that no share's is above
record DemoPace(double hashesPerSecondMax, double sharesPerMinute, Target easiest) {
    /// From block to block, on average, unless another hash rate is given.
    static final double SECONDS_PER_BLOCK = 5;

    /// Shares for each block, on average: so many that a run of a few blocks has ten times as many shares in
    /// all but one of ten thousand runs.
    static final double SHARES_PER_BLOCK = 100;

    /// More than this a minute is of no use to look at, whatever the hash rate.
    static final double SHARES_PER_MINUTE_MAX = 6_000;

    /// The pace on a chain with this target.
    ///
    /// @param hashesPerSecond as the user wishes; 0 for as fast as the machine can
    static DemoPace of(OptionalDouble hashesPerSecond, Target chain) {
        double hashesPerBlock = chain.expectedHashes();
        double wanted = hashesPerSecond.orElse(hashesPerBlock / SECONDS_PER_BLOCK);
        double limit = wanted == 0 ? Double.POSITIVE_INFINITY : wanted;
        double sharesPerMinute = Math.min(SHARES_PER_BLOCK * 60 * limit / hashesPerBlock, SHARES_PER_MINUTE_MAX);
        // On regtest a block is easier than any share usually is; it counts as one all the same.
        Target usual = ServerPolicy.DEFAULT.targets().easiest();
        return new DemoPace(limit, sharesPerMinute, chain.compareTo(usual) > 0 ? chain : usual);
    }

    /// What the pool and the proxy grant.
    ServerPolicy policy() {
        TargetPolicy usual = ServerPolicy.DEFAULT.targets();
        return ServerPolicy.DEFAULT.withTargets(new TargetPolicy(
                sharesPerMinute, easiest, usual.hardest(), usual.hashesPerSecondMax(), usual.deferral()));
    }
}
