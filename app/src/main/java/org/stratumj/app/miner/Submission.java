package org.stratumj.app.miner;

import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.protocol.mining.MiningToServer;

/// A share on its way to the server.
///
/// @param message        SubmitSharesStandard or SubmitSharesExtended
/// @param sequenceNumber of the share on its channel, U32
/// @param jobId          the job it solves, U32
/// @param block          whether it makes a block
record Submission(
        MiningToServer message, long sequenceNumber, long jobId, BlockHeader header, Hash256 hash, boolean block) {

    /// One line for people.
    String text() {
        return "sequence number %d, job %d, hash %s, time %d, version 0x%08x"
                .formatted(sequenceNumber, jobId, hash, header.time(), header.version());
    }
}
