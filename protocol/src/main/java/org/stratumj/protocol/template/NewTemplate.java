package org.stratumj.protocol.template;

import java.util.List;
import org.stratumj.protocol.wire.B0255;
import org.stratumj.protocol.wire.B064K;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Seq0255;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;
import org.stratumj.protocol.wire.U64;

/// A block template: what a client needs to build a coinbase and jobs.
///
/// Server → client. Spec: 07 §7.2.
///
/// @param templateId strictly increasing id, U64
/// @param futureTemplate true = for a coming SetNewPrevHash; false = on the current tip, start now
/// @param version nVersion; BIP323 bits free, U32
/// @param coinbaseTxVersion coinbase nVersion, U32
/// @param coinbasePrefix at most 8 bytes, start of scriptSig (BIP34 height), B0_255
/// @param coinbaseTxInputSequence coinbase input nSequence, U32
/// @param coinbaseTxValueRemaining satoshis (subsidy + fees) the client may assign, U64
/// @param coinbaseTxOutputsCount how many outputs follow, U32
/// @param coinbaseTxOutputs bare concatenated outputs, no CompactSize; go last in the coinbase, B0_64K
/// @param coinbaseTxLocktime coinbase nLockTime, U32
/// @param merklePath sibling hashes, deepest first, `SEQ0_255[U256]`
@Message(type = 0x71)
public record NewTemplate(
        @U64 long templateId,
        boolean futureTemplate,
        @U32 long version,
        @U32 long coinbaseTxVersion,
        @B0255 Bytes coinbasePrefix,
        @U32 long coinbaseTxInputSequence,
        @U64 long coinbaseTxValueRemaining,
        @U32 long coinbaseTxOutputsCount,
        @B064K Bytes coinbaseTxOutputs,
        @U32 long coinbaseTxLocktime,
        @Seq0255 List<U256> merklePath)
        implements TemplateToClient {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public NewTemplate {
        Range.u32(version, "version");
        Range.u32(coinbaseTxVersion, "coinbaseTxVersion");
        Range.b0255(coinbasePrefix, "coinbasePrefix");
        Range.u32(coinbaseTxInputSequence, "coinbaseTxInputSequence");
        Range.u32(coinbaseTxOutputsCount, "coinbaseTxOutputsCount");
        Range.b064k(coinbaseTxOutputs, "coinbaseTxOutputs");
        Range.u32(coinbaseTxLocktime, "coinbaseTxLocktime");
        merklePath = Range.seq0255(merklePath, "merklePath");
    }
}
