package org.stratumj.app.mining;

import java.time.Duration;
import org.stratumj.channels.server.ServerPolicy;

/// What a [MiningServer] offers its miners.
///
/// @param policy   what each connection is granted. A version rolling mask of 0 fixes the version of all jobs
/// @param openWait how long a request for a channel waits for work before it is refused
public record MiningTerms(ServerPolicy policy, Duration openWait) {
    /// Long enough for a template provider or a pool to restart, short enough for a miner to go elsewhere.
    public static final Duration DEFAULT_OPEN_WAIT = Duration.ofSeconds(30);

    /// The defaults of each part.
    public static final MiningTerms DEFAULT = new MiningTerms(ServerPolicy.DEFAULT, DEFAULT_OPEN_WAIT);

    /// @throws IllegalArgumentException if the time is not positive
    public MiningTerms {
        if (!openWait.isPositive()) {
            throw new IllegalArgumentException("openWait must be positive, is " + openWait);
        }
    }

    /// The same with other grants for each connection.
    public MiningTerms withPolicy(ServerPolicy other) {
        return new MiningTerms(other, openWait);
    }

    /// Whether miners may change version bits.
    public boolean versionRolling() {
        return policy.shares().versionRollingMask() != 0;
    }
}
