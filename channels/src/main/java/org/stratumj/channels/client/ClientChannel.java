package org.stratumj.channels.client;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BitcoinFormatException;
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
/// job without min_ntime → future ─ SetNewPrevHash names it → valid ─ SetNewPrevHash → gone
/// job with min_ntime ──────────────────────────────────────→ valid
///                         future ─ SetNewPrevHash names another → gone
/// ```
///
/// The valid job that came last is the one to hash; shares of the others are still good. For the thread of its
/// connection only.
public abstract sealed class ClientChannel permits StandardClientChannel, ExtendedClientChannel {
    /// The most future jobs that are held; a further one pushes the oldest out.
    public static final int FUTURE_JOBS_MAX = 16;

    /// The most valid jobs that are held; a further one pushes the oldest out.
    public static final int VALID_JOBS_MAX = 64;

    private final long id;
    private final Str0255 userIdentity;
    private final PendingShares shares = new PendingShares();
    private final SequencedMap<Long, MiningJob> futureJobs = new LinkedHashMap<>();
    private final SequencedMap<Long, Valid> validJobs = new LinkedHashMap<>();

    private Bytes extranoncePrefix;
    private Target target;
    private @Nullable Tip tip;
    private @Nullable MiningWork work;

    long groupId;

    /// A job that may be mined.
    ///
    /// @param future whether it was received as a future job
    /// @param target in force when it became valid
    private record Valid(MiningJob job, boolean future, Target target) {}

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
        return Optional.ofNullable(validJobs.get(jobId)).map(this::target);
    }

    /// The message that tells the server another hash rate. Spec: 05 §5.3.7.
    ///
    /// @param nominalHashRate hashes per second
    /// @param maxTarget       easiest target that is wanted
    public UpdateChannel update(float nominalHashRate, Target maxTarget) {
        return new UpdateChannel(id, nominalHashRate, U256.of(maxTarget.littleEndian()));
    }

    abstract MiningJob job(NewExtendedMiningJob message);

    boolean isValid(long jobId) {
        return validJobs.containsKey(jobId);
    }

    ClientEvent take(MiningJob job, OptionalLong minNTime) {
        // A server should not use an id twice; where one does, the later job is the one it knows.
        futureJobs.remove(job.id());
        validJobs.remove(job.id());
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
        return start(new Valid(job, false, target), tip, minNTime.getAsLong(), false);
    }

    ClientEvent take(SetNewPrevHash message) {
        MiningJob job = futureJobs.get(message.jobId());
        if (job == null) {
            throw new PeerViolationException(
                    "SetNewPrevHash on channel %d names job %d, which is no future job".formatted(id, message.jobId()));
        }
        Tip newTip = tip(message);
        tip = newTip;
        futureJobs.clear();
        validJobs.clear();
        return start(new Valid(job, true, target), newTip, newTip.minNTime(), true);
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

    private ClientEvent start(Valid valid, Tip on, long nTimeStart, boolean newTip) {
        validJobs.putLast(valid.job().id(), valid);
        if (validJobs.size() > VALID_JOBS_MAX) {
            validJobs.pollFirstEntry();
        }
        MiningWork started = new MiningWork(valid.job(), on, nTimeStart, target(valid));
        work = started;
        return new ClientEvent.WorkChanged(this, started, newTip);
    }

    private Target target(Valid valid) {
        return valid.future() && target.compareTo(valid.target()) < 0 ? target : valid.target();
    }

    private static Tip tip(SetNewPrevHash message) {
        try {
            return Tip.of(message);
        } catch (BitcoinFormatException e) {
            throw new PeerViolationException("SetNewPrevHash has impossible nBits", e);
        }
    }

    @Override
    public String toString() {
        return "channel " + id + " of " + userIdentity;
    }
}
