package org.stratumj.channels.client;

import java.util.Optional;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningJob.StandardJob;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// A standard channel: its jobs have a fixed merkle root. Extended jobs of its group are turned into such, the
/// prefix being the whole extranonce. Spec: 05 §5.1.1.
public final class StandardClientChannel extends ClientChannel {
    StandardClientChannel(long id, long groupId, Str0255 userIdentity, Bytes extranoncePrefix, Target target) {
        super(id, groupId, userIdentity, extranoncePrefix, target);
    }

    /// The message for a share that [#isWorthSubmitting]; empty if its job is not known (any more). Spec: 05
    /// §5.3.11.
    ///
    /// @param jobId   job, U32
    /// @param nonce   header field, U32
    /// @param nTime   header field, U32
    /// @param version header field, complete, U32
    public Optional<SubmitSharesStandard> submit(long jobId, long nonce, long nTime, long version) {
        return isKnown(jobId)
                ? Optional.of(new SubmitSharesStandard(id(), shares().submit(), jobId, nonce, nTime, version))
                : Optional.empty();
    }

    @Override
    int fullExtranonceSize() {
        return extranoncePrefix().size();
    }

    @Override
    MiningJob job(NewExtendedMiningJob message) {
        ExtendedJob job = ReceivedJobs.extended(message, extranoncePrefix(), 0);
        return new StandardJob(job.id(), job.version(), job.versionRollingAllowed(), job.merkleRoot(Bytes.EMPTY));
    }
}
