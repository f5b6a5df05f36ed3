package org.stratumj.channels.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetCustomMiningJobSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetGroupChannel;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// The mining channels of one connection, from the client's side: requests to open them, and what the server's
/// messages mean.
///
/// Messages about channels that are not open are ignored: a server may have sent them before it learnt that they
/// were closed. For the thread of its connection only. Spec: 05.
public final class ClientChannels {
    private final MiningFlags flags;
    private final Set<Integer> extensions;
    private final Map<Long, Request> requests = new HashMap<>();
    private final SequencedMap<Long, ClientChannel> channels = new LinkedHashMap<>();
    private long lastRequestId;

    private record Request(Str0255 userIdentity, boolean extended, int minExtranonceSize) {}

    /// A connection without channels and extensions.
    ///
    /// @param flags what was settled when the connection was set up
    public ClientChannels(MiningFlags flags) {
        this(flags, Set.of());
    }

    /// A connection without channels.
    ///
    /// @param flags      what was settled when the connection was set up
    /// @param extensions what was negotiated then
    public ClientChannels(MiningFlags flags, Set<Integer> extensions) {
        this.flags = flags;
        this.extensions = Set.copyOf(extensions);
    }

    /// The request for a standard channel. Spec: 05 §5.3.2.
    ///
    /// @param nominalHashRate expected on the channel, hashes per second
    /// @param maxTarget       easiest target that is wanted
    public OpenStandardMiningChannel openStandard(Str0255 userIdentity, float nominalHashRate, Target maxTarget) {
        long requestId = request(new Request(userIdentity, false, 0));
        return new OpenStandardMiningChannel(
                requestId, userIdentity, nominalHashRate, U256.of(maxTarget.littleEndian()));
    }

    /// The request for an extended channel. Spec: 05 §5.3.4.
    ///
    /// @param nominalHashRate   expected on the channel, hashes per second
    /// @param maxTarget         easiest target that is wanted
    /// @param minExtranonceSize bytes that the client needs to roll
    public OpenExtendedMiningChannel openExtended(
            Str0255 userIdentity, float nominalHashRate, Target maxTarget, int minExtranonceSize) {
        long requestId = request(new Request(userIdentity, true, minExtranonceSize));
        return new OpenExtendedMiningChannel(
                requestId, userIdentity, nominalHashRate, U256.of(maxTarget.littleEndian()), minExtranonceSize);
    }

    /// Closes a channel. Spec: 05 §5.3.9.
    ///
    /// @param reason free text in printable ASCII (03 §3.5)
    /// @return the message, if the channel is open
    /// @throws IllegalArgumentException if the reason has other characters
    public Optional<CloseChannel> close(long channelId, Str0255 reason) {
        if (!reason.isPrintableAscii()) {
            throw new IllegalArgumentException("a reason is printable ASCII, not " + reason);
        }
        return channels.remove(channelId) == null ? Optional.empty() : Optional.of(new CloseChannel(channelId, reason));
    }

    /// Takes a message of the server.
    ///
    /// @return what it means, in order; one event per channel for a message to a group
    /// @throws PeerViolationException if the server must not send it, or not now
    public List<ClientEvent> on(MiningToClient message) {
        return switch (message) {
            case OpenStandardMiningChannelSuccess success -> opened(success);
            case OpenExtendedMiningChannelSuccess success -> opened(success);
            case OpenMiningChannelError error -> {
                answered(error.requestId());
                yield List.of(new ClientEvent.OpenRefused(error.requestId(), error.errorCode()));
            }
            case NewMiningJob job -> job(job);
            case NewExtendedMiningJob job -> job(job);
            case SetNewPrevHash tip -> each(tip.channelId(), channel -> channel.take(tip));
            case SetTarget target -> {
                Target maximum = target(target.maximumTarget());
                yield each(target.channelId(), channel -> channel.take(maximum));
            }
            case SetExtranoncePrefix prefix -> prefix(prefix);
            case SetGroupChannel group -> group(group);
            case SubmitSharesSuccess success ->
                one(success.channelId(), channel -> {
                    channel.shares()
                            .accepted(
                                    success.lastSequenceNumber(),
                                    success.newSubmitsAcceptedCount(),
                                    success.newSharesSum());
                    return new ClientEvent.SharesAccepted(
                            channel, success.newSubmitsAcceptedCount(), success.newSharesSum());
                });
            case SubmitSharesError error ->
                one(error.channelId(), channel -> {
                    channel.shares().refused(error.sequenceNumber());
                    return new ClientEvent.ShareRefused(channel, error.sequenceNumber(), error.errorCode());
                });
            case UpdateChannelError error ->
                one(error.channelId(), channel -> new ClientEvent.UpdateRefused(channel, error.errorCode()));
            case CloseChannel close -> {
                List<ClientEvent> closed =
                        each(close.channelId(), channel -> new ClientEvent.Closed(channel, close.reasonCode()));
                members(close.channelId()).forEach(channel -> channels.remove(channel.id()));
                yield closed;
            }
            case SetCustomMiningJobSuccess success ->
                one(
                        success.channelId(),
                        channel -> new ClientEvent.CustomJobAccepted(channel, success.requestId(), success.jobId()));
            case SetCustomMiningJobError error ->
                one(
                        error.channelId(),
                        channel -> new ClientEvent.CustomJobRefused(channel, error.requestId(), error.errorCode()));
        };
    }

