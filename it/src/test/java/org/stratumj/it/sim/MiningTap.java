package org.stratumj.it.sim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.stratumj.it.sim.Chronicle.Count;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;

/// The invariants of one mining connection. What a client does wrong counts only while no byte of the connection was
/// altered; what the server answers to it counts always, since the tap sees what the server sees.
final class MiningTap implements Tap {
    /// An acknowledgement waits a minute at most, and is looked for every five seconds.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(70);

    /// Requests for channels wait half a minute for work, and are looked for every five seconds.
    private static final Duration OPEN_MAX = Duration.ofSeconds(40);

    private final MiningBooks books;
    private final Chronicle chronicle;
    private final String name;
    private final String source;
    private final LongSupplier nanoTime;
    private final Map<Long, Long> requests = new LinkedHashMap<>();
    private final Map<Long, ChannelBook> channels = new LinkedHashMap<>();
    /// Channels that the client closed: what came with the same bytes before is answered afterwards.
    private final Map<Long, ChannelBook> closing = new LinkedHashMap<>();
    /// Shares of channels that are not open: refused at once, one by one.
    private final ChannelBook strays = new ChannelBook(0, "");
    private boolean suspect;

    MiningTap(MiningBooks books, String name, String source, LongSupplier nanoTime) {
        this.books = books;
        this.chronicle = books.chronicle();
        this.name = name;
        this.source = source;
        this.nanoTime = nanoTime;
        books.taps().add(this);
        chronicle.count(Count.CONNECTIONS);
    }

    int channels() {
        return channels.size();
    }

    String source() {
        return source;
    }

    /// Bytes of this connection are altered.
    void suspect() {
        suspect = true;
    }

    @Override
    public void received(Sv2Message message) {
        switch (message) {
            case OpenStandardMiningChannel open -> requests.put(open.requestId(), nanoTime.getAsLong());
            case OpenExtendedMiningChannel open -> requests.put(open.requestId(), nanoTime.getAsLong());
            case SubmitSharesStandard share -> submitted(share.channelId(), share.sequenceNumber());
            case SubmitSharesExtended share -> submitted(share.channelId(), share.sequenceNumber());
            case CloseChannel close -> closing.putAll(close(close.channelId()));
            default -> {}
        }
    }

    @Override
    public void sent(Sv2Message message) {
        switch (message) {
            case OpenStandardMiningChannelSuccess success ->
                opened(
                        success.requestId(),
                        success.channelId(),
                        new ChannelBook(
                                success.groupChannelId(),
                                success.extranoncePrefix().toHex()));
            case OpenExtendedMiningChannelSuccess success ->
                opened(
                        success.requestId(),
                        success.channelId(),
                        new ChannelBook(
                                success.groupChannelId(),
                                success.extranoncePrefix().toHex()));
            case OpenMiningChannelError error -> answered(error.requestId());
            case SubmitSharesSuccess success -> accepted(success);
            case SubmitSharesError error -> refused(error);
            case NewMiningJob job -> addressed(job.channelId(), message);
            case NewExtendedMiningJob job -> addressed(job.channelId(), message);
            case SetNewPrevHash prevHash -> addressed(prevHash.channelId(), message);
            case SetTarget target -> addressed(target.channelId(), message);
            case SetExtranoncePrefix prefix -> moved(prefix);
            case CloseChannel close -> close(close.channelId());
            default -> {}
        }
    }

    @Override
    public void garbage() {
        chronicle.check(suspect, name, "the client sent what is no frame");
    }

    @Override
    public void closed() {
        channels.values().forEach(channel -> books.vacate(channel.prefix()));
        channels.clear();
        closing.clear();
        books.taps().remove(this);
    }

    /// What shows only with time.
    void scan() {
        long now = nanoTime.getAsLong();
        closing.clear(); // the bytes of an earlier moment
        channels.forEach((id, channel) -> channel.waitingSince()
                .ifPresent(since -> chronicle.check(
                        now - since <= ANSWER_MAX.toNanos(),
                        name,
                        () -> "a share of channel " + id + " has no answer since " + Chronicle.time(since))));
        requests.forEach((id, since) -> chronicle.check(
                now - since <= OPEN_MAX.toNanos(),
                name,
                () -> "request " + id + " has no answer since " + Chronicle.time(since)));
    }

