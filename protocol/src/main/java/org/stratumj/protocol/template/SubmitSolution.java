package org.stratumj.protocol.template;

import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U32;
import org.stratumj.protocol.wire.U64;

/// A block was found on a template: the server publishes it. There is no answer.
///
/// Client → server. Spec: 07 §7.7.
///
/// @param templateId template solved, U64
/// @param version header nVersion; only BIP323 bits may differ from the template, U32
/// @param headerTimestamp header nTime; same window rule as shares, U32
/// @param headerNonce header nonce, U32
/// @param coinbaseTx complete coinbase with BIP141 fields, B0_64K
@Message(type = 0x76)
public record SubmitSolution(
        @U64 long templateId,
        @U32 long version,
        @U32 long headerTimestamp,
        @U32 long headerNonce,
        @B064K Bytes coinbaseTx)
        implements TemplateToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SubmitSolution {
        Range.u32(version, "version");
        Range.u32(headerTimestamp, "headerTimestamp");
        Range.u32(headerNonce, "headerNonce");
        Range.b064k(coinbaseTx, "coinbaseTx");
    }
}
