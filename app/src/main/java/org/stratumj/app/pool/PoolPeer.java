package org.stratumj.app.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.job.Tip;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.NegotiatedSetup;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;

/// One connected miner or proxy. Spec: 05.
///
/// ```text
/// OpenChannel ── no template yet ──▶ waiting ── first template ──▶ Success, jobs
///            │                          └── too long, too many ──▶ OpenMiningChannel.Error
///            └── template there ──▶ Success, jobs
/// share ──▶ a block? to the template client ──▶ credited? acknowledged with others
///                                           └─▶ refused?  SubmitShares.Error at once
/// ```
/// A miner that does not take what is sent gets the newest work once it does, and nothing of what was in between.
final class PoolPeer implements PeerHandler<MiningToServer, MiningToClient> {
    private final Downstream<MiningToClient> peer;
    private final Pool pool;
    private final ServerChannels channels;
    private final WaitingOpens waiting;
    private final RefusedShares refused;
    private final Instant connectedAt;
    private Work work;
    private Target hardest;
    private boolean everOpened;

    PoolPeer(Downstream<MiningToClient> peer, Pool pool) {
        this.peer = peer;
        this.pool = pool;
        ServerPolicy policy = pool.config().policy();
        NegotiatedSetup setup = peer.info().setup();
        work = pool.work();
        hardest = work.tip().map(Tip::target).orElse(policy.targets().hardest());
        channels = new ServerChannels(
                policy.withTargets(policy.targets().withHardest(hardest)),
                MiningFlags.of(setup.clientFlags(), setup.serverFlags()),
                pool.leases(),
                work);
        waiting = new WaitingOpens(policy.channelsMax(), pool.config().templateWait());
        refused = new RefusedShares(peer.info().id(), pool.events());
        connectedAt = now();
    }

    @Override
    public Effect<MiningToClient> onOpen() {
        return newest();
    }

    @Override
    public Effect<MiningToClient> onMessage(MiningToServer message) {
        return switch (message) {
            case OpenStandardMiningChannel request -> onOpenRequest(request, request.requestId());
            case OpenExtendedMiningChannel request -> onOpenRequest(request, request.requestId());
            case UpdateChannel request -> Effect.reply(channels.update(request, now()));
            case CloseChannel request -> {
                channels.close(request.channelId());
                yield Effect.none();
            }
            case SubmitSharesStandard share -> onVerdict(channels.submit(share, now()));
            case SubmitSharesExtended share -> onVerdict(channels.submit(share, now()));
            case SetCustomMiningJob request -> Effect.reply(channels.refusal(request));
        };
    }

    @Override
    public Effect<MiningToClient> onWritable() {
        return newest();
    }

    @Override
    public void onClose(CloseReason reason) {
        channels.closeAll();
        refused.flush();
    }

    /// There may be newer work.
    Effect<MiningToClient> newest() {
        Work next = pool.work();
        if (next.equals(work) || next.active().isEmpty() || !peer.isWritable()) {
            return openWaiting();
        }
        work = next;
        List<MiningToClient> messages = new ArrayList<>(targets(next.tip().orElseThrow()));
        messages.addAll(channels.work(next));
        return Effect.all(messages.stream().map(pool.frames()::effect).toList()).then(openWaiting());
    }

    /// Some seconds have passed.
    Effect<MiningToClient> tick() {
        Instant now = now();
        refused.flush();
        if (!everOpened
                && waiting.isEmpty()
                && now.isAfter(connectedAt.plus(pool.config().firstChannelDeadline()))) {
            return Effect.close(new CloseReason.DeadlineMissed(
                    CloseReason.Step.FIRST_CHANNEL, pool.config().firstChannelDeadline()));
        }
        List<MiningToClient> messages = new ArrayList<>(channels.acknowledgementsDue(now));
        messages.addAll(channels.retarget(now));
        messages.addAll(waiting.expire(now));
        return Effect.reply(messages);
    }

    /// Everything that still waits to be acknowledged: the pool is going to stop.
    Effect<MiningToClient> acknowledgeAll() {
        return Effect.reply(channels.acknowledgementsDue(Instant.MAX));
    }

    private Effect<MiningToClient> onOpenRequest(MiningToServer request, long requestId) {
        if (work.active().isEmpty()) {
            return Effect.reply(waiting.add(request, requestId, now()));
        }
        return Effect.reply(open(request));
    }

    private Effect<MiningToClient> openWaiting() {
        if (waiting.isEmpty() || work.active().isEmpty()) {
            return Effect.none();
        }
        return Effect.reply(waiting.takeAll().stream()
                .flatMap(request -> open(request).stream())
                .toList());
    }

    private List<MiningToClient> open(MiningToServer request) {
        List<MiningToClient> answer = switch (request) {
            case OpenStandardMiningChannel standard ->
                channels.open(standard, pool.config().payout(), now());
            case OpenExtendedMiningChannel extended ->
                channels.open(extended, pool.config().payout(), now());
            default -> throw new IllegalArgumentException("opens no channel: " + request);
        };
        everOpened |= !channels.channels().isEmpty();
        return answer;
    }

    /// Before anything else, a block goes on its way: no reason to refuse credit may lose it.
    private Effect<MiningToClient> onVerdict(ShareVerdict verdict) {
        verdict.block().ifPresent(pool::found);
        return switch (verdict.credit()) {
            case Credited(double difficulty) -> {
                pool.shares().credited(difficulty);
                yield Effect.reply(channels.acknowledge(verdict, now()).stream().toList());
            }
            case Refused(ErrorCode code) -> {
                pool.shares().refused(code);
                refused.add(verdict, code, channels.channel(verdict.channelId()));
                yield Effect.reply(verdict.error().stream().toList());
            }
        };
    }

    /// No share target may be harder than the network's: the hashes between the two would be blocks that no miner
    /// submits.
    private List<MiningToClient> targets(Tip tip) {
        if (tip.target().equals(hardest)) {
            return List.of();
        }
        hardest = tip.target();
        return channels.targets(pool.config().policy().targets().withHardest(hardest), now());
    }

    private Instant now() {
        return peer.lane().now();
    }
}
