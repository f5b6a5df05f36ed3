package org.stratumj.app.miner;

import java.time.Duration;

/// How fast one channel may submit: shares up to a rate, and blocks beyond it. For the lane of its connection only.
///
/// Both rates are far above what a lawful server and a real chain ask for. They hold where a server ignores the limit
/// that it was told (`max_target`), and where the network is easier than the channel, as on a regression test network:
/// there every second hash is a block and none is a share.
///
/// Shares come from a token bucket. A block that has no token goes out if it is the first of its tip, or if none of
/// its tip did for [#BLOCK_INTERVAL]. So no tip is without its first block, and the harder hashes, which are shares,
/// go before those that are blocks only.
final class SubmissionPace {
    /// How many times the rate that the server was told as its limit: hash rates are estimates, and chance is uneven.
    static final double SHARES_SLACK = 4;

    /// Shares that may go out at once, as seconds at the rate.
    static final double SHARES_BURST_SECONDS = 10;

    /// The least burst, for low rates.
    static final double SHARES_BURST_MIN = 64;

    /// Least time from one block of a tip to the next that is not paced as a share.
    static final Duration BLOCK_INTERVAL = Duration.ofSeconds(5);

    private final double sharesPerSecond;
    private final double burst;
    private double tokens;
    private long refilled;

    /// What went out on one tip.
    static final class OnTip {
        private boolean any;
        private long last;

        /// Whether hashes that are blocks and no shares are worth finding.
        boolean seeksBlocks(long nanoTime) {
            return !any || nanoTime - last >= BLOCK_INTERVAL.toNanos();
        }

        private void submitted(long nanoTime) {
            any = true;
            last = nanoTime;
        }
    }

    /// @param sharesPerSecondMax the channel's part of what the server was told
    SubmissionPace(double sharesPerSecondMax, long nanoTime) {
        sharesPerSecond = SHARES_SLACK * sharesPerSecondMax;
        burst = Math.max(SHARES_BURST_MIN, SHARES_BURST_SECONDS * sharesPerSecond);
        tokens = burst;
        refilled = nanoTime;
    }

    /// Whether a candidate goes out; then it counts.
    ///
    /// @param share whether it meets the target for shares
    /// @param block whether it makes a block
    /// @param tip   what it is built on
    boolean admits(boolean share, boolean block, OnTip tip, long nanoTime) {
        boolean admitted = (share && takeToken(nanoTime)) || (block && tip.seeksBlocks(nanoTime));
        if (admitted && block) {
            tip.submitted(nanoTime);
        }
        return admitted;
    }

    private boolean takeToken(long nanoTime) {
        tokens = Math.min(burst, tokens + (nanoTime - refilled) / 1e9 * sharesPerSecond);
        refilled = nanoTime;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
