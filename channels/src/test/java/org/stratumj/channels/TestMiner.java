package org.stratumj.channels;

import java.util.function.Predicate;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningJob.StandardJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.protocol.wire.Bytes;

/// Finds shares by trying nonces.
public final class TestMiner {
    private static final int NONCES_MAX = 1 << 20;

    private TestMiner() {}

    /// A share that was found.
    ///
    /// @param extranonce the rolled bytes
    public record Found(long jobId, long nonce, long nTime, long version, Bytes extranonce, Hash256 hash) {}

    /// The first share from `nonce` whose hash is as wanted.
    public static Found mine(MiningWork work, long nonce, Predicate<Hash256> wanted) {
        return mine(work, work.job().version(), work.nTimeStart(), nonce, wanted);
    }

    /// The first share with this version and time, from `firstNonce`, whose hash is as wanted.
    public static Found mine(MiningWork work, long version, long nTime, long firstNonce, Predicate<Hash256> wanted) {
        MiningJob job = work.job();
        Bytes extranonce = Bytes.of(new byte[job instanceof ExtendedJob extended ? extended.extranonceSize() : 0]);
        Hash256 root = switch (job) {
            case StandardJob standard -> standard.merkleRoot();
            case ExtendedJob extended ->
                Fixtures.merkleRoot(
                        extended.coinbase().stripped(extended.extranoncePrefix().concat(extranonce)),
                        extended.merklePath().siblings());
        };
        for (long nonce = firstNonce; nonce < firstNonce + NONCES_MAX; nonce++) {
            Hash256 hash = Fixtures.headerHash(
                    version, work.tip().prevHash(), root, nTime, work.tip().nBits(), nonce);
            if (wanted.test(hash)) {
                return new Found(job.id(), nonce, nTime, version, extranonce, hash);
            }
        }
        throw new AssertionError("no share among " + NONCES_MAX + " nonces");
    }
}
