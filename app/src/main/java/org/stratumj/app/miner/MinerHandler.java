package org.stratumj.app.miner;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.channels.MiningFlags;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.NegotiatedSetup;
import org.stratumj.miner.Solution;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2MiningClientHandler;
import org.stratumj.service.Upstream;

/// Gives each connection its [MinerSession], and that what the threads find.
final class MinerHandler implements Sv2MiningClientHandler {
    private final MinerConfig config;
    private final CompletionStage<List<Hasher>> hashers;
    private final MinerCounts counts;
    private final RoleEvents events;
    private final AtomicLong lastWorkId = new AtomicLong();
    private volatile @Nullable MinerSession session;

    /// @param hashers channels are opened when they are there, since the server is to be told its hash rate
    MinerHandler(MinerConfig config, CompletionStage<List<Hasher>> hashers, MinerCounts counts, RoleEvents events) {
        this.config = config;
        this.hashers = hashers;
        this.counts = counts;
        this.events = events;
    }

    /// None: extended jobs and fixed versions are no obstacle. Spec: 05 §5.3.1.
    @Override
    public long requestedFlags() {
        return 0;
    }

    @Override
    public long acceptedServerFlags() {
        return MiningFlags.REQUIRES_FIXED_VERSION | MiningFlags.REQUIRES_EXTENDED_CHANNELS;
    }

    @Override
    public Effect<MiningToServer> onUp(Upstream<MiningToServer> upstream) {
        NegotiatedSetup setup = upstream.info().setup();
        MiningFlags flags = MiningFlags.of(setup.clientFlags(), setup.serverFlags());
        if (flags.extendedChannels() && config.channel() == ChannelKind.STANDARD) {
            return Effect.close(
                    new CloseReason.Local("the server opens extended channels only; use --channel extended"));
        }
        MinerSession begun = new MinerSession(config, upstream, flags, counts, lastWorkId::incrementAndGet, events);
        session = begun;
        return Effect.after(hashers.thenApplyAsync(begun::open, upstream.lane()));
    }

    @Override
    public Effect<MiningToServer> onMessage(MiningToClient message) {
        MinerSession present = session;
        return present == null ? Effect.none() : present.onMessage(message);
    }

    @Override
    public void onDown(CloseReason reason) {
        MinerSession present = session;
        session = null;
        if (present != null) {
            present.end();
        }
    }

    /// Takes what the threads found; without a connection it is worth nothing. Any thread.
    void onSolution(Solution solution) {
        MinerSession present = session;
        if (present != null) {
            present.offer(solution);
        }
    }

    /// Closes the channels. Any thread.
    void close() {
        MinerSession present = session;
        if (present != null) {
            present.close();
        }
    }

    /// The present connection. Any thread.
    @Nullable
    MinerSession session() {
        return session;
    }
}
