package org.stratumj.channels.client;

import java.util.Optional;
import java.util.Set;
import org.stratumj.bitcoin.Target;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;

/// An extended channel: the client rolls part of the extranonce, or gives parts of it to others. Spec: 05 §5.1.2.
public final class ExtendedClientChannel extends ClientChannel {
    private final int extranonceSize;
    private final Set<Integer> extensions;

    ExtendedClientChannel(
            long id,
            long groupId,
            Str0255 userIdentity,
            Bytes extranoncePrefix,
            Target target,
            int extranonceSize,
            Set<Integer> extensions) {
        super(id, groupId, userIdentity, extranoncePrefix, target);
        this.extranonceSize = extranonceSize;
        this.extensions = extensions;
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
    /// @throws IllegalArgumentException if the extranonce is not [#extranonceSize] long, a TLV field is of an
    ///     extension that was not negotiated, or the worker is missing where that was negotiated
    public Optional<SubmitSharesExtended> submit(
            long jobId, long nonce, long nTime, long version, Bytes extranonce, Tlvs tlvs) {
        if (extranonce.size() != extranonceSize) {
            throw new IllegalArgumentException("extranonce of " + extranonce.size() + " bytes, not " + extranonceSize);
        }
        checkFields(tlvs);
        return isKnown(jobId)
                ? Optional.of(new SubmitSharesExtended(
                        id(), shares().submit(), jobId, nonce, nTime, version, extranonce, tlvs))
                : Optional.empty();
    }

    /// Spec: extension 0x0002 §1.3, 03 §3.4.
    private void checkFields(Tlvs tlvs) {
        for (Tlv field : tlvs.fields()) {
            if (!extensions.contains(field.extensionType())) {
                throw new IllegalArgumentException(
                        "a field of extension %d, negotiated are %s".formatted(field.extensionType(), extensions));
            }
        }
        boolean named = tlvs.find(ExtensionType.WORKER_HASHRATE_TRACKING, WorkerIdentity.FIELD_TYPE)
                .isPresent();
        if (!named && extensions.contains(ExtensionType.WORKER_HASHRATE_TRACKING)) {
            throw new IllegalArgumentException("each share has to name its worker: that was negotiated");
        }
    }

    @Override
    int fullExtranonceSize() {
        return extranoncePrefix().size() + extranonceSize;
    }

    @Override
    MiningJob job(NewExtendedMiningJob message) {
        return ReceivedJobs.extended(message, extranoncePrefix(), extranonceSize);
    }
}