    /// The open channels, the oldest first; a view.
    public SequencedCollection<ClientChannel> channels() {
        return Collections.unmodifiableSequencedCollection(channels.sequencedValues());
    }

    /// The open channel with this id.
    public Optional<ClientChannel> channel(long id) {
        return Optional.ofNullable(channels.get(id));
    }

    private long request(Request request) {
        lastRequestId = (lastRequestId + 1) & Range.U32_MAX;
        requests.put(lastRequestId, request);
        return lastRequestId;
    }

    private Request answered(long requestId) {
        Request request = requests.remove(requestId);
        if (request == null) {
            throw new PeerViolationException("answer to request " + requestId + ", which nobody made");
        }
        return request;
    }

    private List<ClientEvent> opened(OpenStandardMiningChannelSuccess success) {
        Request request = answered(success.requestId());
        if (request.extended()) {
            throw new PeerViolationException("a standard channel for request " + success.requestId());
        }
        return opened(
                new StandardClientChannel(
                        success.channelId(),
                        success.groupChannelId(),
                        request.userIdentity(),
                        success.extranoncePrefix(),
                        target(success.target())),
                success.requestId());
    }

    private List<ClientEvent> opened(OpenExtendedMiningChannelSuccess success) {
        Request request = answered(success.requestId());
        if (!request.extended()) {
            throw new PeerViolationException("an extended channel for request " + success.requestId());
        }
        if (success.extranonceSize() < request.minExtranonceSize()) {
            throw new PeerViolationException("%d bytes of extranonce where at least %d were asked for"
                    .formatted(success.extranonceSize(), request.minExtranonceSize()));
        }
        checkSize(success.extranoncePrefix(), success.extranonceSize());
        return opened(
                new ExtendedClientChannel(
                        success.channelId(),
                        success.groupChannelId(),
                        request.userIdentity(),
                        success.extranoncePrefix(),
                        target(success.target()),
                        success.extranonceSize(),
                        extensions),
                success.requestId());
    }

    private List<ClientEvent> opened(ClientChannel channel, long requestId) {
        if (channels.containsKey(channel.id())) {
            throw new PeerViolationException("a second channel " + channel.id());
        }
        channels.putLast(channel.id(), channel);
        return List.of(new ClientEvent.Opened(channel, requestId));
    }

    private List<ClientEvent> job(NewMiningJob message) {
        return one(message.channelId(), channel -> {
            if (!(channel instanceof StandardClientChannel)) {
                throw new PeerViolationException("NewMiningJob for extended channel " + channel.id());
            }
            return channel.take(ReceivedJobs.standard(message, !flags.fixedVersion()), message.minNTime());
        });
    }

    private List<ClientEvent> job(NewExtendedMiningJob message) {
        List<ClientChannel> members = members(message.channelId());
        if (members.stream()
                        .mapToInt(ClientChannel::fullExtranonceSize)
                        .distinct()
                        .count()
                > 1) {
            throw new PeerViolationException("job %d of group %d, whose channels have extranonces of different sizes"
                    .formatted(message.jobId(), message.channelId()));
        }
        List<ClientEvent> events = new ArrayList<>();
        members.forEach(channel -> events.add(channel.take(channel.job(message), message.minNTime())));
        return events;
    }

    private List<ClientEvent> prefix(SetExtranoncePrefix message) {
        return one(message.channelId(), channel -> {
            int size = channel instanceof ExtendedClientChannel extended ? extended.extranonceSize() : 0;
            checkSize(message.extranoncePrefix(), size);
            return channel.takePrefix(message.extranoncePrefix());
        });
    }

    private List<ClientEvent> group(SetGroupChannel message) {
        if (channels.containsKey(message.groupChannelId())) {
            throw new PeerViolationException("group " + message.groupChannelId() + " is a channel");
        }
        message.channelIds()
                .forEach(id -> channel(id).ifPresent(channel -> channel.groupId = message.groupChannelId()));
        return List.of();
    }

    /// One event for the channel with this id.
    private List<ClientEvent> one(long channelId, Function<ClientChannel, ClientEvent> take) {
        return channel(channelId).map(take).map(List::of).orElse(List.of());
    }

    /// One event for each channel that a channel's or group's id stands for.
    private List<ClientEvent> each(long id, Function<ClientChannel, ClientEvent> take) {
        return members(id).stream().map(take).toList();
    }

    private List<ClientChannel> members(long id) {
        ClientChannel channel = channels.get(id);
        if (channel != null) {
            return List.of(channel);
        }
        return channels.values().stream()
                .filter(member -> member.groupId() == id)
                .toList();
    }

    private static void checkSize(Bytes prefix, int extranonceSize) {
        if (prefix.size() + extranonceSize > ExtranonceSpace.FULL_SIZE_MAX) {
            throw new PeerViolationException("extranonce of %d + %d bytes, more than %d"
                    .formatted(prefix.size(), extranonceSize, ExtranonceSpace.FULL_SIZE_MAX));
        }
    }

    private static Target target(U256 value) {
        Target target = Target.ofLittleEndian(value.bytes());
        if (target.equals(Target.ZERO)) {
            throw new PeerViolationException("a channel's target is zero, which no share meets");
        }
        return target;
    }
}
