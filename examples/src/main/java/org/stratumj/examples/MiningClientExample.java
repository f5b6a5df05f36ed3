package org.stratumj.examples;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.connection.CloseReason;
import org.stratumj.miner.HashEngines;
import org.stratumj.miner.MiningRig;
import org.stratumj.miner.Solution;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2MiningClientHandler;
import org.stratumj.service.Upstream;

/// A CPU miner: opens a channel, hashes for it, submits shares.
public final class MiningClientExample implements Sv2MiningClientHandler {
    static final Map<String, String> OPTIONS = Example.options(
            "to=127.0.0.1:3333 plain=false user=example standard=false threads=1 hashes-per-second=1000000000 shares=0");

    private final Example example;
    private final MiningRig rig;
    private final float hashesPerSecond;
    /// Solutions on their way to the lane: at an easy target threads find them faster than a server wants to hear.
    private final Semaphore waiting = new Semaphore(64);

    private ClientChannels channels = new ClientChannels(MiningFlags.NONE);
    private volatile @Nullable Upstream<MiningToServer> upstream;
    private long accepted;

    private MiningClientExample(Example example) {
        this.example = example;
        var engine = HashEngines.best();
        int threads = Math.clamp(example.number("threads"), 1, MiningRig.THREADS_MAX);
        double limit = Math.max(1, example.number("hashes-per-second"));
        hashesPerSecond = (float) Math.min(limit, engine.hashesPerSecond() * threads);
        rig = MiningRig.start("miner", threads, () -> engine.kind().newEngine(), this::onSolution);
        rig.limit(limit);
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, MiningClientExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        var miner = new MiningClientExample(example);
        Sv2ClientService client = Sv2ClientService.builder(example.network())
                .name("mining-client")
                .mining(List.of(example.server()), miner)
                .listener(example)
                .build();
        client.start();
        return () -> {
            miner.rig.close();
            client.close();
        };
    }

    @Override
    public long requestedFlags() {
        return 0;
    }

    @Override
    public long acceptedServerFlags() {
        return MiningFlags.REQUIRES_FIXED_VERSION | MiningFlags.REQUIRES_EXTENDED_CHANNELS;
    }

    @Override
    public Effect<MiningToServer> onUp(Upstream<MiningToServer> server) {
        upstream = server;
        channels = new ClientChannels(MiningFlags.of(0, server.info().setup().serverFlags()));
        Str0255 user = Str0255.of(example.text("user"));
        return Effect.reply(
                example.flag("standard")
                        ? channels.openStandard(user, hashesPerSecond, Target.MAX)
                        : channels.openExtended(user, hashesPerSecond, Target.MAX, 4));
    }

    @Override
    public Effect<MiningToServer> onMessage(MiningToClient message) {
        try {
            channels.on(message).forEach(this::on);
            return Effect.none();
        } catch (PeerViolationException e) {
            return Effect.close(new CloseReason.ProtocolViolation(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void onDown(CloseReason reason) {
        upstream = null;
        rig.idle();
    }

    private void on(ClientEvent event) {
        switch (event) {
            case ClientEvent.Opened(var channel, var _) -> example.say("channel " + channel.id() + " is open");
            case ClientEvent.OpenRefused(var _, var code) -> example.say("no channel: " + code.text());
            case ClientEvent.WorkChanged(var _, var work, var _) -> mine(work);
            case ClientEvent.TargetChanged(var channel, var _) ->
                channel.work().ifPresent(work -> rig.retarget(HashedJob.target(work)));
            case ClientEvent.SharesAccepted(var _, var count, var _) -> accepted(count);
            case ClientEvent.ShareRefused(var _, var number, var code) ->
                example.say("share " + number + " refused: " + code.text());
            case ClientEvent.Closed(var channel, var reason) -> {
                example.say("channel " + channel.id() + " closed: " + reason.text());
                rig.idle();
            }
            default -> {} // jobs for later, and what nobody asked for here
        }
    }

    private void mine(MiningWork work) {
        example.say("job " + work.job().id() + " on " + work.tip().prevHash());
        rig.assign(HashedJob.of(work));
    }

    /// A thread found something. It is submitted on the lane, which owns the channels.
    private void onSolution(Solution found) {
        Upstream<MiningToServer> server = upstream;
        if (server != null && waiting.tryAcquire()) {
            server.lane().execute(() -> {
                waiting.release();
                channels.channels().stream()
                        .filter(channel ->
                                channel.isWorthSubmitting(found.work().id(), found.hash()))
                        .findFirst()
                        .flatMap(channel -> HashedJob.share(channel, found))
                        .ifPresent(server::send);
            });
        }
    }

    private void accepted(long count) {
        accepted += count;
        example.say(accepted + " shares accepted");
        example.finishAfter("shares", accepted);
    }
}
