package org.stratumj.app.miner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.stratumj.miner.EngineChoice;
import org.stratumj.miner.MiningRig;
import org.stratumj.miner.Solution;

/// All threads of a miner: a rig for each channel, with an equal part of the threads and of the limit. Any thread.
final class Crew implements AutoCloseable {
    private final List<MiningRig> rigs = new ArrayList<>();
    private final List<Hasher> hashers = new ArrayList<>();

    private Crew() {}

    /// Starts the threads, which wait for work.
    ///
    /// @param solutions called on the hashing threads; must not block
    static Crew start(MinerConfig config, EngineChoice engine, Consumer<Solution> solutions) {
        Crew crew = new Crew();
        for (int channel = 0; channel < config.channels(); channel++) {
            int threads = threadsOf(channel, config);
            MiningRig rig = MiningRig.start(
                    "miner-" + channel, threads, () -> engine.kind().newEngine(), solutions);
            double limit = config.hashesPerSecondMax() * threads / config.threads();
            rig.limit(limit);
            crew.rigs.add(rig);
            crew.hashers.add(new RigHasher(rig, Math.min(limit, engine.hashesPerSecond() * threads)));
        }
        return crew;
    }

    /// One for each channel.
    List<Hasher> hashers() {
        return List.copyOf(hashers);
    }

    /// What all threads together are expected to do.
    double expectedHashesPerSecond() {
        return hashers.stream().mapToDouble(Hasher::expectedHashesPerSecond).sum();
    }

    /// What they do, measured over the last seconds.
    double hashesPerSecond() {
        return hashers.stream().mapToDouble(Hasher::hashesPerSecond).sum();
    }

    /// Ends all threads, within a second: they stop while the first is waited for.
    @Override
    public void close() {
        rigs.forEach(MiningRig::idle);
        rigs.forEach(MiningRig::close);
    }

    /// The first channels get the threads that are left over.
    private static int threadsOf(int channel, MinerConfig config) {
        return config.threads() / config.channels() + (channel < config.threads() % config.channels() ? 1 : 0);
    }
}
