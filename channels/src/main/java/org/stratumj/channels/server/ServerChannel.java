package org.stratumj.channels.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.extranonce.ExtranonceLease;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobSet;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.share.Acknowledgements;
import org.stratumj.channels.share.SeenShares;
import org.stratumj.channels.vardiff.ProvenRate;
import org.stratumj.channels.vardiff.Vardiff;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// One open channel, as its server sees it. To be read by others; [ServerChannels], which opened it, changes it.
///
/// For the thread of its connection only.
public final class ServerChannel {
    /// What the channel's jobs are like.
    public enum Kind {
        /// The merkle root is fixed, only header fields are rolled.
        STANDARD,
        /// The miner rolls the rest of the extranonce too.
        EXTENDED
    }

    /// The most blocks remembered so that none is reported twice.
    static final int BLOCKS_MAX = 16;

    /// Maximum number of shares on one tip that miss the newest target and are taken for that of their job.
    /// A client can stay on a job whose target was easy, where no harder target reaches it. An honest one
    /// does so until the next job, so the bound leaves room for minutes of far too many shares.
    static final int BEHIND_MAX = 1 << 14;

    private static final int ROOTS_MAX = 4;
    private static final double HASHES_PER_DIFFICULTY = Target.DIFFICULTY_1.expectedHashes();

    private final long id;
    private final Kind kind;
    private final Str0255 userIdentity;
    private final Group group;
    private final Instant openedAt;
    private final long openedEvent;
    private final ExtranonceLease lease;

    private final Deque<Hash256> blocks = new ArrayDeque<>();
    private final Deque<Root> roots = new ArrayDeque<>(ROOTS_MAX + 1);
    private @Nullable JobSet lastJobs;
    private @Nullable Job lastJob;
    private long sharesCredited;
    private double difficultyCredited;
    private long behindTip;
    private int behind;

    final TargetHistory targets;
    final ProvenRate proven;
    final SeenShares seen = new SeenShares();
    final Acknowledgements acknowledgements;
    final Vardiff vardiff;

    ExtranonceSpace space;
    private double nominalHashRate;
    private Target maxTarget;
    private boolean rateRestated;
    private boolean restated;
    private @Nullable Instant restatedAt;
    private @Nullable Deferred deferred;

    /// A harder target that waits for the next job.
    private record Deferred(Target target, Instant since) {}

    private record Root(Job job, Bytes rolled, Hash256 hash) {}

    /// What is settled when a channel opens.
    record Opened(
            long id,
            Kind kind,
            Str0255 userIdentity,
            Group group,
            Instant at,
            long event,
            ExtranonceLease lease,
            ExtranonceSpace space,
            double nominalHashRate,
            Target maxTarget,
            Target target) {}

    ServerChannel(Opened opened, ServerPolicy policy) {
        id = opened.id();
        kind = opened.kind();
        userIdentity = opened.userIdentity();
        group = opened.group();
        openedAt = opened.at();
        openedEvent = opened.event();
        lease = opened.lease();
        space = opened.space();
        nominalHashRate = opened.nominalHashRate();
        maxTarget = opened.maxTarget();
        targets = new TargetHistory(opened.event(), opened.target());
        proven = new ProvenRate(policy.vardiff(), policy.targets().sharesPerMinute(), opened.at());
        acknowledgements = new Acknowledgements(id, policy.shares());
        vardiff = new Vardiff(policy.vardiff(), policy.targets().sharesPerMinute(), opened.at());
    }

    /// The id, U32.
    public long id() {
        return id;
    }

    /// The id of the group it belongs to, U32.
    public long groupId() {
        return group.id();
    }

    /// What its jobs are like.
    public Kind kind() {
        return kind;
    }

    /// Whom its shares are credited to, as the client put it.
    public Str0255 userIdentity() {
        return userIdentity;
    }

    /// What the coinbases of its jobs pay.
    public Payout payout() {
        return group.payout();
    }

    /// When it was opened.
    public Instant openedAt() {
        return openedAt;
    }

    /// The hash rate that the client expects, hashes per second.
    public double nominalHashRate() {
        return nominalHashRate;
    }

    /// The target announced last.
    public Target target() {
        return targets.current().target();
    }

    /// The difficulty of [#target].
    public double difficulty() {
        return targets.current().difficulty();
    }

    /// How many shares were credited.
    public long sharesCredited() {
        return sharesCredited;
    }

    /// The sum of what they were credited.
    public double difficultyCredited() {
        return difficultyCredited;
    }

    /// The extranonce prefix announced last.
    public Bytes extranoncePrefix() {
        return prefix(space);
    }

    /// Bytes that the client rolls: none on a standard channel.
    public int extranonceSize() {
        return kind == Kind.STANDARD ? 0 : space.rollableSize();
    }

    Group group() {
        return group;
    }

    ExtranonceLease lease() {
        return lease;
    }

    /// The prefix in a job with this layout.
    Bytes prefix(ExtranonceSpace layout) {
        return kind == Kind.STANDARD ? layout.standardPrefix(lease.index()) : layout.extendedPrefix(lease.index());
    }

