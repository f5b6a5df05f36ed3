package org.stratumj.channels.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Difficulty;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.extranonce.ExtranonceLease;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerChannel.Kind;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// The mining channels of one connection, from the server's side: everything between a client's message and the
/// answer.
///
/// Each method takes what happened and the time, changes the state, and returns the messages to send, in their
/// order. Whether a user may open a channel and what the coinbase pays is decided before; journals and metrics go
/// by the returned verdicts.
///
/// ```text
/// share → submit → verdict → block? publish → refused? send its error
///                                           → credited? make it durable → acknowledge
/// ```
///
/// For the thread of its connection only. Spec: 05.
public final class ServerChannels {
    /// How many closed channels a connection may have whose search space rests, for each that it may have open. A
    /// client that opens and closes without end would otherwise take the whole search space of the server.
    public static final int RESTING_PER_CHANNEL_MAX = 4;

    private final MiningFlags flags;
    private final ExtranonceLeases leases;
    private final SentJobs sentJobs = new SentJobs();
    private final Distribution.Events events = new Distribution.Events();
    private final Distribution distribution;
    private final ShareCheck shareCheck;

    private final SequencedMap<Long, ServerChannel> channels = new LinkedHashMap<>();
    private final Map<Payout, Group> groups = new LinkedHashMap<>();
    private final RestingSpace resting = new RestingSpace();
    private ServerPolicy policy;
    private long lastId;

    /// A connection without channels.
    ///
    /// @param policy what is granted
    /// @param flags  what was settled when the connection was set up
    /// @param leases indexes for channels, shared by all connections of the server
    /// @param work   the server's newest work
    /// @throws IllegalArgumentException if there are more leases than the work's extranonces have room for
    public ServerChannels(ServerPolicy policy, MiningFlags flags, ExtranonceLeases leases, Work work) {
        if (leases.capacity() > work.space().capacity()) {
            throw new IllegalArgumentException("leases for %d channels, extranonces for %d"
                    .formatted(leases.capacity(), work.space().capacity()));
        }
        this.policy = policy;
        this.flags = flags;
        this.leases = leases;
        distribution = new Distribution(flags, sentJobs, events, work);
        shareCheck = new ShareCheck(policy.shares(), flags, sentJobs);
    }

    /// Opens a standard channel. Spec: 05 §5.3.2.
    ///
    /// @param payout what the coinbases of its jobs pay
    /// @return Success and the work to start with, or the error
    public List<MiningToClient> open(OpenStandardMiningChannel request, Payout payout, Instant now) {
        if (flags.extendedChannels()) {
            return List.of(refusal(request.requestId(), ErrorCode.STANDARD_CHANNELS_NOT_SUPPORTED));
        }
        if (flags.workSelection()) {
            return List.of(refusal(request.requestId(), ErrorCode.STANDARD_CHANNELS_NOT_SUPPORTED_FOR_CUSTOM_WORK));
        }
        return open(
                new Opening(
                        Kind.STANDARD,
                        request.requestId(),
                        request.userIdentity(),
                        request.nominalHashRate(),
                        target(request.maxTarget()),
                        payout),
                now);
    }

    /// Opens an extended channel. Spec: 05 §5.3.4.
    ///
    /// @param payout what the coinbases of its jobs pay
    /// @return Success and the work to start with, or the error
    public List<MiningToClient> open(OpenExtendedMiningChannel request, Payout payout, Instant now) {
        if (flags.standardJobs()) {
            return List.of(refusal(request.requestId(), ErrorCode.EXTENDED_CHANNELS_NOT_SUPPORTED_FOR_STANDARD_JOBS));
        }
        if (request.minExtranonceSize() > distribution.work().space().rollableSize()) {
            return List.of(refusal(request.requestId(), ErrorCode.MIN_EXTRANONCE_SIZE_TOO_LARGE));
        }
        return open(
                new Opening(
                        Kind.EXTENDED,
                        request.requestId(),
                        request.userIdentity(),
                        request.nominalHashRate(),
                        target(request.maxTarget()),
                        payout),
                now);
    }

