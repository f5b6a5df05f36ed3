package org.stratumj.app.miner;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.stratumj.miner.Solution;

/// What hashes for all channels of a miner: threads, or a simulation of them. [Object#toString] describes it to the
/// operator.
/// Any thread.
public interface Crew extends AutoCloseable {

    /// Gets a crew together.
    @FunctionalInterface
    interface Muster {
        /// Begins to, and returns.
        ///
        /// @param solutions where the crew is to bring what it finds; takes calls on any thread
        CompletionStage<Crew> muster(MinerConfig config, Consumer<Solution> solutions);
    }

    /// One for each channel.
    List<Hasher> hashers();

    /// What all together are expected to do.
    default double expectedHashesPerSecond() {
        return hashers().stream().mapToDouble(Hasher::expectedHashesPerSecond).sum();
    }

    /// What they do, measured over the last seconds.
    default double hashesPerSecond() {
        return hashers().stream().mapToDouble(Hasher::hashesPerSecond).sum();
    }

    /// Ends the hashing, within a second. Idempotent.
    @Override
    void close();
}
