package org.stratumj.app.pool;

import org.stratumj.bitcoin.Hash256;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.template.SubmitSolution;

/// From the mining server to the template client: a block that a miner found.
///
/// @param hash     of its header
/// @param prevHash the block it builds on
/// @param jobId    the job it solves, U32
/// @param message  what the template provider needs to rebuild it
record FoundBlock(Hash256 hash, Hash256 prevHash, long jobId, SubmitSolution message) {

    /// The block in a solution to a job from a template.
    ///
    /// @throws java.util.NoSuchElementException if the job came from elsewhere
    static FoundBlock of(Solution solution) {
        return new FoundBlock(
                solution.hash(),
                solution.header().prevHash(),
                solution.job().id(),
                solution.toTemplateProvider().orElseThrow());
    }

    /// What to submit where the template goes by another id.
    SubmitSolution message(long templateId) {
        return new SubmitSolution(
                templateId, message.version(), message.headerTimestamp(), message.headerNonce(), message.coinbaseTx());
    }
}
