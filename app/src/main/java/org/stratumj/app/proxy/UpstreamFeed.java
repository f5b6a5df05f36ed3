package org.stratumj.app.proxy;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Tip;
import org.stratumj.channels.proxy.UpstreamChannel;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlvs;

/// What miners get of one upstream channel after another.
///
/// ```text
/// closed ── open ──▶ open ── first job on a tip ──▶ working
///    ▲                └───────── close ────────────────┘
/// ```
/// For one thread at a time.
final class UpstreamFeed {
    private final int indexSize;
    private final ExtranonceLeases leases;
    /// Of the newest channel; kept when that is closed, for the next to go on from.
    private @Nullable UpstreamChannel channel;
    private boolean open;
    private boolean working;
    private Target easiest = Target.ZERO;

    /// A feed without channel.
    ///
    /// @param indexSize bytes that tell the channels of miners apart
    /// @param leases    told of new tips
    UpstreamFeed(int indexSize, ExtranonceLeases leases) {
        this.indexSize = indexSize;
        this.leases = leases;
    }

    /// A channel was opened.
    ///
    /// @param nominalHashRate what the upstream was told, hashes per second
    void open(ExtendedClientChannel opened, float nominalHashRate) {
        UpstreamChannel before = channel;
        channel = before == null
                ? new UpstreamChannel(opened, indexSize, nominalHashRate)
                : before.successor(opened, nominalHashRate);
        open = true;
        easiest = opened.target();
    }

    /// The channel is gone.
    ///
    /// @return what is left to miners, if it ever gave work
    Optional<Supply> close() {
        Optional<Supply> left = working ? Optional.of(supply().orphaned()) : Optional.empty();
        open = false;
        working = false;
        return left;
    }

    /// The open channel.
    Optional<ExtendedClientChannel> channel() {
        return open ? Optional.of(present().channel()) : Optional.empty();
    }

    /// Whether there is a channel and it has given work.
    boolean isWorking() {
        return working;
    }

    /// Takes an event of the open channel.
    ///
    /// @return all there is to mine from now on, if the event changed it. Before there is a job on a tip it is
    ///     empty: until then miners go on with what they have
    /// @throws PeerViolationException if the upstream must not do that
    Optional<Supply> on(ClientEvent event) {
        boolean changed = switch (event) {
            case ClientEvent.TargetChanged(var _, var target) -> {
                easiest = target.compareTo(easiest) > 0 ? target : easiest;
                yield true;
            }
            case ClientEvent.WorkChanged(var _, var _, var newTip) -> {
                if (newTip) {
                    leases.newTip();
                    easiest = present().channel().target();
                }
                yield present().on(event).isPresent();
            }
            case ClientEvent.PrefixChanged(var of) -> {
                checkPrefix(of.extranoncePrefix());
                yield present().on(event).isPresent();
            }
            default -> present().on(event).isPresent();
        };
        working |= present().work().active().isPresent();
        return changed && working ? Optional.of(supply()) : Optional.empty();
    }

    /// The message that passes a share up, if it is worth something there.
    Optional<SubmitSharesExtended> forward(ShareVerdict verdict) {
        return open ? present().forward(verdict, Tlvs.NONE) : Optional.empty();
    }

    /// The message that tells the upstream another hash rate, if it is time for one.
    Optional<UpdateChannel> update(double hashesPerSecond, Instant now) {
        return open ? present().update(hashesPerSecond, now) : Optional.empty();
    }

    /// Hashes between a miner's target and the upstream's would count there and not be submitted here; hashes between
    /// a miner's target and the network's would be blocks.
    private Supply supply() {
        Target share = present().hardestTarget();
        Target block = present().work().tip().map(Tip::target).orElse(share);
        Target hardest = share.compareTo(block) > 0 ? share : block;
        return new Supply(present().work(), hardest, easiest, true);
    }

    /// Miners have a part of the extranonce whose place in it is settled.
    private void checkPrefix(Bytes prefix) {
        int size = present().work().space().given().size();
        if (prefix.size() != size) {
            throw new PeerViolationException(
                    "SetExtranoncePrefix with " + prefix.size() + " bytes, the channel was opened with " + size);
        }
    }

    private UpstreamChannel present() {
        return Objects.requireNonNull(channel, "no channel was ever open");
    }
}
