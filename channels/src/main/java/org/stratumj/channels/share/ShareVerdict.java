package org.stratumj.channels.share;

import java.util.Optional;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.mining.SubmitSharesError;

/// What became of a submitted share: two independent findings, whether it is a block and whether it is credited.
/// A block that is not credited (stale, late, twice) is a block all the same.
///
/// @param channelId      channel it was submitted on, U32
/// @param sequenceNumber the client's number for it, U32
/// @param solution       what was hashed; empty if there is no such channel or job, or the extranonce is not of
///                       the length that the coinbase counts, which no block can have
/// @param isBlock        whether the hash meets the target of the job's tip
/// @param credit         whether it counts
/// @param worker         who found it, if it says so and that was negotiated
/// @param target         the target that the share was judged by; empty if nothing was hashed
public record ShareVerdict(
        long channelId,
        long sequenceNumber,
        Optional<Solution> solution,
        boolean isBlock,
        Credit credit,
        Optional<WorkerIdentity> worker,
        Optional<Target> target) {
    /// The same share without credit.
    public ShareVerdict refused(ErrorCode code) {
        return new ShareVerdict(channelId, sequenceNumber, solution, isBlock, new Refused(code), worker, target);
    }

    /// The block, if it is one: to be published before anything else is done.
    public Optional<Solution> block() {
        return isBlock ? solution : Optional.empty();
    }

    /// The answer to a share that is not credited, to be sent at once. Spec: 05 §5.3.14.
    public Optional<SubmitSharesError> error() {
        return switch (credit) {
            case Credited _ -> Optional.empty();
            case Refused(var code) -> Optional.of(new SubmitSharesError(channelId, sequenceNumber, code.wire()));
        };
    }
}
