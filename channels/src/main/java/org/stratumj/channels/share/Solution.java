package org.stratumj.channels.share;

import java.util.Optional;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobOrigin;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

/// What a miner hashed: a job with an extranonce, under a header. All it takes to pass the work on to whom the
/// job came from.
///
/// @param job        the job
/// @param extranonce the full extranonce
/// @param header     the header
/// @param hash       its hash
public record Solution(Job job, Bytes extranonce, BlockHeader header, Hash256 hash) {
    /// The block for the template provider; empty if the job came from elsewhere. Spec: 07 §7.7.
    public Optional<SubmitSolution> toTemplateProvider() {
        return job.origin() instanceof JobOrigin.Template(long templateId)
                ? Optional.of(new SubmitSolution(
                        templateId,
                        header.version(),
                        header.time(),
                        header.nonce(),
                        Bytes.of(job.coinbase().complete(extranonce))))
                : Optional.empty();
    }
}
