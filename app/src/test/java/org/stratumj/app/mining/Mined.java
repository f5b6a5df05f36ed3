package org.stratumj.app.mining;

import java.util.function.Predicate;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningJob.StandardJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.protocol.wire.Bytes;

/// Finds shares by trying nonces.
public final class Mined {
    private static final int NONCES_MAX = 1 << 20;

    private Mined() {}

    /// A share that was found.
    ///
    /// @param extranonce the rolled bytes; none on a standard channel
    public record Share(long jobId, long nonce, long nTime, long version, Bytes extranonce, Hash256 hash) {}

    /// The first share from `nonce` on whose hash is as wanted.
    public static Share share(MiningWork work, long firstNonce, Predicate<Hash256> wanted) {
        return share(work, work.job().version(), firstNonce, wanted);
    }

    /// The first share with this version from `nonce` on whose hash is as wanted.
    public static Share share(MiningWork work, long version, long firstNonce, Predicate<Hash256> wanted) {
        return share(work, version, work.nTimeStart(), firstNonce, wanted);
    }

    /// The first share with this version and time from `nonce` on whose hash is as wanted.
    public static Share share(MiningWork work, long version, long nTime, long firstNonce, Predicate<Hash256> wanted) {
        MiningJob job = work.job();
        Bytes extranonce = Bytes.of(new byte[job instanceof ExtendedJob extended ? extended.extranonceSize() : 0]);
        Hash256 root = switch (job) {
            case StandardJob standard -> standard.merkleRoot();
            case ExtendedJob extended -> extended.merkleRoot(extranonce);
        };
        for (long nonce = firstNonce; nonce < firstNonce + NONCES_MAX; nonce++) {
            BlockHeader header = new BlockHeader(
                    version, work.tip().prevHash(), root, nTime, work.tip().nBits(), nonce);
            Hash256 hash = header.hash();
            if (wanted.test(hash)) {
                return new Share(job.id(), nonce, header.time(), header.version(), extranonce, hash);
            }
        }
        throw new AssertionError("no share among " + NONCES_MAX + " nonces");
    }
}