    /// The answer to a request for a channel that is not to be opened. Spec: 05 §5.3.6.
    public static OpenMiningChannelError refusal(long requestId, ErrorCode code) {
        return new OpenMiningChannelError(requestId, code.wire());
    }

    /// Changes what a client stated when it opened a channel. Acted on at once if the last statement is as old as
    /// vardiff's shortest window, later by [#retarget]; the hash rate counts as far as
    /// [org.stratumj.channels.vardiff.ProvenRate] lets it.
    /// Spec: 05 §5.3.7.
    ///
    /// Not to be called while other connections may have newer work than this one; the statement waits for [#work].
    /// A client that knows a job from elsewhere would ask for the target that its hashes of that job meet.
    ///
    /// @return the new target if it changes now, or the error
    public List<MiningToClient> update(UpdateChannel request, Instant now) {
        ServerChannel channel = channels.get(request.channelId());
        Optional<ErrorCode> error = channel == null
                ? Optional.of(ErrorCode.INVALID_CHANNEL_ID)
                : statementError(request.nominalHashRate(), target(request.maximumTarget()));
        if (channel == null || error.isPresent()) {
            return List.of(new UpdateChannelError(
                    request.channelId(), error.orElseThrow().wire()));
        }
        channel.restate(request.nominalHashRate(), target(request.maximumTarget()));
        return followStatement(channel, now);
    }

    /// Closes a channel or, by a group's id, all channels of the group; an unknown id closes none. Spec: 05
    /// §5.3.9.
    ///
    /// @param id of either, U32
    /// @return the channels that were closed
    public List<ServerChannel> close(long id) {
        List<ServerChannel> closed = channels.values().stream()
                .filter(channel -> channel.id() == id || channel.groupId() == id)
                .toList();
        closed.forEach(this::remove);
        return closed;
    }

    /// Closes a channel of the server's own accord.
    ///
    /// @param id     of the channel, U32
    /// @param reason for the client
    /// @return the message, if there is such a channel
    public List<MiningToClient> close(long id, ErrorCode reason) {
        ServerChannel channel = channels.get(id);
        if (channel == null) {
            return List.of();
        }
        remove(channel);
        return List.of(new CloseChannel(id, reason.wire()));
    }

    /// Closes all channels and gives their search space back: the connection is gone.
    public void closeAll() {
        List.copyOf(channels.values()).forEach(this::remove);
    }

    /// Judges a share of a standard channel. Spec: 05 §5.3.11.
    public ShareVerdict submit(SubmitSharesStandard share, Instant now) {
        return submit(
                Kind.STANDARD,
                new ShareCheck.Share(
                        share.channelId(),
                        share.sequenceNumber(),
                        share.jobId(),
                        share.nonce(),
                        share.nTime(),
                        share.version(),
                        Bytes.EMPTY,
                        NamedWorker.NONE),
                now);
    }

    /// Judges a share of an extended channel where no extension was negotiated. Spec: 05 §5.3.12.
    public ShareVerdict submit(SubmitSharesExtended share, Instant now) {
        return submit(share, Set.of(), now);
    }

    /// Judges a share of an extended channel. Spec: 05 §5.3.12.
    ///
    /// @param extensions what was negotiated: their TLV fields are read, and others ignored (03 §3.4.3)
    public ShareVerdict submit(SubmitSharesExtended share, Set<Integer> extensions, Instant now) {
        return submit(
                Kind.EXTENDED,
                new ShareCheck.Share(
                        share.channelId(),
                        share.sequenceNumber(),
                        share.jobId(),
                        share.nonce(),
                        share.nTime(),
                        share.version(),
                        share.extranonce(),
                        NamedWorker.in(share.tlvs(), extensions)),
                now);
    }

