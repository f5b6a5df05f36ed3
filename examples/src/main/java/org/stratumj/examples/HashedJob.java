package org.stratumj.examples;

import java.util.Optional;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.miner.MerkleRoots;
import org.stratumj.miner.Solution;
import org.stratumj.miner.Work;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlvs;

/// What a channel gives to mine, in the terms of what hashes, and back.
final class HashedJob {
    private HashedJob() {}

    static Work of(MiningWork work) {
        MiningJob job = work.job();
        return new Work(
                job.id(),
                job.version(),
                job.versionRollingAllowed() ? Work.BIP320_MASK : 0,
                work.tip().prevHash(),
                roots(job),
                work.nTimeStart(),
                work.tip().nBits(),
                target(work));
    }

    /// A block is worth finding also where the target for shares is harder.
    static Target target(MiningWork work) {
        Target block = work.tip().target();
        return work.target().compareTo(block) >= 0 ? work.target() : block;
    }

    /// The share for what was found; nothing if the channel knows it to be late.
    static Optional<? extends MiningToServer> share(ClientChannel channel, Solution found) {
        var header = found.header();
        long job = found.work().id();
        return switch (channel) {
            case StandardClientChannel it -> it.submit(job, header.nonce(), header.time(), header.version());
            case ExtendedClientChannel it -> {
                var extranonce = Bytes.of(found.extranonce().bytes());
                yield it.submit(job, header.nonce(), header.time(), header.version(), extranonce, Tlvs.NONE);
            }
        };
    }

    private static MerkleRoots roots(MiningJob job) {
        return switch (job) {
            case MiningJob.StandardJob standard -> MerkleRoots.fixed(standard.merkleRoot());
            case MiningJob.ExtendedJob extended ->
                MerkleRoots.rolled(
                        extended.coinbase()
                                .prefix()
                                .concat(extended.extranoncePrefix())
                                .bytes(),
                        extended.extranonceSize(),
                        extended.coinbase().suffix().bytes(),
                        extended.merklePath());
        };
    }
}