    /// The job among these that pays this channel's payout.
    Job job(JobSet jobs) {
        Job job = lastJob;
        if (job == null || lastJobs != jobs) {
            job = jobs.job(payout());
            lastJobs = jobs;
            lastJob = job;
        }
        return job;
    }

    /// The merkle root of the channel's block. The last few are kept: a standard channel has one per job, and a
    /// miner of an extended channel finds many shares before it rolls the extranonce, having the nonce and 24
    /// bits of version.
    ///
    /// @param rolled extranonce without the prefix; none on a standard channel
    Hash256 merkleRoot(Job job, Bytes rolled, Sha256d hasher) {
        for (Root root : roots) {
            if (root.job() == job && root.rolled().equals(rolled)) {
                return root.hash();
            }
        }
        Bytes extranonce = prefix(job.space()).concat(rolled);
        byte[] bytes = new byte[Hash256.SIZE];
        job.merkleRoot(extranonce.bytes(), extranonce.size(), hasher, bytes, 0);
        Hash256 hash = Hash256.of(bytes);
        roots.addFirst(new Root(job, rolled, hash));
        if (roots.size() > ROOTS_MAX) {
            roots.removeLast();
        }
        return hash;
    }

    /// The easiest target that the client accepts.
    Target maxTarget() {
        return maxTarget;
    }

    HashRates hashRates(Instant now) {
        double believed = proven.believed(nominalHashRate, now);
        double unproven = proven.isStarting(now) ? Math.max(0, nominalHashRate - believed) : 0;
        return new HashRates(believed, unproven);
    }

    /// When the job was sent to this channel: the job from before the channel opened was the first thing it got.
    long eventOf(SentJobs.Sent sent) {
        return Math.max(sent.event(), openedEvent);
    }

    /// When the newest of these jobs was sent to this channel.
    long newestEvent(SentJobs jobs) {
        return Math.max(jobs.newestEvent(), openedEvent);
    }

    /// The target that a share of this job has to meet for credit: the one that the job was sent under.
    TargetHistory.Entry target(SentJobs.Sent sent) {
        return targets.at(eventOf(sent));
    }

    /// Takes another statement of the client.
    void restate(double hashesPerSecond, Target easiest) {
        rateRestated |= hashesPerSecond != nominalHashRate;
        restated = true;
        nominalHashRate = hashesPerSecond;
        maxTarget = easiest;
    }

    /// Takes the statement that waits to be acted on.
    ///
    /// @param pause how long after the last one
    /// @return whether it has another hash rate; empty if there is none, or not yet
    Optional<Boolean> takeStatement(Duration pause, Instant now) {
        if (!restated || (restatedAt != null && now.isBefore(restatedAt.plus(pause)))) {
            return Optional.empty();
        }
        boolean rate = rateRestated;
        restated = false;
        rateRestated = false;
        restatedAt = now;
        return Optional.of(rate);
    }

    /// Drops a stated hash rate that waits: shares have just said what the target should be.
    void dropStatedRate(Instant now) {
        rateRestated = false;
        restatedAt = now;
    }

    /// Keeps a harder target for the next job, in place of one that is kept.
    void defer(Target target, Instant now) {
        deferred = new Deferred(target, deferred == null ? now : deferred.since());
    }

    /// The target kept for the next job.
    Optional<Target> deferred() {
        return Optional.ofNullable(deferred).map(Deferred::target);
    }

    /// Whether a target is kept since then, or since before.
    boolean isDeferredSince(Instant then) {
        return deferred != null && !deferred.since().isAfter(then);
    }

    /// Keeps no target for the next job any more.
    void dropDeferred() {
        deferred = null;
    }

    /// Counts a credited share.
    ///
    /// @param atCurrent whether it meets the current target
    void credited(double difficulty, boolean atCurrent) {
        sharesCredited++;
        difficultyCredited += difficulty;
        proven.add(difficulty * HASHES_PER_DIFFICULTY);
        // The client may hold the job to its own target or to the current one, and does not say which: for as long as
        // the job lasts this counts up to twice what the client finds.
        vardiff.share(Math.max(difficulty / difficulty(), atCurrent ? 1 : 0));
    }

    /// Counts a share that misses the newest target; false if there were too many on this tip.
    ///
    /// @param tipNumber which of the connection's tips it is
    boolean takesBehind(long tipNumber) {
        if (tipNumber != behindTip) {
            behindTip = tipNumber;
            behind = 0;
        }
        return ++behind <= BEHIND_MAX;
    }

    /// Remembers a block; false if it is known.
    boolean foundBlock(Hash256 hash) {
        if (blocks.contains(hash)) {
            return false;
        }
        blocks.addFirst(hash);
        if (blocks.size() > BLOCKS_MAX) {
            blocks.removeLast();
        }
        return true;
    }

    @Override
    public String toString() {
        return "channel " + id + " of " + userIdentity;
    }
}
