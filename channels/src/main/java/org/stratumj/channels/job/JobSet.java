package org.stratumj.channels.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The jobs of one template: one per payout, all with the same id. Any thread may use it.
public final class JobSet {
    /// The most jobs that are kept once made; beyond, a payout's job is made anew each time it is asked for.
    public static final int JOBS_KEPT_MAX = 1024;

    private final long id;
    private final boolean versionRollingAllowed;
    private final Function<Payout, Job> maker;
    private final Map<Payout, Job> made = new ConcurrentHashMap<>();
    /// The job made first: for the payout that a server's template is checked with.
    private volatile @Nullable Job first;

    private JobSet(long id, boolean versionRollingAllowed, Function<Payout, Job> maker) {
        this.id = id;
        this.versionRollingAllowed = versionRollingAllowed;
        this.maker = maker;
    }

    /// One job for every payout.
    public static JobSet of(Job job) {
        JobSet jobs = new JobSet(job.id(), job.versionRollingAllowed(), _ -> job);
        jobs.first = job;
        return jobs;
    }

    /// Jobs made when they are first asked for.
    ///
    /// @param id                    of all of them, U32
    /// @param versionRollingAllowed of all of them
    /// @param maker                 makes the same job whenever it is given the same payout; any thread may call
    ///                              it
    public static JobSet perPayout(long id, boolean versionRollingAllowed, Function<Payout, Job> maker) {
        return new JobSet(id, versionRollingAllowed, maker);
    }

    /// The id of all jobs, U32.
    public long id() {
        return id;
    }

    /// Whether miners may change version bits.
    public boolean versionRollingAllowed() {
        return versionRollingAllowed;
    }

    /// The job that pays this payout.
    public Job job(Payout payout) {
        Job job = made.get(payout);
        if (job != null) {
            return job;
        }
        Job fresh = maker.apply(payout);
        if (first == null) {
            first = fresh;
        }
        if (made.size() < JOBS_KEPT_MAX) {
            Job before = made.putIfAbsent(payout, fresh);
            return before == null ? fresh : before;
        }
        return fresh;
    }

    /// Whether a header of one of these jobs may be a header of the others: the same template was announced again under
    /// another id.
    public boolean isSameWorkAs(JobSet others) {
        Job one = first;
        Job other = others.first;
        return one != null && other != null && one.isSameWorkAs(other);
    }

    @Override
    public String toString() {
        return "jobs " + id;
    }
}
