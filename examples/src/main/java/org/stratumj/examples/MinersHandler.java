package org.stratumj.examples;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.Credit;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.vardiff.VardiffPolicy;
import org.stratumj.connection.CloseReason;
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
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.adapter.MiningPeerAdapter;

/// How the mining servers among the examples serve a miner: channels, jobs, verdicts, acknowledgements, and
/// targets that follow the hash rate. Where work comes from and where shares go is theirs.
abstract class MinersHandler implements Sv2MiningServerHandler {
    private final Example example;
    private final ServerPolicy policy;
    private final ExtranonceLeases leases;
    private final Payout payout;
    private volatile Work work;
    private @Nullable ServerContext<MiningToClient> miners;

    /// @param work   to begin with
    /// @param payout what the coinbases of its jobs pay
    MinersHandler(Example example, Work work, Payout payout) {
        this.example = example;
        this.work = work;
        this.payout = payout;
        policy = policy(example.number("shares-per-minute"));
        leases =
                new ExtranonceLeases(work.space().indexSize(), example.network().random()::nextLong);
    }

    /// A share was judged, and the miner is going to be told. Runs on the miner's lane.
    abstract void onShare(ShareVerdict share);

    /// Gives all miners other work. On the service's own lane.
    void announce(Work newest) {
        if (newest.tipNumber() != work.tipNumber()) {
            leases.newTip();
        }
        work = newest;
        Objects.requireNonNull(miners).announce(Miner.class, Miner::newWork);
    }

    /// The work that miners have.
    Work work() {
        return work;
    }

    @Override
    public long supportedFlags() {
        return MiningFlags.REQUIRES_STANDARD_JOBS | MiningFlags.REQUIRES_VERSION_ROLLING;
    }

    @Override
    public void onStart(ServerContext<MiningToClient> context) {
        miners = context;
        context.every(Duration.ofSeconds(5), () -> context.forEach(Miner.class, Miner::retarget));
    }

    @Override
    public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
        return new Miner(peer);
    }

    /// A share of a thousand hashes counts, and each is acknowledged at once: good to look at, not for a pool.
    private static ServerPolicy policy(long sharesPerMinute) {
        TargetPolicy defaults = TargetPolicy.DEFAULT;
        Target easiest = Target.ofExpectedHashes(1000);
        var targets = new TargetPolicy(
                sharesPerMinute, easiest, defaults.hardest(), defaults.hashesPerSecondMax(), defaults.deferral());
        var shares = new SharePolicy(SharePolicy.BIP323_MASK, Duration.ofHours(2), 1, Duration.ofMinutes(1));
        return new ServerPolicy(16, targets, shares, VardiffPolicy.DEFAULT);
    }

    /// One connected miner. Everything here runs on the lane of its connection.
    private final class Miner extends MiningPeerAdapter {
        private final Downstream<MiningToClient> peer;
        private final ServerChannels channels;

        Miner(Downstream<MiningToClient> peer) {
            this.peer = peer;
            var setup = peer.info().setup();
            channels =
                    new ServerChannels(policy, MiningFlags.of(setup.clientFlags(), setup.serverFlags()), leases, work);
        }

        Effect<MiningToClient> newWork() {
            return Effect.reply(channels.work(work));
        }

        Effect<MiningToClient> retarget() {
            return Effect.reply(channels.retarget(now()));
        }

        @Override
        public Effect<MiningToClient> onOpen() {
            return newWork();
        }

        @Override
        protected Effect<MiningToClient> onOpenStandardMiningChannel(OpenStandardMiningChannel request) {
            example.say(request.userIdentity().text() + " opens a standard channel");
            return Effect.reply(channels.open(request, payout, now()));
        }

        @Override
        protected Effect<MiningToClient> onOpenExtendedMiningChannel(OpenExtendedMiningChannel request) {
            example.say(request.userIdentity().text() + " opens an extended channel");
            return Effect.reply(channels.open(request, payout, now()));
        }

        @Override
        protected Effect<MiningToClient> onUpdateChannel(UpdateChannel request) {
            return Effect.reply(channels.update(request, now()));
        }

        @Override
        protected Effect<MiningToClient> onCloseChannel(CloseChannel request) {
            channels.close(request.channelId());
            return Effect.none();
        }

        @Override
        protected Effect<MiningToClient> onSubmitSharesStandard(SubmitSharesStandard share) {
            return judged(channels.submit(share, now()));
        }

        @Override
        protected Effect<MiningToClient> onSubmitSharesExtended(SubmitSharesExtended share) {
            return judged(channels.submit(share, now()));
        }

        @Override
        protected Effect<MiningToClient> onSetCustomMiningJob(SetCustomMiningJob request) {
            return Effect.reply(channels.refusal(request));
        }

        @Override
        public void onClose(CloseReason reason) {
            channels.closeAll();
        }

        private Effect<MiningToClient> judged(ShareVerdict share) {
            onShare(share);
            return switch (share.credit()) {
                case Credit.Credited(double difficulty) -> {
                    example.say("share " + share.sequenceNumber() + " credited, difficulty " + difficulty);
                    yield Effect.reply(
                            channels.acknowledge(share, now()).stream().toList());
                }
                case Credit.Refused(var code) -> {
                    example.say("share " + share.sequenceNumber() + " refused: " + code.code());
                    yield Effect.reply(share.error().stream().toList());
                }
            };
        }

        private Instant now() {
            return peer.lane().now();
        }
    }
}
