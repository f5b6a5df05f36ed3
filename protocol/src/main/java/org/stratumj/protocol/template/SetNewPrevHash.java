package org.stratumj.protocol.template;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.SpecName;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;
import org.stratumj.protocol.wire.U64;

/// The chain has a new tip: the named future template is active.
///
/// Server → client. Spec: 07 §7.3.
///
/// @param templateId future template to activate, U64
/// @param prevHash header field, U256
/// @param headerTimestamp nTime to start from; not the consensus minimum, U32
/// @param nBits header field, U32
/// @param target largest block hash accepted; may be below the nBits target, U256
@Message(type = 0x72)
public record SetNewPrevHash(
        @U64 long templateId,
        U256 prevHash,
        @U32 long headerTimestamp,
        @SpecName("nBits") @U32 long nBits,
        U256 target) implements TemplateToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public SetNewPrevHash {
        Range.u32(headerTimestamp, "headerTimestamp");
        Range.u32(nBits, "nBits");
    }
}
