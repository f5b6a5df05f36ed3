package org.stratumj.channels.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobSet;
import org.stratumj.channels.job.Tip;
import org.stratumj.channels.job.Work;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// Brings one connection's channels from the work they have to the newest work.
///
/// A channel that is new gets its own messages: the active job as a future job, SetNewPrevHash naming it, and the
/// future job if there is one. Later work goes once to each group as extended jobs, or, if the client requires
/// standard jobs, once to each channel. Spec: 05 §5.2.3, §5.3.15 to §5.3.17.
///
/// For one thread at a time.
final class Distribution {
    private final MiningFlags flags;
    private final SentJobs sentJobs;
    private final Events events;
    private final Sha256d hasher = new Sha256d();
    private Work work;

    /// Numbers in the order in which a connection sends jobs and targets.
    static final class Events {
        private long last;

        long next() {
            return ++last;
        }
    }

    Distribution(MiningFlags flags, SentJobs sentJobs, Events events, Work work) {
        this.flags = flags;
        this.sentJobs = sentJobs;
        this.events = events;
        this.work = work;
        remember(Work.none(work.space()), work);
    }

    Work work() {
        return work;
    }

    /// All that a new channel needs to start.
    List<MiningToClient> introduction(ServerChannel channel) {
        List<MiningToClient> out = new ArrayList<>();
        work.active().ifPresent(jobs -> {
            Tip tip = work.tip().orElseThrow();
            sendTo(channel, jobs, OptionalLong.empty(), out);
            out.add(newPrevHash(channel.id(), jobs.id(), tip));
        });
        work.future().ifPresent(jobs -> sendTo(channel, jobs, OptionalLong.empty(), out));
        return out;
    }

    /// What the channels lack of the newest work.
    ///
    /// @throws IllegalArgumentException if its extranonces are of other sizes than those of open channels
    List<MiningToClient> update(Work next, Collection<Group> groups) {
        if (!hasSameSizes(next)) {
            if (!groups.isEmpty()) {
                throw new IllegalArgumentException("extranonce of %d + %d bytes, channels were opened with %d + %d"
                        .formatted(
                                next.space().prefixSize(),
                                next.space().rollableSize(),
                                work.space().prefixSize(),
                                work.space().rollableSize()));
            }
            sentJobs.clear();
        }
        Work before = work;
        boolean first = before.active().isEmpty() && before.future().isEmpty();
        boolean newTip = next.tipNumber() != before.tipNumber();
        boolean futureWasSent = next.active().map(sentJobs::isFuture).orElse(false);
        work = next;
        List<MiningToClient> out = new ArrayList<>();
        for (Group group : groups) {
            if (first) {
                group.members().values().forEach(channel -> out.addAll(introduction(channel)));
            } else {
                sendDifference(group, before, newTip, futureWasSent, out);
            }
        }
        remember(before, next);
        return out;
    }

    /// Whether the channels get a job of this work.
    boolean hasNews(Work next) {
        return !next.active().map(JobSet::id).equals(work.active().map(JobSet::id))
                || !next.future().map(JobSet::id).equals(work.future().map(JobSet::id));
    }

    /// Whether the extranonces of open channels fit the work.
    boolean hasSameSizes(Work next) {
        return next.space().fullSize() == work.space().fullSize()
                && next.space().prefixSize() == work.space().prefixSize()
                && next.space().indexSize() == work.space().indexSize();
    }

    private void sendDifference(
            Group group, Work before, boolean newTip, boolean futureWasSent, List<MiningToClient> out) {
        work.active().ifPresent(jobs -> {
            Tip tip = work.tip().orElseThrow();
            if (newTip) {
                if (!futureWasSent) {
                    sendTo(group, jobs, OptionalLong.empty(), out);
                }
                sendNewPrevHash(group, jobs.id(), tip, out);
            } else if (differs(jobs, before.active())) {
                sendTo(group, jobs, OptionalLong.of(tip.minNTime()), out);
            }
        });
        work.future()
                .filter(jobs -> newTip || differs(jobs, before.future()))
                .ifPresent(jobs -> sendTo(group, jobs, OptionalLong.empty(), out));
    }

    private void remember(Work before, Work next) {
        next.active().ifPresent(jobs -> {
            Tip tip = next.tip().orElseThrow();
            if (next.tipNumber() != before.tipNumber()) {
                if (!sentJobs.isFuture(jobs)) {
                    sentJobs.future(jobs, events.next());
                }
                sentJobs.newTip(tip);
            } else if (differs(jobs, before.active())) {
                sentJobs.active(jobs, tip, events.next());
            }
        });
        next.future().filter(jobs -> !sentJobs.isFuture(jobs)).ifPresent(jobs -> sentJobs.future(jobs, events.next()));
    }

    private void sendTo(Group group, JobSet jobs, OptionalLong minNTime, List<MiningToClient> out) {
        if (flags.standardJobs()) {
            group.members().values().forEach(channel -> sendTo(channel, jobs, minNTime, out));
        } else {
            Job job = jobs.job(group.payout());
            group.members().values().forEach(channel -> movePrefix(channel, job, out));
            out.add(job.message(group.id(), minNTime, flags.fixedVersion()));
        }
    }

    private void sendTo(ServerChannel channel, JobSet jobs, OptionalLong minNTime, List<MiningToClient> out) {
        Job job = channel.job(jobs);
        movePrefix(channel, job, out);
        if (channel.kind() == ServerChannel.Kind.EXTENDED) {
            out.add(job.message(channel.id(), minNTime, flags.fixedVersion()));
        } else {
            U256 root = U256.of(channel.merkleRoot(job, Bytes.EMPTY, hasher).bytes());
            out.add(new NewMiningJob(channel.id(), job.id(), minNTime, job.version(), root));
        }
    }

    private void sendNewPrevHash(Group group, long jobId, Tip tip, List<MiningToClient> out) {
        if (flags.standardJobs()) {
            group.members().keySet().forEach(channelId -> out.add(newPrevHash(channelId, jobId, tip)));
        } else {
            out.add(newPrevHash(group.id(), jobId, tip));
        }
    }

    /// The prefix has to be the one in the job's layout before the job is sent (05 §5.3.10).
    private static void movePrefix(ServerChannel channel, Job job, List<MiningToClient> out) {
        if (!job.space().equals(channel.space)) {
            channel.space = job.space();
            out.add(new SetExtranoncePrefix(channel.id(), channel.extranoncePrefix()));
        }
    }

    private static boolean differs(JobSet jobs, Optional<JobSet> before) {
        return before.isEmpty() || before.get().id() != jobs.id();
    }

    private static SetNewPrevHash newPrevHash(long channelId, long jobId, Tip tip) {
        return new SetNewPrevHash(channelId, jobId, U256.of(tip.prevHash().bytes()), tip.minNTime(), tip.nBits());
    }
}
