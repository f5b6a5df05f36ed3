package org.stratumj.channels.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.Tip;
import org.stratumj.channels.share.Credit;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.SharePolicy;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.wire.Bytes;

/// Checks the shares of one connection. Once the job is found, the header is hashed whatever else may be wrong
/// with the share: only the hash tells whether it is a block.
///
/// Keeps its buffers from share to share, so it is for one thread at a time.
final class ShareCheck {
    private final SharePolicy policy;
    private final MiningFlags flags;
    private final SentJobs sentJobs;

    private final Sha256d hasher = new Sha256d();
    private final byte[] header = new byte[BlockHeader.SIZE];
    private final ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] hash = new byte[Hash256.SIZE];

    /// A share of either kind.
    ///
    /// @param rolled the extranonce without the prefix; none on a standard channel
    /// @param worker what it says of who found it
    record Share(
            long channelId,
            long sequenceNumber,
            long jobId,
            long nonce,
            long nTime,
            long version,
            Bytes rolled,
            NamedWorker worker) {}

    ShareCheck(SharePolicy policy, MiningFlags flags, SentJobs sentJobs) {
        this.policy = policy;
        this.flags = flags;
        this.sentJobs = sentJobs;
    }

    static ShareVerdict refused(Share share, ErrorCode code) {
        return new ShareVerdict(
                share.channelId(),
                share.sequenceNumber(),
                Optional.empty(),
                false,
                new Refused(code),
                share.worker().identity(),
                Optional.empty());
    }

    ShareVerdict check(ServerChannel channel, Share share, Instant now) {
        Optional<SentJobs.Sent> found = sentJobs.find(share.jobId());
        if (found.isEmpty()) {
            return refused(share, ErrorCode.INVALID_JOB_ID);
        }
        SentJobs.Sent sent = found.get();
        Job job = channel.job(sent.jobs());
        if (share.rolled().size() != channel.extranonceSize()) {
            return refused(share, ErrorCode.BAD_EXTRANONCE_SIZE);
        }
        Tip tip = sent.tip();
        Hash256 merkleRoot = channel.merkleRoot(job, share.rolled(), hasher);
        hashHeader(merkleRoot, tip, share);
        Solution solution = solution(channel, job, merkleRoot, tip, share);
        boolean block = tip.target().isMetBy(hash, 0) && channel.foundBlock(solution.hash());
        TargetHistory.Entry target = channel.target(sent);
        Credit credit = credit(channel, sent, job, share, target, now);
        return new ShareVerdict(
                share.channelId(),
                share.sequenceNumber(),
                Optional.of(solution),
                block,
                credit,
                share.worker().identity(),
                Optional.of(target.target()));
    }

    private void hashHeader(Hash256 merkleRoot, Tip tip, Share share) {
        fields.putInt(0, (int) share.version());
        tip.prevHash().copyTo(header, 4);
        merkleRoot.copyTo(header, 36);
        fields.putInt(68, (int) share.nTime());
        fields.putInt(72, (int) tip.nBits());
        fields.putInt(76, (int) share.nonce());
        hasher.update(header, 0, BlockHeader.SIZE).finish(hash, 0);
    }

    private Solution solution(ServerChannel channel, Job job, Hash256 merkleRoot, Tip tip, Share share) {
        BlockHeader found =
                new BlockHeader(share.version(), tip.prevHash(), merkleRoot, share.nTime(), tip.nBits(), share.nonce());
        Bytes extranonce = channel.prefix(job.space()).concat(share.rolled());
        return new Solution(job, extranonce, found, Hash256.of(hash));
    }

    private Credit credit(
            ServerChannel channel, SentJobs.Sent sent, Job job, Share share, TargetHistory.Entry target, Instant now) {
        if (share.worker().isMalformed()) {
            return new Refused(ErrorCode.INVALID_SHARE);
        }
        if (sentJobs.isStale(sent)) {
            return new Refused(ErrorCode.STALE_SHARE);
        }
        Optional<ErrorCode> version = versionError(job, share.version());
        if (version.isPresent()) {
            return new Refused(version.get());
        }
        if (!isTimeAllowed(sent.tip(), share.nTime(), now)) {
            return new Refused(ErrorCode.INVALID_SHARE);
        }
        boolean counts = target.target().isMetBy(hash, 0);
        if (!(counts || isWelcome(channel, sent)) || isOneTooMany(channel, sent)) {
            return new Refused(ErrorCode.DIFFICULTY_TOO_LOW);
        }
        if (!channel.seen.add(sent.tip().prevHash(), hash)) {
            return new Refused(ErrorCode.DUPLICATE_SHARE);
        }
        return new Credited(counts ? target.difficulty() : 0);
    }

    /// Whether a hash that misses its job's target is no fault of the client: it makes a block, or it meets a target
    /// announced since the job was sent.
    private boolean isWelcome(ServerChannel channel, SentJobs.Sent sent) {
        return sent.tip().target().isMetBy(hash, 0) || channel.targets.isMetSince(channel.eventOf(sent), hash);
    }

    /// Whether the client goes on at a target that is gone; a block is always taken.
    private boolean isOneTooMany(ServerChannel channel, SentJobs.Sent sent) {
        return !channel.target().isMetBy(hash, 0)
                && !sent.tip().target().isMetBy(hash, 0)
                && !channel.takesBehind(sent.tipNumber());
    }

    private Optional<ErrorCode> versionError(Job job, long version) {
        long changed = version ^ job.version();
        if (changed == 0) {
            return Optional.empty();
        }
        if (!job.versionRollingAllowed() || flags.fixedVersion()) {
            return Optional.of(ErrorCode.VERSION_ROLLING_NOT_ALLOWED);
        }
        return (changed & ~policy.versionRollingMask()) == 0
                ? Optional.empty()
                : Optional.of(ErrorCode.INVALID_NON_ROLLABLE_VERSION_BIT);
    }

    /// A miner's clock starts at min_ntime; a pool should take what consensus takes (05 §5.3.11, 10 §10.2).
    private boolean isTimeAllowed(Tip tip, long nTime, Instant now) {
        long from = Math.max(tip.minNTime(), now.getEpochSecond());
        long latest = Math.min(
                from + policy.nTimeAheadMax().toSeconds(),
                now.plus(SharePolicy.CONSENSUS_AHEAD_MAX).getEpochSecond());
        return tip.minNTime() <= nTime && nTime <= latest;
    }
}