    /// Acknowledges a credited share, once it is safe to say so. Spec: 05 §5.3.13.
    ///
    /// @param verdict what [#submit] found; shares of a channel in the order in which they were submitted
    /// @return the message, when enough shares wait for it
    public Optional<SubmitSharesSuccess> acknowledge(ShareVerdict verdict, Instant now) {
        ServerChannel channel = channels.get(verdict.channelId());
        return channel != null && verdict.credit() instanceof Credited(double difficulty)
                ? channel.acknowledgements.add(verdict.sequenceNumber(), difficulty, now)
                : Optional.empty();
    }

    /// The acknowledgements that have waited long enough for more shares; to be asked for every few seconds.
    public List<MiningToClient> acknowledgementsDue(Instant now) {
        List<MiningToClient> due = new ArrayList<>();
        channels.values().forEach(channel -> channel.acknowledgements.due(now).ifPresent(due::add));
        return due;
    }

    /// The new targets of channels that find far more or fewer shares than they should; to be asked for every few
    /// seconds, though like [#update] not while others may have newer work.
    public List<MiningToClient> retarget(Instant now) {
        List<MiningToClient> out = new ArrayList<>();
        for (ServerChannel channel : channels.values()) {
            OptionalDouble factor = channel.vardiff.factor(now);
            if (factor.isPresent()) {
                channel.dropStatedRate(now);
                Target wanted = new Difficulty(channel.difficulty() * factor.getAsDouble()).toTarget();
                out.addAll(follow(channel, wanted, now));
            }
            out.addAll(followStatement(channel, now));
            if (channel.isDeferredSince(now.minus(policy.targets().deferral()))) {
                out.addAll(deferredTarget(channel));
            }
        }
        return out;
    }

    /// Applies other bounds to the targets of all channels, present and to come.
    ///
    /// @return the new targets of those that were outside
    public List<MiningToClient> targets(TargetPolicy targets, Instant now) {
        policy = policy.withTargets(targets);
        List<MiningToClient> out = new ArrayList<>();
        for (ServerChannel channel : channels.values()) {
            out.addAll(changeTarget(channel, channel.target(), now));
        }
        return out;
    }

    /// Whether the open channels can go on with this work. They cannot if the sizes of its extranonces are
    /// others, as they may be after a change of upstream: the channels have to be closed then.
    public boolean fits(Work newest) {
        return channels.isEmpty() || distribution.hasSameSizes(newest);
    }

    /// Brings the channels to the server's newest work; work in between that was never sent is skipped.
    ///
    /// @param newest the same or newer than the last
    /// @return harder targets that waited for a job, jobs and SetNewPrevHash; the same object for all connections
    ///     that get the same extended job
    /// @throws IllegalArgumentException unless it [#fits]
    public List<MiningToClient> work(Work newest) {
        // No job that fixes the version may go to a client that requires to roll it (05 §5.3.1).
        List<MiningToClient> closed =
                isAcceptable(newest) ? List.of() : closeAll(ErrorCode.VERSION_ROLLING_NOT_ALLOWED);
        List<MiningToClient> out = new ArrayList<>(distribution.hasNews(newest) ? deferredTargets() : List.of());
        out.addAll(distribution.update(newest, groups.values()));
        long oldestJob = sentJobs.oldestEvent();
        channels.values().forEach(channel -> channel.targets.forgetBefore(oldestJob));
        return closed.isEmpty() ? out : closed;
    }

    /// The answer to a custom job, of which this server takes none. Spec: 05 §5.3.20.
    public SetCustomMiningJobError refusal(SetCustomMiningJob request) {
        ErrorCode code =
                channels.containsKey(request.channelId()) ? ErrorCode.JD_NOT_SUPPORTED : ErrorCode.INVALID_CHANNEL_ID;
        return new SetCustomMiningJobError(request.channelId(), request.requestId(), code.wire());
    }

