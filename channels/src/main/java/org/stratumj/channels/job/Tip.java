package org.stratumj.channels.job;

import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.protocol.template.SetNewPrevHash;

/// The block that new blocks build on, and what a block on top of it has to meet.
///
/// @param prevHash hash of that block
/// @param minNTime smallest header time to hash with, seconds since the Unix epoch, U32
/// @param nBits    header field, U32
/// @param target   largest hash that makes a block
public record Tip(Hash256 prevHash, long minNTime, long nBits, Target target) {
    /// The same tip for work that starts at another time.
    ///
    /// @param other seconds since the Unix epoch, U32
    Tip withMinNTime(long other) {
        return new Tip(prevHash, other, nBits, target);
    }

    /// Whether a block on this tip is one on the other, whatever time they start from.
    public boolean isSameAs(Tip other) {
        return prevHash.equals(other.prevHash) && nBits == other.nBits && target.equals(other.target);
    }

    /// The tip that a template provider announces. Spec: 07 §7.3.
    ///
    /// @throws PeerViolationException if no block can meet its target, or the one of its `nBits`
    public static Tip of(SetNewPrevHash message) {
        target(message.nBits());
        return new Tip(
                Hash256.of(message.prevHash().bytes()),
                message.headerTimestamp(),
                message.nBits(),
                nonzero(Target.ofLittleEndian(message.target().bytes())));
    }

    /// The tip that a mining server announces. The message has no target, so it is that of `nBits`. Spec: 05
    /// §5.3.17.
    ///
    /// @throws PeerViolationException if no block can meet the target of `nBits`
    public static Tip of(org.stratumj.protocol.mining.SetNewPrevHash message) {
        return new Tip(
                Hash256.of(message.prevHash().bytes()), message.minNTime(), message.nBits(), target(message.nBits()));
    }

    private static Target target(long nBits) {
        try {
            return nonzero(Target.fromCompact(nBits));
        } catch (BitcoinFormatException e) {
            throw new PeerViolationException("SetNewPrevHash has impossible nBits: " + e.getMessage(), e);
        }
    }

    private static Target nonzero(Target target) {
        if (target.equals(Target.ZERO)) {
            throw new PeerViolationException("SetNewPrevHash has a target of zero, which no block meets");
        }
        return target;
    }
}
