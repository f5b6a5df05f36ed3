package org.stratumj.channels.client;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.job.Tip;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// One open channel, as its client sees it.
///
/// ```text
/// job without min_ntime → future ─ SetNewPrevHash names it → valid ─ SetNewPrevHash → stale
/// job with min_ntime ──────────────────────────────────────→ valid
///                         future ─ SetNewPrevHash names another → gone
/// ```
///
/// The valid job that came last is the one to hash; shares of the others are still good. Stale jobs are
/// remembered for a block that is found a moment too late. For the thread of its connection only.
public abstract sealed class ClientChannel permits StandardClientChannel, ExtendedClientChannel {
    /// The most future jobs that are held; a further one pushes the oldest out.
    public static final int FUTURE_JOBS_MAX = 16;

    /// The most valid and stale jobs that are held; a further one pushes the oldest out.
    public static final int JOBS_MAX = 64;

    private final long id;
    private final Str0255 userIdentity;
    private final PendingShares shares = new PendingShares(0);
    private final SequencedMap<Long, MiningJob> futureJobs = new LinkedHashMap<>();
    private final SequencedMap<Long, Started> jobs = new LinkedHashMap<>();

    private Bytes extranoncePrefix;
    private Target target;
    private @Nullable Tip tip;
    private @Nullable MiningWork work;

    long groupId;

    /// A job that is or was valid.
    ///
    /// @param tip    what it is mined on
    /// @param future whether it was received as a future job
    /// @param target in force when it became valid
    private record Started(MiningJob job, Tip tip, boolean future, Target target) {}

    ClientChannel(long id, long groupId, Str0255 userIdentity, Bytes extranoncePrefix, Target target) {
        this.id = id;
        this.groupId = groupId;
        this.userIdentity = userIdentity;
        this.extranoncePrefix = extranoncePrefix;
        this.target = target;
    }

    /// The id, U32.
    public long id() {
        return id;
    }

    /// The id of its group, U32.
    public long groupId() {
        return groupId;
    }

    /// Whom its shares are credited to, as it was opened.
    public Str0255 userIdentity() {
        return userIdentity;
    }

    /// The extranonce prefix of jobs to come.
    public Bytes extranoncePrefix() {
        return extranoncePrefix;
    }

    /// The target announced last.
    public Target target() {
        return target;
    }

    /// What to hash now; empty before the first job is valid.
    public Optional<MiningWork> work() {
        return Optional.ofNullable(work);
    }

    /// What was submitted, and what became of it.
    public PendingShares shares() {
        return shares;
    }

    /// The largest hash that is worth submitting for a job; empty if the job is not valid (any more).
    ///
    /// A job received as active keeps its target. For one received as a future job the target announced last
    /// counts, but servers differ in whether it does at once: what meets both is good with all of them.
    public Optional<Target> target(long jobId) {
        return Optional.ofNullable(jobs.get(jobId)).filter(this::isValid).map(this::target);
    }

    /// Whether a share should be submitted: its job is valid and its target met, or it makes a block, if maybe a
    /// late one.
    ///
    /// @param hash the header's
    public boolean isWorthSubmitting(long jobId, Hash256 hash) {
        Started job = jobs.get(jobId);
        return job != null
                && (job.tip().target().isMetBy(hash)
                        || (isValid(job) && target(job).isMetBy(hash)));
    }

    /// The message that tells the server another hash rate. Spec: 05 §5.3.7.
    ///
    /// @param nominalHashRate hashes per second
    /// @param maxTarget       easiest target that is wanted
    public UpdateChannel update(float nominalHashRate, Target maxTarget) {
        return new UpdateChannel(id, nominalHashRate, U256.of(maxTarget.littleEndian()));
    }

    /// Bytes of the complete extranonce: prefix and rolled bytes.
    abstract int fullExtranonceSize();

    abstract MiningJob job(NewExtendedMiningJob message);

    boolean isKnown(long jobId) {
        return jobs.containsKey(jobId);
    }

    ClientEvent take(MiningJob job, OptionalLong minNTime) {
        // A server should not use an id twice; where one does, the later job is the one it knows.
        futureJobs.remove(job.id());
        jobs.remove(job.id());
        if (minNTime.isEmpty()) {
            futureJobs.putLast(job.id(), job);
            if (futureJobs.size() > FUTURE_JOBS_MAX) {
                futureJobs.pollFirstEntry();
            }
            return new ClientEvent.FutureJob(this, job);
        }
        if (tip == null) {
            throw new PeerViolationException(
                    "job " + job.id() + " of channel " + id + " is active before the first SetNewPrevHash");
        }
        // Before the tip's time no share would be good (05 §5.3.11), whatever the job says.
        long nTimeStart = Math.max(minNTime.getAsLong(), tip.minNTime());
        return start(new Started(job, tip, false, target), nTimeStart, false);
    }

    ClientEvent take(SetNewPrevHash message) {
        MiningJob job = futureJobs.get(message.jobId());
        if (job == null) {
            throw new PeerViolationException(
                    "SetNewPrevHash on channel %d names job %d, which is no future job".formatted(id, message.jobId()));
        }
        Tip newTip = Tip.of(message);
        tip = newTip;
        futureJobs.clear();
        return start(new Started(job, newTip, true, target), newTip.minNTime(), true);
    }

    ClientEvent take(Target newTarget) {
        target = newTarget;
        if (work != null) {
            Target present = target(work.job().id()).orElse(newTarget);
            work = new MiningWork(work.job(), work.tip(), work.nTimeStart(), present);
        }
        return new ClientEvent.TargetChanged(this, newTarget);
    }

    ClientEvent takePrefix(Bytes prefix) {
        extranoncePrefix = prefix;
        return new ClientEvent.PrefixChanged(this);
    }

    private ClientEvent start(Started started, long nTimeStart, boolean newTip) {
        jobs.putLast(started.job().id(), started);
        if (jobs.size() > JOBS_MAX) {
            jobs.pollFirstEntry();
        }
        MiningWork next = new MiningWork(started.job(), started.tip(), nTimeStart, target(started));
        work = next;
        return new ClientEvent.WorkChanged(this, next, newTip);
    }

    @SuppressWarnings("ReferenceEquality") // the same tip announced again makes earlier jobs stale, too
    private boolean isValid(Started job) {
        return job.tip() == tip;
    }

    private Target target(Started job) {
        return job.future() && target.compareTo(job.target()) < 0 ? target : job.target();
    }

    @Override
    public String toString() {
        return "channel " + id + " of " + userIdentity;
    }
}