    /// The open channels, the oldest first; a view.
    public SequencedCollection<ServerChannel> channels() {
        return Collections.unmodifiableSequencedCollection(channels.sequencedValues());
    }

    /// The open channel with this id.
    public Optional<ServerChannel> channel(long id) {
        return Optional.ofNullable(channels.get(id));
    }

    /// The hash rates of all open channels. They change with time, so a server that passes them on asks every few
    /// seconds.
    public HashRates hashRates(Instant now) {
        HashRates sum = HashRates.NONE;
        for (ServerChannel channel : channels.values()) {
            sum = sum.plus(channel.hashRates(now));
        }
        return sum;
    }

    private boolean isAcceptable(Work work) {
        return work.versionRollingAllowed() || !flags.versionRolling();
    }

    private List<MiningToClient> closeAll(ErrorCode reason) {
        return List.copyOf(channels.keySet()).stream()
                .flatMap(id -> close(id, reason).stream())
                .toList();
    }

    private record Opening(
            Kind kind, long requestId, Str0255 userIdentity, double nominalHashRate, Target maxTarget, Payout payout) {}

    private List<MiningToClient> open(Opening opening, Instant now) {
        Optional<ErrorCode> error = statementError(opening.nominalHashRate(), opening.maxTarget());
        if (error.isPresent()) {
            return List.of(refusal(opening.requestId(), error.get()));
        }
        if (!isAcceptable(distribution.work())) {
            return List.of(refusal(opening.requestId(), ErrorCode.VERSION_ROLLING_NOT_ALLOWED));
        }
        Optional<ExtranonceLease> lease = isFull() ? Optional.empty() : leases.lease();
        if (lease.isEmpty()) {
            return List.of(refusal(opening.requestId(), ErrorCode.CHANNEL_CAPACITY_EXHAUSTED));
        }
        ServerChannel channel = add(opening, lease.get(), now);
        List<MiningToClient> out = new ArrayList<>();
        out.add(success(opening.requestId(), channel));
        out.addAll(distribution.introduction(channel));
        return out;
    }

    private boolean isFull() {
        long restingMax = (long) policy.channelsMax() * RESTING_PER_CHANNEL_MAX;
        // Two ids at most: the channel's and a new group's. Ids are not used again (05 §5.2).
        return channels.size() >= policy.channelsMax()
                || resting.size(distribution.work().tipNumber()) >= restingMax
                || lastId > Range.U32_MAX - 2;
    }

    private ServerChannel add(Opening opening, ExtranonceLease lease, Instant now) {
        Group group = groups.computeIfAbsent(opening.payout(), payout -> new Group(++lastId, payout));
        ServerChannel channel = new ServerChannel(
                new ServerChannel.Opened(
                        ++lastId,
                        opening.kind(),
                        opening.userIdentity(),
                        group,
                        now,
                        events.next(),
                        lease,
                        space(),
                        opening.nominalHashRate(),
                        opening.maxTarget(),
                        policy.targets().of(opening.nominalHashRate(), opening.maxTarget())),
                policy);
        channels.putLast(channel.id(), channel);
        group.members().putLast(channel.id(), channel);
        return channel;
    }

    private static MiningToClient success(long requestId, ServerChannel channel) {
        U256 target = U256.of(channel.target().littleEndian());
        return switch (channel.kind()) {
            case STANDARD ->
                new OpenStandardMiningChannelSuccess(
                        requestId, channel.id(), target, channel.extranoncePrefix(), channel.groupId());
            case EXTENDED ->
                new OpenExtendedMiningChannelSuccess(
                        requestId,
                        channel.id(),
                        target,
                        channel.extranonceSize(),
                        channel.extranoncePrefix(),
                        channel.groupId());
        };
    }

    private ExtranonceSpace space() {
        return distribution.work().space();
    }

