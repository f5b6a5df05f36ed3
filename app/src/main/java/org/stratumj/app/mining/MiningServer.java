package org.stratumj.app.mining;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Work;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ExtensionPolicy;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2MiningServerHandler;

/// Gives each miner its [MiningPeer], and tells all of them of new work and of passing time.
public final class MiningServer implements Sv2MiningServerHandler {
    /// How often difficulties, late acknowledgements and deadlines are looked at.
    static final Duration TICK = Duration.ofSeconds(5);

    /// How long jobs for the next tip wait for SetNewPrevHash, with which they mostly come: miners then get
    /// both in one packet.
    static final Duration FUTURE_JOBS_DELAY = Duration.ofMillis(20);

    private final String role;
    private final MiningTerms terms;
    private final MiningBackend backend;
    private final ExtranonceLeases leases;
    private final RoleEvents events;
    private final SharedFrames frames = new SharedFrames();
    private final ShareCounts shares = new ShareCounts();
    private volatile @Nullable ServerContext<MiningToClient> miners;
    /// Work that is on its way to all peers; belongs to the service's own lane, like what follows.
    private @Nullable Work sent;
    private boolean broadcastWaits;

    /// A server without miners.
    ///
    /// @param role   as the role's name
    /// @param leases the parts of the search space
    public MiningServer(
            String role, MiningTerms terms, MiningBackend backend, ExtranonceLeases leases, RoleEvents events) {
        this.role = role;
        this.terms = terms;
        this.backend = backend;
        this.leases = leases;
        this.events = events;
    }

    @Override
    public long supportedFlags() {
        return MiningFlags.REQUIRES_STANDARD_JOBS | (terms.versionRolling() ? MiningFlags.REQUIRES_VERSION_ROLLING : 0);
    }

    @Override
    public ExtensionPolicy extensions() {
        return ExtensionPolicy.supporting(ExtensionType.WORKER_HASHRATE_TRACKING);
    }

    @Override
    public void onStart(ServerContext<MiningToClient> context) {
        miners = context;
        context.every(TICK, () -> tick(context));
    }

    @Override
    public SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
        return terms.versionRolling()
                ? proposed
                : new SetupVerdict.Accept(proposed.version(), proposed.flags() | MiningFlags.REQUIRES_FIXED_VERSION);
    }

    @Override
    public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
        return new MiningPeer(peer, this);
    }

    /// How many miners are connected. Any thread.
    public int peers() {
        ServerContext<MiningToClient> context = miners;
        return context == null ? 0 : context.peers();
    }

    /// The shares of all connections. Any thread.
    public ShareCounts shares() {
        return shares;
    }

    /// Brings what is new in the backend to all miners. On the service's own lane.
    public void announce() {
        if (isUrgent(backend.work())) {
            broadcast();
        } else if (!broadcastWaits) {
            broadcastWaits = true;
            context().lane().schedule(this::broadcastWhatWaits, FUTURE_JOBS_DELAY);
        }
    }

    /// Closes all connections that there are. On the service's own lane.
    public void dismissAll(CloseReason reason) {
        context().forEach(MiningPeer.class, _ -> Effect.close(reason));
    }

    /// Acknowledges all shares, before the service is shut down. Any thread.
    public void acknowledgeAll() {
        ServerContext<MiningToClient> context = miners;
        if (context != null) {
            context.forEach(MiningPeer.class, MiningPeer::acknowledgeAll);
        }
    }

    String role() {
        return role;
    }

    MiningTerms terms() {
        return terms;
    }

    MiningBackend backend() {
        return backend;
    }

    ExtranonceLeases leases() {
        return leases;
    }

    RoleEvents events() {
        return events;
    }

    SharedFrames frames() {
        return frames;
    }

    private boolean isUrgent(Work work) {
        Work last = sent;
        boolean news = last == null
                || last.tipNumber() != work.tipNumber()
                || !last.active().equals(work.active());
        return news && work.active().isPresent();
    }

    private void broadcastWhatWaits() {
        if (broadcastWaits) {
            broadcast();
        }
    }

    private void broadcast() {
        broadcastWaits = false;
        sent = backend.work();
        context().announce(MiningPeer.class, MiningPeer::newest);
    }

    private void tick(ServerContext<MiningToClient> context) {
        shares.sample(context.lane().nanoTime());
        context.forEach(MiningPeer.class, MiningPeer::tick);
    }

    private ServerContext<MiningToClient> context() {
        return Objects.requireNonNull(miners, "links deliver after onStart");
    }
}
