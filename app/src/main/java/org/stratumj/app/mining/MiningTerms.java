package org.stratumj.app.mining;

import java.time.Duration;
import org.stratumj.channels.server.ServerPolicy;

/// What a [MiningServer] offers its miners.
///
/// @param policy               what each connection is granted. A version rolling mask of 0 fixes the version of all
///     jobs
/// @param openWait             how long a request for a channel waits for work before it is refused
/// @param firstChannelDeadline how long a connection may stay without ever opening a channel
public record MiningTerms(ServerPolicy policy, Duration openWait, Duration firstChannelDeadline) {
    /// Long enough for a template provider or a pool to restart, short enough for a miner to go elsewhere.
    public static final Duration DEFAULT_OPEN_WAIT = Duration.ofSeconds(30);

    /// A miner opens its channel at once.
    public static final Duration DEFAULT_FIRST_CHANNEL_DEADLINE = Duration.ofMinutes(1);

    /// The defaults of each part.
    public static final MiningTerms DEFAULT =
            new MiningTerms(ServerPolicy.DEFAULT, DEFAULT_OPEN_WAIT, DEFAULT_FIRST_CHANNEL_DEADLINE);

    /// @throws IllegalArgumentException if a time is not positive
    public MiningTerms {
        if (!openWait.isPositive() || !firstChannelDeadline.isPositive()) {
            throw new IllegalArgumentException(
                    "openWait and firstChannelDeadline must be positive: " + openWait + ", " + firstChannelDeadline);
        }
    }

    /// The same with other grants for each connection.
    public MiningTerms withPolicy(ServerPolicy other) {
        return new MiningTerms(other, openWait, firstChannelDeadline);
    }

    /// Whether miners may change version bits.
    public boolean versionRolling() {
        return policy.shares().versionRollingMask() != 0;
    }
}
