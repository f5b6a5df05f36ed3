package org.stratumj.protocol.template;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U16;
import org.stratumj.protocol.wire.U32;

/// How much room the client needs in the coinbase of each template. The client sends it first.
///
/// Client → server. Spec: 07 §7.1.
///
/// @param coinbaseOutputMaxAdditionalSize most extra serialised output bytes the client will add, U32
/// @param coinbaseOutputMaxAdditionalSigops most extra sigops the client will add, U16
@Message(type = 0x70)
public record CoinbaseOutputConstraints(
        @U32 long coinbaseOutputMaxAdditionalSize, @U16 int coinbaseOutputMaxAdditionalSigops)
        implements TemplateToServer {
    /// @throws IllegalArgumentException if a value is outside the range of its type
    public CoinbaseOutputConstraints {
        Range.u32(coinbaseOutputMaxAdditionalSize, "coinbaseOutputMaxAdditionalSize");
        Range.u16(coinbaseOutputMaxAdditionalSigops, "coinbaseOutputMaxAdditionalSigops");
    }
}
