package org.stratumj.app.pool;

import java.util.Optional;
import org.stratumj.app.block.BlockParts;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

/// From the mining server to the template client: a block that a miner found.
///
/// @param hash    of its header
/// @param jobId   the job it solves, U32; [#NO_JOB] for a block of an earlier life of the pool
/// @param message what the template provider needs to rebuild it
/// @param parts   the block as far as the pool knows it
record FoundBlock(Hash256 hash, long jobId, SubmitSolution message, BlockParts parts) {
    static final long NO_JOB = -1;

    /// What the template's id follows in a saved block.
    private static final String TEMPLATE = "template ";

    /// The block in a solution to a job from a template.
    ///
    /// @throws java.util.NoSuchElementException if the job came from elsewhere
    static FoundBlock of(Solution solution) {
        SubmitSolution message = solution.toTemplateProvider().orElseThrow();
        BlockParts parts = new BlockParts(
                solution.header(),
                RawTransaction.of(message.coinbaseTx().bytes()),
                solution.job().merklePath(),
                TEMPLATE + Long.toUnsignedString(message.templateId()));
        return new FoundBlock(solution.hash(), solution.job().id(), message, parts);
    }

    /// A block that an earlier life of the pool saved; empty if no template is named.
    static Optional<FoundBlock> of(BlockParts parts) {
        try {
            long templateId = Long.parseUnsignedLong(parts.reference().replaceFirst("^" + TEMPLATE, ""));
            SubmitSolution message = new SubmitSolution(
                    templateId,
                    parts.header().version(),
                    parts.header().time(),
                    parts.header().nonce(),
                    Bytes.of(parts.coinbase().bytes()));
            return Optional.of(new FoundBlock(parts.header().hash(), NO_JOB, message, parts));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The block it builds on.
    Hash256 prevHash() {
        return parts.header().prevHash();
    }

    /// What to submit where the template goes by another id.
    SubmitSolution message(long templateId) {
        return new SubmitSolution(
                templateId, message.version(), message.headerTimestamp(), message.headerNonce(), message.coinbaseTx());
    }

    /// This block on a template of another id.
    FoundBlock at(long templateId) {
        return new FoundBlock(hash, jobId, message(templateId), parts);
    }
}
