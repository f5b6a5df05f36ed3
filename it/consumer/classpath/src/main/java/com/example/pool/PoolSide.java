package com.example.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.share.Credit;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.UpdateChannel;

/// A pool's side of one connection, without a socket: a message and the time go in, messages come out.
final class PoolSide {
    final List<Solution> blocks = new ArrayList<>();
    final List<ShareVerdict> journal = new ArrayList<>();

    private final Payout payout;
    private final ServerChannels channels;

    PoolSide(ServerPolicy policy, ExtranonceLeases leases, Payout payout, Work work) {
        this.payout = payout;
        channels = new ServerChannels(policy, MiningFlags.NONE, leases, work);
    }

    List<? extends MiningToClient> on(MiningToServer message, Instant now) {
        return switch (message) {
            case OpenStandardMiningChannel open -> channels.open(open, payout, now);
            case OpenExtendedMiningChannel open -> channels.open(open, payout, now);
            case UpdateChannel update -> channels.update(update, now);
            case SubmitSharesStandard share -> judged(channels.submit(share, now), now);
            case SubmitSharesExtended share -> judged(channels.submit(share, now), now);
            case SetCustomMiningJob job -> List.of(channels.refusal(job));
            case CloseChannel close -> {
                channels.close(close.channelId());
                yield List.of();
            }
        };
    }

    private List<? extends MiningToClient> judged(ShareVerdict verdict, Instant now) {
        verdict.block().ifPresent(blocks::add); // published first: a block counts even without credit
        return switch (verdict.credit()) {
            case Credit.Refused _ -> verdict.error().stream().toList();
            case Credit.Credited _ -> {
                journal.add(verdict); // durable before the client is told
                yield channels.acknowledge(verdict, now).stream().toList();
            }
        };
    }

    List<MiningToClient> onTimer(Instant now) {
        List<MiningToClient> messages = new ArrayList<>(channels.retarget(now));
        messages.addAll(channels.acknowledgementsDue(now));
        return messages;
    }

    List<MiningToClient> onWork(Work newest) {
        return channels.work(newest);
    }

    void onClose() {
        channels.closeAll();
    }
}