    private void remove(ServerChannel channel) {
        channels.remove(channel.id());
        Group group = channel.group();
        group.members().remove(channel.id());
        if (group.members().isEmpty()) {
            groups.remove(group.payout());
        }
        channel.lease().close();
        resting.add(distribution.work().tipNumber());
    }

    private ShareVerdict submit(Kind kind, ShareCheck.Share share, Instant now) {
        @Nullable ServerChannel channel = channels.get(share.channelId());
        if (channel == null || channel.kind() != kind) {
            return ShareCheck.refused(share, ErrorCode.INVALID_CHANNEL_ID);
        }
        ShareVerdict verdict = shareCheck.check(channel, share, now);
        if (verdict.credit() instanceof Credited(double difficulty)) {
            channel.credited(
                    difficulty,
                    channel.target().isMetBy(verdict.solution().orElseThrow().hash()));
        }
        return verdict;
    }

    private Optional<ErrorCode> statementError(double nominalHashRate, Target maxTarget) {
        if (nominalHashRate > policy.targets().hashesPerSecondMax()) {
            return Optional.of(ErrorCode.INVALID_NOMINAL_HASHRATE);
        }
        return maxTarget.equals(Target.ZERO) ? Optional.of(ErrorCode.MAX_TARGET_OUT_OF_RANGE) : Optional.empty();
    }

    private List<MiningToClient> followStatement(ServerChannel channel, Instant now) {
        Optional<Boolean> otherRate = channel.takeStatement(policy.vardiff().windowMin(), now);
        if (otherRate.isEmpty()) {
            return List.of();
        }
        double believed = channel.proven.bounded(channel.nominalHashRate(), now);
        Target wanted = otherRate.get() ? policy.targets().of(believed, channel.maxTarget()) : channel.target();
        return follow(channel, wanted, now);
    }

    /// A client may follow a harder target at once on a job that keeps its easier one, and is then credited that for
    /// fewer shares. So a harder target that shares or a statement ask for waits for the next job if it can.
    private List<MiningToClient> follow(ServerChannel channel, Target wanted, Instant now) {
        Target target = policy.targets().bounded(wanted, channel.maxTarget());
        if (canWait(channel, target)) {
            channel.defer(target, now);
            return List.of();
        }
        return changeTarget(channel, target, now);
    }

    private boolean canWait(ServerChannel channel, Target target) {
        double factor = target.expectedHashes() / channel.target().expectedHashes();
        return policy.targets().deferral().isPositive()
                && target.compareTo(channel.target()) < 0
                && channel.target().compareTo(channel.maxTarget()) <= 0
                && factor <= TargetPolicy.DEFERRED_FACTOR_MAX;
    }

    private List<MiningToClient> deferredTargets() {
        List<MiningToClient> out = new ArrayList<>();
        channels.values().forEach(channel -> out.addAll(deferredTarget(channel)));
        return out;
    }

    private List<MiningToClient> deferredTarget(ServerChannel channel) {
        Optional<Target> deferred = channel.deferred();
        if (deferred.isEmpty()) {
            return List.of();
        }
        double before = channel.difficulty();
        List<MiningToClient> out = setTarget(channel, deferred.get());
        channel.vardiff.rescale(before / channel.difficulty());
        return out;
    }

    private List<MiningToClient> changeTarget(ServerChannel channel, Target wanted, Instant now) {
        List<MiningToClient> out = setTarget(channel, wanted);
        if (!out.isEmpty()) {
            channel.vardiff.restart(now);
        }
        return out;
    }

    private List<MiningToClient> setTarget(ServerChannel channel, Target wanted) {
        channel.dropDeferred();
        Target target = policy.targets().bounded(wanted, channel.maxTarget());
        if (target.equals(channel.target())) {
            return List.of();
        }
        channel.targets.change(events.next(), channel.newestEvent(sentJobs), target);
        return List.of(new SetTarget(channel.id(), U256.of(target.littleEndian())));
    }

    private static Target target(U256 value) {
        return Target.ofLittleEndian(value.bytes());
    }
}
