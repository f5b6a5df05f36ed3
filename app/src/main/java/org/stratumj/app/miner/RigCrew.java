package org.stratumj.app.miner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.stratumj.miner.EngineChoice;
import org.stratumj.miner.MiningRig;
import org.stratumj.miner.Solution;

/// All threads of a miner: a rig for each channel, with an equal part of the threads and of the limit. Any thread.
final class RigCrew implements Crew {
    private final List<MiningRig> rigs = new ArrayList<>();
    private final List<Hasher> hashers = new ArrayList<>();

    private final String text;

    private RigCrew(String text) {
        this.text = text;
    }

    /// Measures the engines and starts the threads, on a thread of its own.
    static CompletionStage<Crew> muster(MinerConfig config, Consumer<Solution> solutions) {
        CompletableFuture<Crew> mustered = new CompletableFuture<>();
        Thread.ofPlatform().name(MinerRole.NAME + "-measure").daemon().start(() -> {
            try {
                mustered.complete(start(config, config.engine().measure(), solutions));
            } catch (RuntimeException | Error e) {
                mustered.completeExceptionally(e);
            }
        });
        return mustered;
    }

    /// Starts the threads, which wait for work.
    ///
    /// @param solutions called on the hashing threads; must not block
    static RigCrew start(MinerConfig config, EngineChoice engine, Consumer<Solution> solutions) {
        RigCrew crew = new RigCrew("%d %s, %s engine (%s)"
                .formatted(
                        config.threads(),
                        config.threads() == 1 ? "thread" : "threads",
                        engine.kind().name().toLowerCase(Locale.ROOT),
                        engine.reason()));
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

    @Override
    public List<Hasher> hashers() {
        return List.copyOf(hashers);
    }

    @Override
    public String toString() {
        return text;
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
