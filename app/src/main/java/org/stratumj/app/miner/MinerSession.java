package org.stratumj.app.miner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.stratumj.app.mining.RefusedShares;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.PeerInfo;
import org.stratumj.miner.Solution;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.Effect;
import org.stratumj.service.Upstream;

/// One connection to a server: its channels, what is hashed for them, what is submitted. Spec: 05.
///
/// ```text
/// OpenChannel ──▶ Success ──▶ jobs ──▶ threads ── solution ──▶ worth submitting? ──▶ SubmitShares
///       │                                                            └─▶ dropped: stale, target changed, too many
///       └──▶ Error, CloseChannel ── another channel open? ──▶ asked for again after a pause
///                                             └─▶ none: the server is left, the next one tried
/// ```
/// For the lane of the connection only, except where it says otherwise.
final class MinerSession {
    /// How often hash rates and deadlines are looked at.
    static final Duration TICK = Duration.ofSeconds(5);

    /// Found blocks that are logged one by one in a tick.
    static final int BLOCK_LINES_MAX = 10;

    private static final Str0255 GOODBYE = Str0255.of("miner stopped");

    private final MinerConfig config;
    private final Upstream<MiningToServer> upstream;
    private final MinerCounts counts;
    private final LongSupplier workIds;
    private final RoleEvents events;
    private final ClientChannels channels;
    private final RefusedShares refused;
    private final RefusedShares refusedBlocks;
    private final RefusalStreak streak;
    private final CandidateGate gate = new CandidateGate();
    private final List<ChannelSlot> slots = new ArrayList<>();
    private long workSeen;
    private int blocksInTick;
    private volatile boolean ended;
    private volatile int mining;

    /// @param flags   what was settled when the connection was set up
    /// @param workIds gives each work a number of its own in this process
    MinerSession(
            MinerConfig config,
            Upstream<MiningToServer> upstream,
            MiningFlags flags,
            MinerCounts counts,
            LongSupplier workIds,
            RoleEvents events) {
        this.config = config;
        this.upstream = upstream;
        this.counts = counts;
        this.workIds = workIds;
        this.events = events;
        channels = new ClientChannels(flags);
        refused = refusedShares();
        refusedBlocks = refusedShares();
        streak = new RefusalStreak(config.channel());
    }

    /// Asks for a channel for each hasher.
    Effect<MiningToServer> open(List<Hasher> hashers) {
        if (ended) {
            return Effect.none();
        }
        hashers.forEach(hasher -> slots.add(new ChannelSlot(config, hasher)));
        workSeen = now();
        tickLater();
        return Effect.reply(slots.stream().map(slot -> slot.request(channels)).toList());
    }

    Effect<MiningToServer> onMessage(MiningToClient message) {
        if (ended) {
            return Effect.none();
        }
        try {
            Effect<MiningToServer> effect = Effect.none();
            for (ClientEvent event : channels.on(message)) {
                effect = effect.then(on(event));
            }
            mining = (int) slots.stream().filter(ChannelSlot::hasWork).count();
            return effect;
        } catch (PeerViolationException e) {
            return Effect.close(new CloseReason.ProtocolViolation(String.valueOf(e.getMessage())));
        }
    }

    /// Takes what the threads found. Any thread.
    void offer(Solution solution) {
        if (!ended && gate.enter(() -> isBlock(solution))) {
            upstream.lane().execute(() -> {
                gate.leave();
                submit(solution);
            });
        }
    }

    /// Closes the channels: the miner stops. Spec: 05 §5.3.9. Any thread.
    void close() {
        upstream.lane().execute(() -> {
            List<Long> ids = channels.channels().stream().map(ClientChannel::id).toList();
            ids.forEach(id -> channels.close(id, GOODBYE).ifPresent(upstream::send));
            end();
        });
    }

    /// The connection is gone, or going to be: nothing more is hashed for it.
    void end() {
        ended = true;
        mining = 0;
        slots.forEach(ChannelSlot::idle);
        flushLog();
    }

    /// One line about what is missing, empty if all channels have work. Any thread.
    String note() {
        int present = mining;
        if (present == config.channels()) {
            return "";
        }
        return present == 0 ? "waiting for work" : present + " of " + config.channels() + " channels have work";
    }

    /// The server's address, as it is connected. Any thread.
    Upstream<MiningToServer> upstream() {
        return upstream;
    }

    private Effect<MiningToServer> on(ClientEvent event) {
        return switch (event) {
            case ClientEvent.Opened(ClientChannel channel, long requestId) -> {
                asked(requestId).ifPresent(slot -> opened(slot, channel));
                yield Effect.none();
            }
            case ClientEvent.OpenRefused(long requestId, Str0255 code) ->
                vacated(asked(requestId), "the server refused a channel: " + PeerInfo.shown(code.text()));
            case ClientEvent.Closed(ClientChannel channel, Str0255 reason) ->
                vacated(slot(channel), "the server closed " + name(channel) + ": " + PeerInfo.shown(reason.text()));
            case ClientEvent.WorkChanged changed -> {
                mine(changed);
                yield Effect.none();
            }
            case ClientEvent.TargetChanged(ClientChannel channel, Target target) -> {
                mined(channel).ifPresent(mined -> mined.retarget(now()));
                yield Effect.none();
            }
            case ClientEvent.SharesAccepted(ClientChannel channel, long count, long difficulty) -> {
                counts.accepted(count);
                streak.end();
                yield Effect.none();
            }
            case ClientEvent.ShareRefused(ClientChannel channel, long sequenceNumber, Str0255 code) -> {
                refused(channel, sequenceNumber, code.text());
                yield Effect.none();
            }
            case ClientEvent.UpdateRefused(ClientChannel channel, Str0255 code) -> {
                note("the server refused the new hash rate of " + name(channel) + ": " + PeerInfo.shown(code.text()));
                yield Effect.none();
            }
            case ClientEvent.FutureJob _, ClientEvent.PrefixChanged _ -> Effect.none(); // the next work has them
            case ClientEvent.CustomJobAccepted _, ClientEvent.CustomJobRefused _ -> Effect.none(); // never asked for
        };
    }

