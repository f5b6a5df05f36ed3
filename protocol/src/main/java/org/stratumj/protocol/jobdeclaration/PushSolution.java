package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.wire.B032;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.SpecName;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.U32;

/// A block was found on the declared job, and the server is to publish it too. It names no job: the newest
/// accepted declaration of the connection is meant. There is no answer.
///
/// Client → server. Spec: 06 §6.4.9.
///
/// @param extranonce complete extranonce (prefix + rolled part), B0_32
/// @param prevHash header field, U256
/// @param nonce header nonce, U32
/// @param nTime header nTime, U32
/// @param nBits header nBits, U32
/// @param version header nVersion, U32
@Message(type = 0x60)
public record PushSolution(
        @B032 Bytes extranonce,
        U256 prevHash,
        @U32 long nonce,
        @SpecName("ntime") @U32 long nTime,
        @SpecName("nbits") @U32 long nBits,
        @U32 long version)
        implements JobDeclarationToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public PushSolution {
        Range.b032(extranonce, "extranonce");
        Range.u32(nonce, "nonce");
        Range.u32(nTime, "nTime");
        Range.u32(nBits, "nBits");
        Range.u32(version, "version");
    }
}
