package org.stratumj.app.miner;

import java.util.HexFormat;
import org.stratumj.miner.Work;

/// The version bits that a miner rolls where a job allows it.
///
/// @param bits a part of those of BIP323, U32; 0 for none
public record VersionMask(long bits) {
    /// No bit: every header has the version of its job.
    public static final VersionMask NONE = new VersionMask(0);

    /// Sixteen bits, which every server accepts.
    public static final VersionMask BIP320 = new VersionMask(Work.BIP320_MASK);

    /// All bits that the specification sets free. Servers of an older edition refuse shares that use them all.
    public static final VersionMask BIP323 = new VersionMask(Work.BIP323_MASK);

    /// @throws IllegalArgumentException if there are bits that BIP323 does not set free
    public VersionMask {
        if ((bits & ~Work.BIP323_MASK) != 0) {
            throw new IllegalArgumentException("version mask %08x has bits outside of %08x, which BIP323 sets free"
                    .formatted(bits, Work.BIP323_MASK));
        }
    }

    /// Up to eight hexadecimal digits.
    ///
    /// @throws IllegalArgumentException with one line that says how to write it
    public static VersionMask parse(String text) {
        String digits = text.replaceFirst("^0[xX]", "");
        if (!digits.matches("[0-9a-fA-F]{1,8}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no version mask; write hexadecimal digits such as 1fffe000, or 0 for none");
        }
        return new VersionMask(HexFormat.fromHexDigitsToLong(digits));
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        return Long.toHexString(bits);
    }
}
