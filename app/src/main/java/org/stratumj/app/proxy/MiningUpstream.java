package org.stratumj.app.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.BlockKeeper;
import org.stratumj.app.block.Fate;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.proxy.UpstreamChannel;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.NegotiatedSetup;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.Effect;
import org.stratumj.service.Link;
import org.stratumj.service.Sv2MiningClientHandler;
import org.stratumj.service.Upstream;

/// The proxy towards its upstream: one extended channel for all miners.
///
/// ```text
/// up ── OpenExtendedMiningChannel ──▶ opening ── Success ──▶ open ── first job on a tip ──▶ working
///                                       └── error, CloseChannel, no work in time ──▶ closed, the next upstream
/// ```
/// On the lane of the present connection, except where it says otherwise. Spec: 05 §5.1.2.1.
final class MiningUpstream implements Sv2MiningClientHandler {
    private static final Str0255 LEAVING = Str0255.of("client-shutdown");

    private final ProxyConfig config;
    private final UpstreamFeed feed;
    private final Hashrates hashrates;
    private final OwnBlocks blocks;
    private final BlockKeeper keeper;
    private final Link<Supply> toMiners;
    private final RoleEvents events;
    private final UpstreamShares shares;

    private volatile @Nullable Upstream<MiningToServer> upstream;
    private volatile Optional<ChainHead> head = Optional.empty();
    private ClientChannels channels = new ClientChannels(MiningFlags.NONE);
    private float nominalHashRate;

    MiningUpstream(
            ProxyConfig config,
            UpstreamFeed feed,
            Hashrates hashrates,
            OwnBlocks blocks,
            BlockKeeper keeper,
            Link<Supply> toMiners,
            RoleEvents events) {
        this.config = config;
        this.feed = feed;
        this.hashrates = hashrates;
        this.blocks = blocks;
        this.keeper = keeper;
        this.toMiners = toMiners;
        this.events = events;
        shares = new UpstreamShares(events);
    }

    /// The books on what was passed up.
    UpstreamShares shares() {
        return shares;
    }

    /// The tip; empty before the first work. Any thread.
    Optional<ChainHead> head() {
        return head;
    }

    @Override
    public long requestedFlags() {
        return config.terms().versionRolling() ? MiningFlags.REQUIRES_VERSION_ROLLING : 0;
    }

    @Override
    public long acceptedServerFlags() {
        return MiningFlags.REQUIRES_EXTENDED_CHANNELS
                | (config.terms().versionRolling() ? 0 : MiningFlags.REQUIRES_FIXED_VERSION);
    }

    @Override
    public Effect<MiningToServer> onUp(Upstream<MiningToServer> connected) {
        NegotiatedSetup setup = connected.info().setup();
        channels = new ClientChannels(MiningFlags.of(setup.clientFlags(), setup.serverFlags()));
        upstream = connected;
        shares.begin(ServiceEvents.text(connected.info()), connected.lane().nanoTime());
        connected.lane().schedule(() -> leaveUnlessWorking(connected), config.workDeadline());
        tickLater(connected);
        nominalHashRate = (float) hashrates.stated(connected.lane().now());
        return Effect.reply(
                channels.openExtended(config.userIdentity(), nominalHashRate, Target.MAX, config.minExtranonceSize()));
    }

