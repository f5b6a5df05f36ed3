package org.stratumj.app.mining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.HashRates;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.NegotiatedSetup;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenMiningChannelError;
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
/// OpenChannel ── no work yet ──▶ waiting ── first work ──▶ Success, jobs
///            │                      └── too long, too many ──▶ OpenMiningChannel.Error
///            └── work there ──▶ Success, jobs
/// share ──▶ verdict to the backend, that passes on a block ──▶ credited? acknowledged with others
///                                                          └─▶ refused?  SubmitShares.Error at once
/// ```
/// A miner that does not take what is sent gets the newest work once it does, and nothing of what was in between.
final class MiningPeer implements PeerHandler<MiningToServer, MiningToClient> {
    private final Downstream<MiningToClient> peer;
    private final MiningServer server;
    private final MiningBackend backend;
    private final ServerChannels channels;
    private final WaitingOpens waiting;
    private final RefusedShares refused;
    private final FruitlessMessages fruitless = new FruitlessMessages();
    /// The last of each channel that came while there was newer work.
    private final SequencedMap<Long, UpdateChannel> statements = new LinkedHashMap<>();

    private Work work;
    private Target hardest;
    private HashRates hashRates = HashRates.NONE;

    MiningPeer(Downstream<MiningToClient> peer, MiningServer server) {
        this.peer = peer;
        this.server = server;
        backend = server.backend();
        ServerPolicy policy = server.terms().policy();
        NegotiatedSetup setup = peer.info().setup();
        work = backend.work();
        hardest = backend.hardest();
        channels = new ServerChannels(
                policy.withTargets(policy.targets().withHardest(hardest)),
                MiningFlags.of(setup.clientFlags(), setup.serverFlags()),
                server.leases(),
                work);
        waiting = new WaitingOpens(policy.channelsMax(), server.terms().openWait());
        refused = new RefusedShares(server.role(), address(), id().toString(), server.events());
    }

    @Override
    public Effect<MiningToClient> onOpen() {
        return newest();
    }

    @Override
    public Effect<MiningToClient> onMessage(MiningToServer message) {
        Effect<MiningToClient> answer = answer(message);
        return fruitless.verdict().map(why -> answer.then(Effect.close(why))).orElse(answer);
    }

    private Effect<MiningToClient> answer(MiningToServer message) {
        return switch (message) {
            case OpenStandardMiningChannel request -> onOpenRequest(request, request.requestId());
            case OpenExtendedMiningChannel request -> onOpenRequest(request, request.requestId());
            case UpdateChannel request -> Effect.reply(onUpdate(request));
            case CloseChannel request -> {
                var closed = channels.close(request.channelId());
                if (closed.isEmpty()) {
                    fruitless.fruitless(nanoTime());
                }
                closed.forEach(channel -> statements.remove(channel.id()));
                reportHashRate();
                yield Effect.none();
            }
            case SubmitSharesStandard share -> onVerdict(channels.submit(share, now()));
            case SubmitSharesExtended share -> onVerdict(channels.submit(share, peer.extensions(), now()));
            case SetCustomMiningJob request -> {
                fruitless.fruitless(nanoTime());
                yield Effect.reply(channels.refusal(request));
            }
        };
    }

    @Override
    public Effect<MiningToClient> onWritable() {
        return newest();
    }

    @Override
    public void onClose(CloseReason reason) {
        channels.closeAll();
        reportHashRate();
        refused.flush();
    }

    /// There may be newer work, or another bound on targets.
    Effect<MiningToClient> newest() {
        if (!peer.isWritable()) {
            return openWaiting();
        }
        Work next = backend.work();
        boolean news = isBehind(next);
        if (news && !channels.fits(next)) {
            return Effect.close(new CloseReason.Local("new work has extranonces of other sizes; connect again"));
        }
        List<MiningToClient> messages = new ArrayList<>(targets(backend.hardest()));
        if (news) {
            work = next;
            messages.addAll(channels.work(next));
            messages.addAll(takeStatements());
            reportHashRate();
        }
        return Effect.all(messages.stream().map(server.frames()::effect).toList())
                .then(openWaiting());
    }

    /// Some seconds have passed.
    Effect<MiningToClient> tick() {
        Instant now = now();
        refused.flush();
        List<MiningToClient> messages = new ArrayList<>(channels.acknowledgementsDue(now));
        if (!isBehind(backend.work())) {
            messages.addAll(channels.retarget(now));
        }
        reportHashRate();
        messages.addAll(expireWaiting(now));
        return Effect.reply(messages);
    }

    /// Everything that still waits to be acknowledged: the server is going to stop.
    Effect<MiningToClient> acknowledgeAll() {
        return Effect.reply(channels.acknowledgementsDue(Instant.MAX));
    }

