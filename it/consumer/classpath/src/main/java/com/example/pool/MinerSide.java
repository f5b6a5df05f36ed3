package com.example.pool;

import java.util.List;
import java.util.Optional;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.wire.Str0255;

/// A miner's side of one connection, without a socket.
final class MinerSide {
    long accepted;

    private final ClientChannels channels = new ClientChannels(MiningFlags.NONE);
    private StandardClientChannel channel;
    private MiningWork work;

    OpenStandardMiningChannel open() {
        return channels.openStandard(Str0255.of("worker"), 1_000, Target.MAX);
    }

    void on(List<? extends MiningToClient> messages) {
        messages.forEach(message -> channels.on(message).forEach(this::on));
    }

    private void on(ClientEvent event) {
        switch (event) {
            case ClientEvent.Opened(var opened, _) -> channel = (StandardClientChannel) opened;
            case ClientEvent.WorkChanged(_, var newest, _) -> work = newest;
            case ClientEvent.SharesAccepted(_, var count, _) -> accepted += count;
            default -> {}
        }
    }

    Optional<SubmitSharesStandard> mine() {
        var job = (MiningJob.StandardJob) work.job();
        for (long nonce = 0; nonce < 1 << 20; nonce++) {
            var header = new BlockHeader(
                    job.version(),
                    work.tip().prevHash(),
                    job.merkleRoot(),
                    work.nTimeStart(),
                    work.tip().nBits(),
                    nonce);
            if (channel.isWorthSubmitting(job.id(), header.hash())) {
                return channel.submit(job.id(), nonce, header.time(), header.version());
            }
        }
        return Optional.empty();
    }
}
