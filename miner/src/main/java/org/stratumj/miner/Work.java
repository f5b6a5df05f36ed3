package org.stratumj.miner;

import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;

/// A job to hash: the parts of a header that are given, what of it may be varied, and the target.
///
/// @param id          the caller's number for the job, for its own use
/// @param version     header version, U32
/// @param versionMask bits of the version that may be varied, U32; 0 for none
/// @param prevHash    id of the block to build on
/// @param merkleRoots the roots to choose from
/// @param nTime       header time to start with, U32; each second of mining allows one more
/// @param nBits       header target in compact form, U32; only hashed, not looked at
/// @param target      what a solution's hash has to meet
public record Work(
        long id,
        long version,
        long versionMask,
        Hash256 prevHash,
        MerkleRoots merkleRoots,
        long nTime,
        long nBits,
        Target target) {
    /// The version bits free for miners since BIP323, 5 to 28.
    public static final long BIP323_MASK = 0x1fffffe0L;

    /// The version bits free for miners under BIP320, 13 to 28: the ones that every server accepts.
    public static final long BIP320_MASK = 0x1fffe000L;

    /// Checks that each number fits in 32 bits.
    public Work {
        checkU32("version", version);
        checkU32("versionMask", versionMask);
        checkU32("nTime", nTime);
        checkU32("nBits", nBits);
    }

    /// The same with another target.
    public Work withTarget(Target other) {
        return new Work(id, version, versionMask, prevHash, merkleRoots, nTime, nBits, other);
    }

    private static void checkU32(String name, long value) {
        if (value >>> 32 != 0) {
            throw new IllegalArgumentException("%s must fit in 32 bits: %d".formatted(name, value));
        }
    }
}
