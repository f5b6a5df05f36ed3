package org.stratumj.channels.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobOrigin;
import org.stratumj.channels.job.JobSet;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlvs;

/// One upstream extended channel that feeds a local server: its jobs become the server's [Work], and shares of
/// the server's channels that are good enough go up. Spec: 05 §5.1.2.1, §5.2.
///
/// ```text
/// upstream extranonce | prefix | rolled here                 |
/// local space         | given  | index | rolled downstream   |
/// ```
///
/// For the thread of the upstream connection only; the work may go anywhere.
public final class UpstreamChannel {
    /// How often the upstream is told another hash rate at most.
    public static final Duration UPDATE_INTERVAL = Duration.ofSeconds(1);

    private final ExtendedClientChannel channel;
    private final int indexSize;
    private final long firstJobId;
    private Work work;
    private long jobsMade;
    private long futureUpstreamId = -1;
    private float nominalHashRate;
    private @Nullable Instant updatedAt;

    /// The feed of a channel that has just been opened.
    ///
    /// @param indexSize       bytes that tell the local channels apart
    /// @param nominalHashRate what the upstream was told, hashes per second
    /// @throws IllegalArgumentException if the upstream granted fewer bytes than that
    public UpstreamChannel(ExtendedClientChannel channel, int indexSize, float nominalHashRate) {
        this.channel = channel;
        this.indexSize = indexSize;
        this.nominalHashRate = nominalHashRate;
        firstJobId = 1;
        work = Work.none(space(channel.extranoncePrefix()));
    }

    private UpstreamChannel(UpstreamChannel before, ExtendedClientChannel channel, float nominalHashRate) {
        this.channel = channel;
        this.indexSize = before.indexSize;
        this.nominalHashRate = nominalHashRate;
        firstJobId = nextJobId(before.firstJobId, before.jobsMade);
        work = before.work.restart(space(channel.extranoncePrefix()));
    }

    /// The feed of a channel on another connection, that takes the place of this one, which is gone. The local
    /// server goes on with the jobs it has until the first [Work] with active jobs makes them stale; their shares
    /// are not forwarded any more, for the new upstream does not know them.
    ///
    /// @param next            the channel that has just been opened
    /// @param nominalHashRate what the upstream was told, hashes per second
    /// @throws IllegalArgumentException if the upstream granted fewer bytes than the index takes
    public UpstreamChannel successor(ExtendedClientChannel next, float nominalHashRate) {
        return new UpstreamChannel(this, next, nominalHashRate);
    }

    /// The upstream channel.
    public ExtendedClientChannel channel() {
        return channel;
    }

    /// The work as of the last event.
    public Work work() {
        return work;
    }

    /// The target that local ones should not be below, or shares that count upstream would not be submitted here.
    public Target hardestTarget() {
        return channel.target();
    }

    /// Takes an event of the upstream connection.
    ///
    /// @return the work from now on, if the event changed it
    public Optional<Work> on(ClientEvent event) {
        return switch (event) {
            case ClientEvent.FutureJob(var from, var job)
            when from == channel -> {
                futureUpstreamId = job.id();
                yield changed(work.withFuture(jobs(job)));
            }
            case ClientEvent.WorkChanged(var from, var started, var newTip)
            when from == channel -> changed(newTip ? onTip(started) : onJob(started));
            case ClientEvent.PrefixChanged(var from)
            when from == channel -> changed(work.withSpace(space(channel.extranoncePrefix())));
            default -> Optional.empty();
        };
    }

    /// The share for the upstream, if it is worth sending there: it is a block, or it was credited here and meets
    /// the upstream's target, and its job is still valid upstream.
    public Optional<SubmitSharesExtended> forward(ShareVerdict verdict, Tlvs tlvs) {
        return verdict.solution()
                .filter(solution -> verdict.isBlock() || verdict.credit() instanceof Credited)
                .filter(solution -> isOurs(solution.job()))
                .flatMap(solution -> forward(solution, tlvs));
    }

    /// The message that tells the upstream what hash rate the local channels have now; empty if it knows, or was
    /// told another only a moment ago. Spec: 05 §5.3.7.
    ///
    /// @param hashesPerSecond sum over all local channels, 0 without any
    public Optional<UpdateChannel> update(double hashesPerSecond, Instant now) {
        float rate = (float) Math.min(hashesPerSecond, Float.MAX_VALUE);
        boolean soon = updatedAt != null && now.isBefore(updatedAt.plus(UPDATE_INTERVAL));
        if (soon || rate == nominalHashRate) {
            return Optional.empty();
        }
        updatedAt = now;
        nominalHashRate = rate;
        return Optional.of(channel.update(rate, Target.MAX));
    }

    private Optional<SubmitSharesExtended> forward(Solution solution, Tlvs tlvs) {
        if (!(solution.job().origin() instanceof JobOrigin.Upstream(long jobId))) {
            return Optional.empty();
        }
        if (!channel.isWorthSubmitting(jobId, solution.hash())) {
            return Optional.empty();
        }
        int prefixSize = solution.job().space().given().size();
        return channel.submit(
                jobId,
                solution.header().nonce(),
                solution.header().time(),
                solution.header().version(),
                solution.extranonce().slice(prefixSize, solution.extranonce().size()),
                tlvs);
    }

    private Work onTip(MiningWork started) {
        boolean newestFuture = started.job().id() == futureUpstreamId;
        // Local channels know the newest future job only; another goes out anew, under a new id.
        JobSet jobs = newestFuture ? work.future().orElseThrow() : jobs(started.job());
        futureUpstreamId = -1;
        return work.onTip(started.tip(), jobs);
    }

    private Work onJob(MiningWork started) {
        return work.withActive(jobs(started.job()), started.nTimeStart());
    }

    private Optional<Work> changed(Work next) {
        work = next;
        return Optional.of(next);
    }

    private JobSet jobs(MiningJob received) {
        if (!(received instanceof ExtendedJob job)) {
            throw new IllegalArgumentException("an extended channel has no standard job");
        }
        long id = nextJobId(firstJobId, jobsMade++);
        return JobSet.of(new Job(
                id,
                new JobOrigin.Upstream(job.id()),
                space(job.extranoncePrefix()),
                job.version(),
                job.versionRollingAllowed(),
                job.merklePath(),
                job.coinbase()));
    }

    /// Whether this channel made the job, and not one before it, whose upstream job ids mean others here.
    private boolean isOurs(Job job) {
        return Math.floorMod(job.id() - firstJobId, Job.ID_MAX) < jobsMade;
    }

    private static long nextJobId(long firstId, long made) {
        return (firstId - 1 + made) % Job.ID_MAX + 1;
    }

    private ExtranonceSpace space(Bytes prefix) {
        return new ExtranonceSpace(prefix, indexSize, prefix.size() + channel.extranonceSize());
    }
}
