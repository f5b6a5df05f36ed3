package org.stratumj.app.proxy;

import java.util.List;
import java.util.Optional;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobOrigin;
import org.stratumj.channels.share.Credit;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.wire.Bytes;

/// Verdicts on shares whose hash the test chooses.
final class Verdicts {
    static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.EMPTY, 2, 8);

    private Verdicts() {}

    static ShareVerdict verdict(long channelId, Hash256 hash, boolean block, Credit credit) {
        Job job = new Job(
                1,
                new JobOrigin.Upstream(1),
                SPACE,
                2,
                true,
                new MerklePath(List.of()),
                new CoinbaseParts(Bytes.EMPTY, Bytes.EMPTY, false));
        BlockHeader header = new BlockHeader(2, Hash256.ZERO, Hash256.ZERO, 1, 0x1d00ffffL, 3);
        Solution solution = new Solution(job, Bytes.ofHex("0001000000000000"), header, hash);
        return new ShareVerdict(channelId, 4, Optional.of(solution), block, credit, Optional.empty(), Optional.empty());
    }
}
