package org.stratumj.channels.vardiff;

import java.time.Duration;
import java.time.Instant;

/// The hash rate that one channel's credited shares prove, and how far it lets the client's statement count.
///
/// A client states a nominal hash rate when it opens a channel and whenever it likes afterwards. The statement sets the
/// first target, since there is nothing else to go by. From then on the rate proven is the work of the credited shares
/// over the time they took, the older half of a full window forgotten as in [Vardiff], and a statement counts within
/// a factor [#FACTOR] of it:
///
/// - not below: too easy a target would let the client submit shares without limit, and that holds from the first share
///   on;
/// - not above: too hard a target for an aggregating proxy would stop the income of all its miners. That holds once the
///   channel should have found [#START_SHARES] shares.
///
/// The factor leaves room for chance (of ten expected shares fewer than three come once in 360 times) and for a client
/// that really has become several times as fast.
///
/// Mutable, for one thread at a time.
public final class ProvenRate {
    /// The largest factor between a statement that counts and the rate proven.
    public static final double FACTOR = 4;

    /// Number of shares in whose time a channel has to prove its rate.
    public static final int START_SHARES = 10;

    private final VardiffPolicy policy;
    private final Instant startEnd;
    private Instant since;
    private double hashes;

    /// The rate of a channel that has just opened: nothing is proven.
    ///
    /// @param sharesPerMinute wanted
    public ProvenRate(VardiffPolicy policy, double sharesPerMinute, Instant now) {
        this.policy = policy;
        startEnd = now.plus(start(sharesPerMinute));
        since = now;
    }

    /// How long a channel has to prove its rate.
    ///
    /// @param sharesPerMinute wanted
    public static Duration start(double sharesPerMinute) {
        return Duration.ofMillis((long) Math.min(START_SHARES * 60_000 / sharesPerMinute, Integer.MAX_VALUE));
    }

    /// Counts the work of a credited share.
    ///
    /// @param work expected number of hashes
    public void add(double work) {
        hashes += work;
    }

    /// Whether the channel is so new that it need not have proven anything.
    public boolean isStarting(Instant now) {
        return now.isBefore(startEnd);
    }

    /// The rate proven, hashes per second; 0 without a share in the window.
    public double hashesPerSecond(Instant now) {
        if (now.isBefore(since)) {
            since = now;
        }
        Duration window = Duration.between(since, now);
        while (window.compareTo(policy.windowMax()) > 0) {
            Duration half = window.dividedBy(2);
            since = since.plus(half);
            window = window.minus(half);
            hashes /= 2;
        }
        long millis = Math.max(window.toMillis(), policy.windowMin().toMillis());
        return hashes * 1000 / millis;
    }

    /// The part of a statement that counts where others pay for too much of it, at most [#FACTOR] times what is proven.
    /// The bounds move in powers of two, so that chance does not move what counts with each share.
    ///
    /// @param stated hashes per second
    public double believed(double stated, Instant now) {
        double proven = hashesPerSecond(now);
        double rounded = proven == 0 ? 0 : Math.scalb(1.0, Math.getExponent(proven));
        return Math.clamp(stated, rounded / FACTOR, rounded * FACTOR);
    }

    /// The part of a statement that counts for the client's own target. A client that has proven nothing makes only its
    /// own shares rare by stating too much.
    ///
    /// @param stated hashes per second
    public double bounded(double stated, Instant now) {
        double proven = hashesPerSecond(now);
        double most = isStarting(now) || proven == 0 ? Double.MAX_VALUE : proven * FACTOR;
        return Math.clamp(stated, proven / FACTOR, most);
    }
}
