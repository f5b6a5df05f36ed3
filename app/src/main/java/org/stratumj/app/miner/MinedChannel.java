package org.stratumj.app.miner;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
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
    private final SequencedMap<Long, Assignment> assignments = new LinkedHashMap<>();
    private final SequencedMap<Long, Submission> submissions = new LinkedHashMap<>();

    /// What the threads were given.
    ///
    /// @param id          of the job
    /// @param blockTarget what makes a block of it
    private record Assignment(long id, Target blockTarget) {}

    MinedChannel(ClientChannel channel, Hasher hasher, VersionMask versionMask, NominalHashRate nominal) {
        this.channel = channel;
        this.hasher = hasher;
        this.versionMask = versionMask;
        this.nominal = nominal;
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
        assignments.putLast(workId, new Assignment(work.job().id(), work.tip().target()));
        if (assignments.size() > ClientChannel.JOBS_MAX) {
            assignments.pollFirstEntry();
        }
        hasher.assign(HashedWork.of(workId, work, versionMask));
    }

    /// Goes on at the channel's present target.
    void retarget() {
        channel.work().ifPresent(work -> hasher.retarget(HashedWork.target(work)));
    }

    /// The share to submit for a solution; empty if it is of work that is not this channel's, or worth nothing any
    /// more.
    Optional<Submission> submit(Solution solution) {
        Assignment assignment = assignments.get(solution.work().id());
        if (assignment == null || !channel.isWorthSubmitting(assignment.id(), solution.hash())) {
            return Optional.empty();
        }
        Optional<Submission> submission = submission(assignment, solution);
        submission.ifPresent(this::remember);
        return submission;
    }

    /// The share with this number, if it is remembered; it is not any more afterwards.
    Optional<Submission> answered(long sequenceNumber) {
        return Optional.ofNullable(submissions.remove(sequenceNumber));
    }

    /// The hash rate to tell the server; empty if what it knows is good enough.
    OptionalDouble update(long nanoTime) {
        return hasWork() ? nominal.update(hasher.hashesPerSecond(), nanoTime) : OptionalDouble.empty();
    }

    private Optional<Submission> submission(Assignment job, Solution solution) {
        BlockHeader header = solution.header();
        boolean block = job.blockTarget().isMetBy(solution.hash());
        return switch (channel) {
            case StandardClientChannel standard ->
                standard.submit(job.id(), header.nonce(), header.time(), header.version())
                        .map(share -> new Submission(
                                share, share.sequenceNumber(), job.id(), header, solution.hash(), block));
            case ExtendedClientChannel extended ->
                extended.submit(
                                job.id(),
                                header.nonce(),
                                header.time(),
                                header.version(),
                                Bytes.of(solution.extranonce().bytes()),
                                Tlvs.NONE)
                        .map(share -> new Submission(
                                share, share.sequenceNumber(), job.id(), header, solution.hash(), block));
        };
    }

    private void remember(Submission submission) {
        submissions.putLast(submission.sequenceNumber(), submission);
        if (submissions.size() > SUBMISSIONS_MAX) {
            submissions.pollFirstEntry();
        }
    }
}
