package org.stratumj.channels.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.channels.extranonce.ExtranonceSpace;

/// All work that a server has to give at one moment: the tip, the jobs on it, and the jobs kept ready for the
/// next tip.
///
/// An immutable snapshot. A connection is given the newest one and sends what its client lacks, so a slow
/// connection skips what is outdated without missing anything.
public final class Work {
    private final long tipNumber;
    private final ExtranonceSpace space;
    private final @Nullable Tip tip;
    private final @Nullable JobSet active;
    private final @Nullable JobSet future;

    private Work(
            long tipNumber,
            ExtranonceSpace space,
            @Nullable Tip tip,
            @Nullable JobSet active,
            @Nullable JobSet future) {
        this.tipNumber = tipNumber;
        this.space = space;
        this.tip = tip;
        this.active = active;
        this.future = future;
    }

    /// No work yet.
    ///
    /// @param space layout of the extranonces of channels that open now
    public static Work none(ExtranonceSpace space) {
        return new Work(0, space, null, null, null);
    }

    /// This work, with jobs kept ready for the next tip in place of those before.
    public Work withFuture(JobSet jobs) {
        return new Work(tipNumber, space, tip, active, jobs);
    }

    /// The work after a change of tip, without future jobs.
    ///
    /// @param jobs the jobs on that tip
    public Work onTip(Tip newTip, JobSet jobs) {
        return new Work(tipNumber + 1, space, newTip, jobs, null);
    }

    /// This work, with better jobs on the same tip, which start at the time of those before.
    ///
    /// @throws IllegalStateException if there is no tip
    public Work withActive(JobSet jobs) {
        return new Work(tipNumber, space, tipOf(jobs), jobs, future);
    }

    /// This work, with better jobs on the same tip.
    ///
    /// @param minNTime smallest header time of these jobs, seconds since the Unix epoch, U32
    /// @throws IllegalStateException if there is no tip
    public Work withActive(JobSet jobs, long minNTime) {
        return new Work(tipNumber, space, tipOf(jobs).withMinNTime(minNTime), jobs, future);
    }

    /// The work after the same tip was announced again, without future jobs.
    ///
    /// @param jobs     the jobs on that tip
    /// @param minNTime smallest header time of these jobs, seconds since the Unix epoch, U32
    /// @throws IllegalStateException if there is no tip
    public Work onSameTip(JobSet jobs, long minNTime) {
        return new Work(tipNumber, space, tipOf(jobs).withMinNTime(minNTime), jobs, null);
    }

    /// This work, with another layout for channels that open from now on and for jobs yet to be made.
    public Work withSpace(ExtranonceSpace newSpace) {
        return new Work(tipNumber, newSpace, tip, active, future);
    }

    /// No work for now: later jobs come from another source, in coinbases of another layout. Tips are counted on,
    /// so that its first one makes all jobs up to here stale.
    ///
    /// @param newSpace layout of the extranonces of channels that open then
    public Work restart(ExtranonceSpace newSpace) {
        return new Work(tipNumber, newSpace, null, null, null);
    }

    /// Whether miners may change version bits in all of its jobs.
    public boolean versionRollingAllowed() {
        return (active == null || active.versionRollingAllowed()) && (future == null || future.versionRollingAllowed());
    }

    /// How many times the tip has changed: tells two snapshots on different tips apart, also where the chain
    /// returned to an earlier tip.
    public long tipNumber() {
        return tipNumber;
    }

    /// The layout of the extranonces of channels that open now.
    public ExtranonceSpace space() {
        return space;
    }

    /// The block to build on, with the smallest header time of the active jobs; empty as long as there is no work.
    public Optional<Tip> tip() {
        return Optional.ofNullable(tip);
    }

    /// The newest jobs on the tip; empty as long as there is no work.
    public Optional<JobSet> active() {
        return Optional.ofNullable(active);
    }

    /// The jobs kept ready for the next tip.
    public Optional<JobSet> future() {
        return Optional.ofNullable(future);
    }

    private Tip tipOf(JobSet jobs) {
        if (tip == null) {
            throw new IllegalStateException("jobs " + jobs.id() + " are active on no tip");
        }
        return tip;
    }
}