    @Override
    public Effect<MiningToServer> onMessage(MiningToClient message) {
        try {
            Effect<MiningToServer> effect = Effect.none();
            for (ClientEvent event : channels.on(message)) {
                effect = effect.then(on(event));
            }
            return effect;
        } catch (PeerViolationException e) {
            return Effect.close(new CloseReason.ProtocolViolation(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void onDown(CloseReason reason) {
        upstream = null;
        feed.channel().ifPresent(channel -> shares.end(channel.shares()));
        feed.close().ifPresent(toMiners::offer);
    }

    /// A miner found a share that may be worth something here. Any thread.
    void onFound(FoundShare share) {
        Upstream<MiningToServer> up = upstream;
        if (up == null) {
            share.lost("the upstream is gone, and with it the job").ifPresent(events::on);
        } else {
            up.lane().execute(() -> passUp(up, share));
        }
    }

    /// Closes the channel, since the proxy is going to stop. Any thread. Spec: 05 §5.3.9.
    void leave() {
        Upstream<MiningToServer> up = upstream;
        if (up != null) {
            up.lane().execute(() -> {
                if (isPresent(up)) {
                    feed.channel()
                            .flatMap(channel -> channels.close(channel.id(), LEAVING))
                            .ifPresent(up::send);
                }
            });
        }
    }

    private Effect<MiningToServer> on(ClientEvent event) {
        return switch (event) {
            case ClientEvent.Opened(var channel, var _) -> onOpened((ExtendedClientChannel) channel);
            case ClientEvent.OpenRefused(var _, var code) ->
                leaving("it refused the channel: " + PeerInfo.shown(code.text()));
            case ClientEvent.Closed(var _, var reason) ->
                leaving("it closed the channel: " + PeerInfo.shown(reason.text()));
            case ClientEvent.WorkChanged(var _, var work, var newTip) -> {
                checkStart(work);
                if (newTip) {
                    onTip(ChainHead.of(work));
                }
                yield feed(event);
            }
            case ClientEvent.FutureJob _, ClientEvent.PrefixChanged _, ClientEvent.TargetChanged _ -> feed(event);
            case ClientEvent.SharesAccepted accepted -> {
                shares.accepted(accepted);
                yield Effect.none();
            }
            case ClientEvent.ShareRefused refused -> {
                shares.refused(refused, now());
                yield Effect.none();
            }
            case ClientEvent.UpdateRefused(var _, var code) -> {
                note("the upstream " + id() + " refused our hash rate: " + PeerInfo.shown(code.text()));
                yield Effect.none();
            }
            // Nobody asks for custom jobs here.
            case ClientEvent.CustomJobAccepted _, ClientEvent.CustomJobRefused _ -> Effect.none();
        };
    }

    /// No share of a job that starts too late is good here, nor any block of it for a node.
    private void checkStart(MiningWork work) {
        Duration ahead = SharePolicy.CONSENSUS_AHEAD_MAX;
        Instant now = Objects.requireNonNull(upstream).lane().now();
        if (work.nTimeStart() > now.plus(ahead).getEpochSecond()) {
            throw new PeerViolationException("min_ntime %d of job %d is more than %d minutes ahead of the clock here"
                    .formatted(work.nTimeStart(), work.job().id(), ahead.toMinutes()));
        }
    }

    private Effect<MiningToServer> onOpened(ExtendedClientChannel channel) {
        feed.open(channel, nominalHashRate);
        note("channel %d of %s is open upstream: extranonce of %d + %d bytes, difficulty %s"
                .formatted(channel.id(), id(), channel.extranoncePrefix().size(), channel.extranonceSize(), (float)
                        channel.target().difficulty().value()));
        return Effect.none();
    }

    private Effect<MiningToServer> feed(ClientEvent event) {
        return feed.on(event)
                .map(supply -> Effect.<MiningToServer, Supply>tell(toMiners, supply))
                .orElseGet(Effect::none);
    }

    private void onTip(ChainHead tip) {
        shares.onTip(now());
        String hash = tip.hash().toString();
        if (blocks.onTip(tip.hash())) {
            keeper.settle(tip.hash(), Fate.ACCEPTED);
            events.on(new RoleEvent.BlockAccepted(ProxyRole.NAME, hash, tip.height()));
        }
        for (Hash256 gone : blocks.takeGone()) {
            keeper.settle(gone, Fate.GIVEN_UP);
            events.on(new RoleEvent.Warning(
                    ProxyRole.NAME,
                    "block %s is given up: it is not in the chain %d tips later".formatted(gone, OwnBlocks.TIPS_KEPT)));
        }
        if (!head.equals(Optional.of(tip))) {
            head = Optional.of(tip);
            events.on(new RoleEvent.TipChanged(ProxyRole.NAME, tip.height(), hash));
        }
    }

    private void passUp(Upstream<MiningToServer> up, FoundShare share) {
        Optional<SubmitSharesExtended> message = isPresent(up) ? feed.forward(share.verdict()) : Optional.empty();
        if (message.isEmpty()) {
            share.lost("the upstream does not know its job any more").ifPresent(events::on);
            return;
        }
        shares.passedUp(message.get(), share);
        up.send(message.get());
    }

    private void tickLater(Upstream<MiningToServer> up) {
        up.lane().schedule(() -> tick(up), UpstreamChannel.UPDATE_INTERVAL);
    }

    private void tick(Upstream<MiningToServer> up) {
        if (isPresent(up)) {
            tickLater(up); // first, so that a failure does not end the ticks
            shares.tick(up.lane().nanoTime()).ifPresent(refused -> onRefusals(up, refused));
            feed.update(hashrates.stated(up.lane().now()), up.lane().now()).ifPresent(up::send);
        }
    }

    /// The upstream refuses too much of what miners were credited for.
    private void onRefusals(Upstream<MiningToServer> up, String refused) {
        if (config.upstreams().size() > 1) {
            up.close(new CloseReason.Local("it " + refused));
        } else {
            events.on(new RoleEvent.Warning(
                    ProxyRole.NAME,
                    "upstream at " + ServiceEvents.text(up.info()) + " " + refused
                            + "; it is kept, since --upstream names no other"));
        }
    }

    private void leaveUnlessWorking(Upstream<MiningToServer> up) {
        if (isPresent(up) && !feed.isWorking()) {
            up.close(new CloseReason.Local(
                    "no work came within " + config.workDeadline().toMillis() + " ms"));
        }
    }

    private Effect<MiningToServer> leaving(String why) {
        return Effect.close(new CloseReason.Local(why));
    }

    /// Whether the connection is the present one, and so its lane the one that all this belongs to.
    private boolean isPresent(Upstream<MiningToServer> up) {
        return up.equals(upstream);
    }

    /// The connection as logs name it.
    private ConnectionId id() {
        return Objects.requireNonNull(upstream).info().id();
    }

    private long now() {
        return Objects.requireNonNull(upstream).lane().nanoTime();
    }

    private void note(String text) {
        events.on(new RoleEvent.Note(ProxyRole.NAME, text));
    }
}
