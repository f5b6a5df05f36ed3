package org.stratumj.app.pool;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.job.Work;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.service.Downstream;
import org.stratumj.service.MiningServerHandler;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;

/// Gives each miner its [PoolPeer], and tells all of them of new work and of passing time.
final class PoolHandler implements MiningServerHandler {
    /// How often difficulties, late acknowledgements and deadlines are looked at.
    static final Duration TICK = Duration.ofSeconds(5);

    /// How long jobs for the next tip wait for SetNewPrevHash, with which they mostly come: miners then get both
    /// in one packet.
    static final Duration FUTURE_JOBS_DELAY = Duration.ofMillis(20);

    private final Pool pool;
    private volatile @Nullable ServerContext<MiningToClient> miners;
    /// Work that is on its way to all peers; belongs to the service's own lane, like what follows.
    private @Nullable Work sent;
    private boolean futureJobsWait;
    private volatile boolean stopped;

    PoolHandler(Pool pool) {
        this.pool = pool;
    }

    @Override
    public long supportedFlags() {
        return MiningFlags.REQUIRES_STANDARD_JOBS
                | (pool.config().versionRolling() ? MiningFlags.REQUIRES_VERSION_ROLLING : 0);
    }

    @Override
    public void onStart(ServerContext<MiningToClient> context) {
        miners = context;
        tickLater(context);
    }

    @Override
    public SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
        return pool.config().versionRolling()
                ? proposed
                : new SetupVerdict.Accept(proposed.version(), proposed.flags() | MiningFlags.REQUIRES_FIXED_VERSION);
    }

    @Override
    public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
        return new PoolPeer(peer, pool);
    }

    @Override
    public void onStop() {
        stopped = true;
    }

    int peers() {
        ServerContext<MiningToClient> context = miners;
        return context == null ? 0 : context.peers();
    }

    /// Takes new work from the template client, on the service's own lane.
    void onWork(NewWork news) {
        pool.work(news.work());
        if (isUrgent(news.work())) {
            broadcast();
        } else if (!futureJobsWait) {
            futureJobsWait = true;
            context().lane().schedule(this::broadcastFutureJobs, FUTURE_JOBS_DELAY);
        }
    }

    /// Acknowledges all shares, before the service is shut down.
    void acknowledgeAll() {
        ServerContext<MiningToClient> context = miners;
        if (context != null) {
            context.forEach(PoolPeer.class, PoolPeer::acknowledgeAll);
        }
    }

    private boolean isUrgent(Work work) {
        Work last = sent;
        boolean news = last == null
                || last.tipNumber() != work.tipNumber()
                || !last.active().equals(work.active());
        return news && work.active().isPresent();
    }

    private void broadcastFutureJobs() {
        if (futureJobsWait) {
            broadcast();
        }
    }

    private void broadcast() {
        futureJobsWait = false;
        sent = pool.work();
        context().forEach(PoolPeer.class, PoolPeer::newest);
    }

    private void tickLater(ServerContext<MiningToClient> context) {
        context.lane().schedule(() -> tick(context), TICK);
    }

    private void tick(ServerContext<MiningToClient> context) {
        if (!stopped) {
            pool.shares().sample(context.lane().nanoTime());
            context.forEach(PoolPeer.class, PoolPeer::tick);
            tickLater(context);
        }
    }

    private ServerContext<MiningToClient> context() {
        return Objects.requireNonNull(miners, "links deliver after onStart");
    }
}
