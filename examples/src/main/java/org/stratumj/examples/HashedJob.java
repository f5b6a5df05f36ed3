package org.stratumj.examples;

import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.miner.MerkleRoots;
import org.stratumj.miner.Work;

/// What a channel gives to mine, in the terms of what hashes.
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