    private Effect<MiningToClient> onOpenRequest(MiningToServer request, long requestId) {
        if (canOpen()) {
            return Effect.reply(open(request));
        }
        List<MiningToClient> refusal = waiting.add(request, requestId, now());
        countOpening(refusal);
        return Effect.reply(refusal);
    }

    private Effect<MiningToClient> openWaiting() {
        if (waiting.isEmpty() || !canOpen()) {
            return Effect.none();
        }
        return Effect.reply(waiting.takeAll().stream()
                .flatMap(request -> open(request).stream())
                .toList());
    }

    private List<MiningToClient> expireWaiting(Instant now) {
        List<MiningToClient> refusals = waiting.expire(now);
        if (!refusals.isEmpty()) {
            String wait = server.terms().openWait().toSeconds() + " s";
            server.events()
                    .on(new RoleEvent.PeerWarning(
                            server.role(),
                            address(),
                            refusals.size() + " channels refused to " + id() + ": no work came within " + wait));
        }
        return refusals;
    }

    /// A request that waits counts once it is answered.
    private void countOpening(List<MiningToClient> answer) {
        if (answer.stream().anyMatch(OpenMiningChannelError.class::isInstance)) {
            fruitless.fruitless(nanoTime());
        } else if (!answer.isEmpty()) {
            fruitless.fruitful();
        }
    }

    private List<MiningToClient> onUpdate(UpdateChannel request) {
        fruitless.fruitless(nanoTime());
        if (isBehind(backend.work()) && channels.channel(request.channelId()).isPresent()) {
            statements.putLast(request.channelId(), request);
            return List.of();
        }
        List<MiningToClient> answer = channels.update(request, now());
        reportHashRate();
        return answer;
    }

    private List<MiningToClient> takeStatements() {
        List<MiningToClient> out = new ArrayList<>();
        statements.values().forEach(request -> out.addAll(channels.update(request, now())));
        statements.clear();
        return out;
    }

    /// Whether other miners may have newer work, which this one may know from them though it does not take it here. No
    /// statement and no share changes a target then.
    private boolean isBehind(Work newest) {
        return !newest.equals(work) && newest.active().isPresent();
    }

    private boolean canOpen() {
        return work.active().isPresent() && backend.isOpen();
    }

    private List<MiningToClient> open(MiningToServer request) {
        List<MiningToClient> answer = switch (request) {
            case OpenStandardMiningChannel standard -> channels.open(standard, backend.payout(), now());
            case OpenExtendedMiningChannel extended -> channels.open(extended, backend.payout(), now());
            default -> throw new IllegalArgumentException("opens no channel: " + request);
        };
        countOpening(answer);
        reportHashRate();
        return answer;
    }

    private Effect<MiningToClient> onVerdict(ShareVerdict found) {
        ShareVerdict verdict = backend.onShare(id(), found);
        return switch (verdict.credit()) {
            case Credited(double difficulty) -> {
                server.shares().credited(difficulty);
                fruitless.fruitful();
                yield Effect.reply(channels.acknowledge(verdict, now()).stream().toList());
            }
            case Refused(ErrorCode code) -> {
                server.shares().refused(code);
                fruitless.fruitless(nanoTime());
                refused.add(code.code(), () -> line(verdict, code));
                yield Effect.reply(verdict.error().stream().toList());
            }
        };
    }

    private RoleEvent.ShareRejected line(ShareVerdict verdict, ErrorCode code) {
        var channel = channels.channel(verdict.channelId());
        String name = "channel " + verdict.channelId() + " of " + id()
                + channel.map(open -> ", " + PeerInfo.shown(open.userIdentity().text()))
                        .orElse("")
                + verdict.worker()
                        .map(worker -> ", worker " + PeerInfo.shown(worker.text()))
                        .orElse("");
        String hashed = verdict.solution()
                .map(solution -> ", hash " + solution.hash() + ", time "
                        + solution.header().time() + ", version 0x"
                        + Long.toHexString(solution.header().version()))
                .orElse("");
        String wanted = verdict.target()
                .map(target ->
                        ", difficulty wanted " + (float) target.difficulty().value())
                .orElse("");
        String detail = "sequence number " + verdict.sequenceNumber() + hashed + wanted;
        return new RoleEvent.ShareRejected(server.role(), address(), name, code.code(), detail);
    }

    private List<MiningToClient> targets(Target bound) {
        if (bound.equals(hardest)) {
            return List.of();
        }
        hardest = bound;
        return channels.targets(server.terms().policy().targets().withHardest(bound), now());
    }

    private void reportHashRate() {
        HashRates newest = channels.hashRates(now());
        if (!newest.equals(hashRates)) {
            hashRates = newest;
            backend.onHashRate(id(), newest);
        }
    }

    private String address() {
        return ServiceEvents.text(peer.info().remoteAddress());
    }

    private ConnectionId id() {
        return peer.info().id();
    }

    private long nanoTime() {
        return peer.lane().nanoTime();
    }

    private Instant now() {
        return peer.lane().now();
    }
}
