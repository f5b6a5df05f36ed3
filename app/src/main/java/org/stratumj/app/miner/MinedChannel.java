package org.stratumj.app.miner;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.channels.job.Tip;
import org.stratumj.miner.Solution;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Tlvs;

/// An open channel and the threads that hash for it. For the lane of its connection only.
final class MinedChannel {
    /// The most submitted shares that are remembered, to tell more of one that is refused.
    static final int SUBMISSIONS_MAX = 256;

    private final ClientChannel channel;
    private final Hasher hasher;
    private final VersionMask versionMask;
    private final NominalHashRate nominal;
    private final SubmissionPace pace;
    private final SequencedMap<Long, Assignment> assignments = new LinkedHashMap<>();
    private final SequencedMap<Long, Submission> submissions = new LinkedHashMap<>();
    private @Nullable Target hashedFor;
    private long tooMany;

    /// What the threads were given.
    ///
    /// @param id    of the job
    /// @param tip   what it builds on
    /// @param onTip what was submitted on that tip
    private record Assignment(long id, Tip tip, SubmissionPace.OnTip onTip) {}

    MinedChannel(
            ClientChannel channel,
            Hasher hasher,
            VersionMask versionMask,
            NominalHashRate nominal,
            SubmissionPace pace) {
        this.channel = channel;
        this.hasher = hasher;
        this.versionMask = versionMask;
        this.nominal = nominal;
        this.pace = pace;
    }

    ClientChannel channel() {
        return channel;
    }

    boolean hasWork() {
        return !assignments.isEmpty();
    }

    /// Hashes this from now on.
    ///
    /// @param workId no other work has it
    void assign(long workId, MiningWork work, long nanoTime) {
        if (!hasWork()) {
            nominal.began(nanoTime);
        }
        Assignment assignment = new Assignment(work.job().id(), work.tip(), onTip(work.tip()));
        assignments.putLast(workId, assignment);
        if (assignments.size() > ClientChannel.JOBS_MAX) {
            assignments.pollFirstEntry();
        }
        Target target = target(work, assignment, nanoTime);
        hashedFor = target;
        hasher.assign(HashedWork.of(workId, work, versionMask, target));
    }

    /// Goes on at the present target: the channel's, or the network's while blocks that are no shares are due.
    void retarget(long nanoTime) {
        if (hasWork()) {
            channel.work().ifPresent(work -> {
                Target present = target(work, assignments.lastEntry().getValue(), nanoTime);
                if (!Objects.equals(hashedFor, present)) {
                    hashedFor = present;
                    hasher.retarget(present);
                }
            });
        }
    }

    /// The share to submit for a solution; empty if it is of work that is not this channel's, worth nothing any more,
    /// or one too many.
    Optional<Submission> submit(Solution solution, long nanoTime) {
        Assignment job = assignments.get(solution.work().id());
        if (job == null || !channel.isWorthSubmitting(job.id(), solution.hash())) {
            return Optional.empty();
        }
        boolean block = job.tip().target().isMetBy(solution.hash());
        boolean share = channel.target(job.id()).stream().anyMatch(target -> target.isMetBy(solution.hash()));
        if (!pace.admits(share, block, job.onTip(), nanoTime)) {
            tooMany++;
            return Optional.empty();
        }
        Optional<Submission> submission = submission(job, solution, share, block);
        submission.ifPresent(this::remember);
        if (block) {
            retarget(nanoTime);
        }
        return submission;
    }

    /// Candidates that were one too many since the last call.
    long takeTooMany() {
        long taken = tooMany;
        tooMany = 0;
        return taken;
    }

    /// The share with this number, if it is remembered; it is not any more afterwards.
    Optional<Submission> answered(long sequenceNumber) {
        return Optional.ofNullable(submissions.remove(sequenceNumber));
    }

    /// The hash rate to tell the server; empty if what it knows is good enough.
    OptionalDouble update(long nanoTime) {
        return hasWork() ? nominal.update(hasher.hashesPerSecond(), nanoTime) : OptionalDouble.empty();
    }

    /// What was submitted on a tip: the same for all its jobs.
    private SubmissionPace.OnTip onTip(Tip tip) {
        return assignments.values().stream()
                .filter(earlier -> earlier.tip().isSameAs(tip))
                .findFirst()
                .map(Assignment::onTip)
                .orElseGet(SubmissionPace.OnTip::new);
    }

    private static Target target(MiningWork work, Assignment job, long nanoTime) {
        return job.onTip().seeksBlocks(nanoTime) ? HashedWork.easiest(work) : work.target();
    }

    private Optional<Submission> submission(Assignment job, Solution solution, boolean share, boolean block) {
        BlockHeader header = solution.header();
        return switch (channel) {
            case StandardClientChannel standard ->
                standard.submit(job.id(), header.nonce(), header.time(), header.version())
                        .map(message -> new Submission(
                                message, message.sequenceNumber(), job.id(), header, solution.hash(), share, block));
            case ExtendedClientChannel extended ->
                extended.submit(
                                job.id(),
                                header.nonce(),
                                header.time(),
                                header.version(),
                                Bytes.of(solution.extranonce().bytes()),
                                Tlvs.NONE)
                        .map(message -> new Submission(
                                message, message.sequenceNumber(), job.id(), header, solution.hash(), share, block));
        };
    }

    private void remember(Submission submission) {
        submissions.putLast(submission.sequenceNumber(), submission);
        if (submissions.size() > SUBMISSIONS_MAX) {
            submissions.pollFirstEntry();
        }
    }
}
