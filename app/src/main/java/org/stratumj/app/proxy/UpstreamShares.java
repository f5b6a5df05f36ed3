package org.stratumj.app.proxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.LongAdder;
import org.stratumj.app.mining.Reasons;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.PendingShares;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.mining.SubmitSharesExtended;

/// The books on what was passed up: each share ends as accepted, refused with a reason in the log, or unanswered.
///
/// The figures may be read by any thread; all else belongs to the lane of the upstream connection, whose time is in
/// nanoseconds.
final class UpstreamShares {
    /// The most shares of which it is remembered who found them.
    static final int ORIGINS_MAX = PendingShares.PENDING_MAX;

    private final RoleEvents events;
    private final LongAdder accepted = new LongAdder();
    private final Reasons refused = new Reasons();
    private final SequencedMap<Long, Origin> origins = new LinkedHashMap<>();
    private String upstream = "";
    private UpstreamRefusals refusals;

    private record Origin(ConnectionId miner, long channelId, Hash256 hash, boolean block) {
        @Override
        public String toString() {
            return ", found on channel " + channelId + " of " + miner + ", " + (block ? "which makes block " : "hash ")
                    + hash;
        }
    }

    UpstreamShares(RoleEvents events) {
        this.events = events;
        refusals = new UpstreamRefusals(upstream, events, 0);
    }

    /// A connection begins, and with it the numbers of shares.
    ///
    /// @param name of the upstream in the log
    void begin(String name, long now) {
        upstream = name;
        refusals = new UpstreamRefusals("upstream at " + name, events, now);
        origins.clear();
    }

    /// A share is on its way.
    void passedUp(SubmitSharesExtended message, FoundShare share) {
        origins.putLast(
                message.sequenceNumber(),
                new Origin(
                        share.miner(),
                        share.verdict().channelId(),
                        share.hash(),
                        share.verdict().isBlock()));
        if (origins.size() > ORIGINS_MAX) {
            origins.pollFirstEntry();
        }
    }

    void onTip(long now) {
        refusals.onTip(now);
    }

    /// The shares that wait for an answer are the newest, so those before them are the ones accepted.
    void accepted(ClientEvent.SharesAccepted event) {
        accepted.add(event.count());
        long left = event.count();
        while (origins.size() > event.channel().shares().pending()) {
            Origin origin = origins.pollFirstEntry().getValue();
            if (left > 0) {
                left--;
                refusals.accepted(Optional.of(origin.miner()), 1);
            }
        }
        refusals.accepted(Optional.empty(), left);
    }

    /// The miner has its acknowledgement already, so all that is left is to tell the operator.
    void refused(ClientEvent.ShareRefused event, long now) {
        String code = event.code().text();
        refused.add(code);
        Origin origin = origins.remove(event.sequenceNumber());
        Optional<ConnectionId> miner = Optional.ofNullable(origin).map(Origin::miner);
        String share = "sequence number " + event.sequenceNumber() + (origin == null ? "" : origin.toString());
        refusals.refused(code, miner, share, now);
        if (origin != null && origin.block()) {
            events.on(new RoleEvent.Warning(
                    ProxyRole.NAME,
                    "upstream at " + upstream + " refused the share that makes block " + origin.hash() + ": "
                            + PeerInfo.shown(code) + "; the next tips show what became of the block"));
        }
    }

    /// Reports refusals, a line per interval; to be called every second or so.
    ///
    /// @return what it refused, if the upstream should be left
    Optional<String> tick(long now) {
        return refusals.tick(now);
    }

    /// The connection is gone, and with it the answers to come.
    void end(PendingShares shares) {
        refusals.flush();
        if (shares.pending() > 0) {
            events.on(new RoleEvent.Note(
                    ProxyRole.NAME, shares.pending() + " shares were not answered by the upstream at " + upstream));
        }
    }

    /// Shares that upstreams accepted since the start. Any thread.
    long accepted() {
        return accepted.sum();
    }

    /// Shares that upstreams refused since the start, by reason. Any thread.
    Map<String, Long> refused() {
        return refused.counts();
    }
}
