package org.stratumj.channels.server;

import java.util.Optional;
import java.util.Set;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Tlvs;

/// What a share says of the worker who found it. Spec: 03 §3.4.3, extension 0x0002 §1.
///
/// @param identity    the worker, if there is one
/// @param isMalformed whether the TLV fields break their rules, which makes the share one to reject
record NamedWorker(Optional<WorkerIdentity> identity, boolean isMalformed) {
    static final NamedWorker NONE = new NamedWorker(Optional.empty(), false);

    /// Reads the TLV fields, if there are any that count.
    ///
    /// @param extensions what was negotiated; the fields of others are ignored, whatever they are
    static NamedWorker in(Tlvs tlvs, Set<Integer> extensions) {
        if (!extensions.contains(ExtensionType.WORKER_HASHRATE_TRACKING)) {
            return NONE;
        }
        try {
            return new NamedWorker(WorkerIdentity.in(tlvs), false);
        } catch (DecodeException e) {
            return new NamedWorker(Optional.empty(), true);
        }
    }
}
