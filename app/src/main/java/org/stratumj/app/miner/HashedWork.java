package org.stratumj.app.miner;

import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.miner.MerkleRoots;
import org.stratumj.miner.Work;

/// Turns a channel's work into work for its threads.
final class HashedWork {
    private HashedWork() {}

    /// The headers that the job allows.
    ///
    /// @param id     for solutions to refer to
    /// @param mask   version bits to roll if the job allows it
    /// @param target what is worth finding
    static Work of(long id, MiningWork work, VersionMask mask, Target target) {
        MiningJob job = work.job();
        return new Work(
                id,
                job.version(),
                job.versionRollingAllowed() ? mask.bits() : 0,
                work.tip().prevHash(),
                merkleRoots(job),
                work.nTimeStart(),
                work.tip().nBits(),
                target);
    }

    /// What a share meets, and a block even where the server's target for shares is harder.
    static Target easiest(MiningWork work) {
        Target block = work.tip().target();
        return work.target().compareTo(block) >= 0 ? work.target() : block;
    }

    private static MerkleRoots merkleRoots(MiningJob job) {
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
