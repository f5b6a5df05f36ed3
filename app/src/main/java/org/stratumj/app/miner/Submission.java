package org.stratumj.app.miner;

import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.protocol.mining.MiningToServer;

/// A share on its way to the server.
///
/// @param message        SubmitSharesStandard or SubmitSharesExtended
/// @param sequenceNumber of the share on its channel, U32
/// @param jobId          the job it solves, U32
/// @param share          whether it meets the channel's target: a block may not
/// @param block          whether it makes a block
record Submission(
        MiningToServer message,
        long sequenceNumber,
        long jobId,
        BlockHeader header,
        Hash256 hash,
        boolean share,
        boolean block) {

    /// One line for people.
    String text() {
        return (block ? "it makes block " + hash + "; the next tips show what became of it; " : "")
                + "sequence number %d, job %d, hash %s, time %d, version 0x%08x"
                        .formatted(sequenceNumber, jobId, hash, header.time(), header.version());
    }
}
