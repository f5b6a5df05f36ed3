package org.stratumj.miner;

import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;

/// Hashes one header with many nonces and reports those whose hash meets a target.
///
/// An engine keeps its working memory from scan to scan, so an instance belongs to one thread at a time.
public interface HashEngine {
    /// Number of nonces of a header, 2^32.
    long NONCES = 1L << 32;

    /// Hashes the header with each nonce from `firstNonce` to `firstNonce + count - 1`, in that order as far as
    /// `sink` can tell.
    ///
    /// @param header     everything but the nonce; its own nonce is not looked at
    /// @param target     what a hash has to meet; every nonce reported does, and none that does is left out
    /// @param firstNonce U32
    /// @param count      at least 0, and small enough that the last nonce is a U32
    /// @return nonces hashed: `count`, or as many as it took until the sink asked to stop
    /// @throws IllegalArgumentException if the range leaves the U32
    long scan(BlockHeader header, Target target, long firstNonce, long count, NonceSink sink);

    /// Takes the nonces that an engine finds, on the thread that scans.
    @FunctionalInterface
    interface NonceSink {
        /// The header with this nonce meets the target.
        ///
        /// @param nonce U32
        /// @return whether to go on
        boolean found(long nonce);
    }

    /// Checks a range of nonces.
    ///
    /// @throws IllegalArgumentException if it is not within 0 … 2^32 - 1
    static void checkRange(long firstNonce, long count) {
        if (firstNonce < 0 || count < 0 || firstNonce > NONCES || count > NONCES - firstNonce) {
            throw new IllegalArgumentException("nonces are below 2^32: %d from %d".formatted(count, firstNonce));
        }
    }
}