    private void submitted(long channelId, long sequenceNumber) {
        chronicle.count(Count.SHARES);
        Optional<ChannelBook> channel = Optional.ofNullable(channels.get(channelId));
        boolean rises = channel.orElse(strays).submit(sequenceNumber, nanoTime.getAsLong());
        chronicle.check(
                suspect || rises || channel.isEmpty(),
                name,
                () -> "sequence number " + sequenceNumber + " does not rise on channel " + channelId);
    }

    private void opened(long requestId, long channelId, ChannelBook channel) {
        chronicle.count(Count.CHANNELS);
        answered(requestId);
        chronicle.check(
                channels.putIfAbsent(channelId, channel) == null, name, () -> "channel " + channelId + " opens twice");
        books.occupy(channel.prefix(), source, name + " channel " + channelId);
    }

    private void answered(long requestId) {
        chronicle.check(requests.remove(requestId) != null, name, () -> "request " + requestId + " was not waiting");
    }

    private void moved(SetExtranoncePrefix message) {
        addressed(message.channelId(), message);
        channels.computeIfPresent(message.channelId(), (id, channel) -> {
            books.vacate(channel.prefix());
            ChannelBook moved = channel.withPrefix(message.extranoncePrefix().toHex());
            books.occupy(moved.prefix(), source, name + " channel " + id);
            return moved;
        });
    }

    private void accepted(SubmitSharesSuccess success) {
        ChannelBook channel = channels.getOrDefault(success.channelId(), closing.get(success.channelId()));
        if (channel == null) {
            chronicle.broken(name, "shares of a channel are acknowledged that is not open: " + success);
            return;
        }
        long accepted = channel.accept(success.lastSequenceNumber());
        chronicle.add(Count.ACKNOWLEDGED, accepted);
        books.credit(source, accepted);
        chronicle.check(
                accepted == success.newSubmitsAcceptedCount() && accepted > 0,
                name,
                () -> accepted + " shares were waiting for " + success);
        // Shares here are worth a millionth of difficulty 1 at the most, and sums are cut to whole ones.
        chronicle.check(success.newSharesSum() == 0, name, () -> "so much work was not done: " + success);
    }

    private void refused(SubmitSharesError error) {
        chronicle.count(Count.REFUSED);
        String code = error.errorCode().text();
        books.refusals().merge(code, 1L, Long::sum);
        ChannelBook channel = channels.getOrDefault(error.channelId(), closing.getOrDefault(error.channelId(), strays));
        boolean waited = channel.refuse(error.sequenceNumber());
        chronicle.check(waited, name, () -> "the share was not waiting for " + error);
        chronicle.check(suspect || isNobodysFault(code), name, () -> "an honest share is refused: " + error);
    }

    /// Whether a share can be refused so that was found before the news reached who found it. A harder target is no
    /// such news: a job keeps the target it was sent under.
    private static boolean isNobodysFault(String code) {
        return code.equals(ErrorCode.STALE_SHARE.code())
                || code.equals(ErrorCode.INVALID_JOB_ID.code())
                || code.equals(ErrorCode.INVALID_CHANNEL_ID.code());
    }

    private void addressed(long id, Sv2Message message) {
        chronicle.check(
                channels.containsKey(id) || channels.values().stream().anyMatch(channel -> channel.groupId() == id),
                name,
                () -> "nobody has this channel: " + message);
    }

    private Map<Long, ChannelBook> close(long id) {
        Map<Long, ChannelBook> closed = new LinkedHashMap<>();
        channels.forEach((channelId, channel) -> {
            if (channelId == id || channel.groupId() == id) {
                closed.put(channelId, channel);
                books.vacate(channel.prefix());
            }
        });
        channels.keySet().removeAll(closed.keySet());
        return closed;
    }
}
