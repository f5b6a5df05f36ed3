package org.stratumj.channels.client;

import java.util.Optional;
import org.stratumj.bitcoin.Target;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;

/// An extended channel: the client rolls part of the extranonce, or gives parts of it to others. Spec: 05 §5.1.2.
public final class ExtendedClientChannel extends ClientChannel {
    private final int extranonceSize;

    ExtendedClientChannel(
            long id, long groupId, Str0255 userIdentity, Bytes extranoncePrefix, Target target, int extranonceSize) {
        super(id, groupId, userIdentity, extranoncePrefix, target);
        this.extranonceSize = extranonceSize;
    }

    /// Bytes of the extranonce that the client rolls.
    public int extranonceSize() {
        return extranonceSize;
    }

    /// The message for a share that [#isWorthSubmitting]; empty if its job is not known (any more). Spec: 05
    /// §5.3.12.
    ///
    /// @param jobId      job, U32
    /// @param nonce      header field, U32
    /// @param nTime      header field, U32
    /// @param version    header field, complete, U32
    /// @param extranonce the rolled bytes
    /// @param tlvs       what negotiated extensions append
    /// @throws IllegalArgumentException if the extranonce is not [#extranonceSize] long
    public Optional<SubmitSharesExtended> submit(
            long jobId, long nonce, long nTime, long version, Bytes extranonce, Tlvs tlvs) {
        if (extranonce.size() != extranonceSize) {
            throw new IllegalArgumentException("extranonce of " + extranonce.size() + " bytes, not " + extranonceSize);
        }
        return isKnown(jobId)
                ? Optional.of(new SubmitSharesExtended(
                        id(), shares().submit(), jobId, nonce, nTime, version, extranonce, tlvs))
                : Optional.empty();
    }

    @Override
    MiningJob job(NewExtendedMiningJob message) {
        return ReceivedJobs.extended(message, extranoncePrefix(), extranonceSize);
    }
}