    private void opened(ChannelSlot slot, ClientChannel channel) {
        slot.open(channel, now());
        note("%s open, difficulty %s"
                .formatted(name(channel), (float) channel.target().difficulty().value()));
    }

    /// A channel was refused or closed.
    private Effect<MiningToServer> vacated(Optional<ChannelSlot> gone, String what) {
        gone.ifPresent(slot -> slot.vacate(now()));
        if (slots.stream().allMatch(ChannelSlot::isVacant)) {
            return Effect.close(new CloseReason.Local(what));
        }
        note(what + "; asking again in " + ChannelSlot.REOPEN_PAUSE.toSeconds() + " s");
        return Effect.none();
    }

    private void mine(ClientEvent.WorkChanged changed) {
        mined(changed.channel()).ifPresent(channel -> channel.assign(workIds.getAsLong(), changed.work(), now()));
        if (changed.newTip() && counts.onTip(changed.work().tip().prevHash())) {
            note("block accepted: " + changed.work().tip().prevHash());
        }
    }

    private void submit(Solution solution) {
        if (ended) {
            return;
        }
        mined().flatMap(channel -> channel.submit(solution, now()).stream()).forEach(this::submit);
    }

    private void submit(Submission share) {
        upstream.send(share.message());
        if (share.block()) {
            counts.found(share.hash());
            blocksInTick++;
            if (blocksInTick <= BLOCK_LINES_MAX) {
                events.on(new RoleEvent.BlockFound(MinerRole.NAME, share.hash().toString()));
            }
        }
    }

    private void refused(ClientChannel channel, long sequenceNumber, String code) {
        counts.refused(code);
        Optional<Submission> share = mined(channel).flatMap(mined -> mined.answered(sequenceNumber));
        String detail = share.map(Submission::text).orElse("sequence number " + sequenceNumber);
        RefusedShares log = share.stream().anyMatch(Submission::block) ? refusedBlocks : refused;
        log.add(code, () -> new RoleEvent.ShareRejected(MinerRole.NAME, address(), name(channel), code, detail));
        if (share.map(Submission::share).orElse(true)) {
            streak.refused(code, now());
        }
    }

    private void tickLater() {
        upstream.lane().schedule(this::tick, TICK);
    }

    private void tick() {
        if (ended) {
            return;
        }
        tickLater(); // first, so that a failure does not end the ticks
        flushLog();
        slots.forEach(this::tick);
        leaveIfAllIsRefused();
        if (slots.stream().anyMatch(ChannelSlot::hasWork)) {
            workSeen = now();
        } else if (now() - workSeen >= config.workDeadline().toNanos()) {
            upstream.close(new CloseReason.Local(
                    "the server gave no work within " + config.workDeadline().toMillis() + " ms"));
        }
    }

    private void flushLog() {
        refused.flush();
        refusedBlocks.flush();
        if (blocksInTick > BLOCK_LINES_MAX) {
            note(blocksInTick - BLOCK_LINES_MAX + " more blocks found: the network's target is easy to meet");
        }
        blocksInTick = 0;
        long dropped = gate.takeDropped()
                + mined().mapToLong(MinedChannel::takeTooMany).sum();
        if (dropped > 0) {
            note(dropped
                    + " candidates dropped: the target is so easy that they come faster than they may be submitted");
        }
    }

    private void leaveIfAllIsRefused() {
        long unanswered =
                mined().mapToLong(mined -> mined.channel().shares().pending()).sum();
        streak.verdict(unanswered, now()).ifPresent(why -> {
            streak.end();
            events.on(new RoleEvent.Warning(MinerRole.NAME, why));
            upstream.close(new CloseReason.Local("the server accepts no share"));
        });
    }

    private void tick(ChannelSlot slot) {
        slot.mined().ifPresent(mined -> mined.retarget(now()));
        if (slot.isDue(now())) {
            upstream.send(slot.request(channels));
        }
        slot.update(now()).ifPresent(upstream::send);
    }

    private Optional<ChannelSlot> asked(long requestId) {
        return slots.stream().filter(slot -> slot.asked(requestId)).findFirst();
    }

    private Optional<ChannelSlot> slot(ClientChannel channel) {
        return slots.stream().filter(slot -> slot.mines(channel)).findFirst();
    }

    private Stream<MinedChannel> mined() {
        return slots.stream().flatMap(slot -> slot.mined().stream());
    }

    private Optional<MinedChannel> mined(ClientChannel channel) {
        return slot(channel).flatMap(ChannelSlot::mined);
    }

    private static boolean isBlock(Solution solution) {
        return Target.fromCompact(solution.work().nBits()).isMetBy(solution.hash());
    }

    /// The channel as logs name it.
    private String name(ClientChannel channel) {
        return "channel " + channel.id() + " of " + upstream.info().id();
    }

    private RefusedShares refusedShares() {
        return new RefusedShares(MinerRole.NAME, address(), upstream.info().id().toString(), events);
    }

    private String address() {
        return ServiceEvents.text(upstream.info().remoteAddress());
    }

    private void note(String text) {
        events.on(new RoleEvent.Note(MinerRole.NAME, text));
    }

    private long now() {
        return upstream.lane().nanoTime();
    }
}
