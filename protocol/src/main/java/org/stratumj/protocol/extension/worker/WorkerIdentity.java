package org.stratumj.protocol.extension.worker;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.stratumj.protocol.extension.ExtensionType;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;

/// The worker that found a share: the `user_identity` TLV of `SubmitSharesExtended`. Spec: extension 0x0002 §1.1.
///
/// @param value UTF-8 by the specification, which [#of] makes and nobody checks, 0..32 bytes
public record WorkerIdentity(Bytes value) {
    /// The TLV's number within extension 0x0002.
    public static final int FIELD_TYPE = 0x01;

    /// The largest identity in bytes.
    public static final int BYTES_MAX = 32;

    /// @throws IllegalArgumentException if there are more than 32 bytes
    public WorkerIdentity {
        if (value.size() > BYTES_MAX) {
            throw new IllegalArgumentException("user_identity holds " + BYTES_MAX + " bytes, not " + value.size());
        }
    }

    /// The identity in UTF-8, as long as it is.
    ///
    /// @throws IllegalArgumentException if that takes more than 32 bytes
    public static WorkerIdentity of(String text) {
        return new WorkerIdentity(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The identity that a share carries, if it does. To be asked only where the extension was negotiated.
    ///
    /// @throws DecodeException if the TLV fields are malformed or the identity is longer than 32 bytes; the
    ///   share is then rejected (03 §3.4.3)
    public static Optional<WorkerIdentity> in(Tlvs tlvs) {
        return tlvs.find(ExtensionType.WORKER_HASHRATE_TRACKING, FIELD_TYPE)
                .map(Tlv::value)
                .map(WorkerIdentity::received);
    }

    /// The TLV that carries it.
    public Tlv tlv() {
        return new Tlv(ExtensionType.WORKER_HASHRATE_TRACKING, FIELD_TYPE, value);
    }

    /// The identity as text, safe for logs.
    public String text() {
        return new Str0255(value).text();
    }

    private static WorkerIdentity received(Bytes value) {
        if (value.size() > BYTES_MAX) {
            var detail = value.size() + " bytes, at most " + BYTES_MAX;
            throw new DecodeException(DecodeException.Reason.TLV_TOO_LONG, "TLV", "user_identity", 0, detail);
        }
        return new WorkerIdentity(value);
    }
}
