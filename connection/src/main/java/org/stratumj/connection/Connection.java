package org.stratumj.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.codec.FrameLimits;
import org.stratumj.connection.CloseReason.Step;
import org.stratumj.protocol.ChannelMessage;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.ChannelEndpointChanged;
import org.stratumj.protocol.common.CommonMessage;
import org.stratumj.protocol.common.CommonToClient;
import org.stratumj.protocol.common.SetupConnectionError;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.extension.negotiation.NegotiationMessage;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.jobdeclaration.JobDeclarationMessage;
import org.stratumj.protocol.mining.MiningMessage;
import org.stratumj.protocol.template.TemplateMessage;

/// One Stratum V2 connection, either end of it: the handshake, frames, SetupConnection, deadlines, the bound on
/// what waits to be sent, and closing with a reason. One subprotocol for its whole life. Spec: 03 §3.6, 04.
///
/// ```text
/// HANDSHAKING ──▶ AWAITING_SETUP ──▶ NEGOTIATING ──▶ ESTABLISHED ──▶ DRAINING ──▶ CLOSED
///      └────────────────┴────────────────┴── a reason to close ────▲   (flush)
/// ```
///
/// A client that wants extensions asks for them before anything else, and waits (extension 0x0001 §4): five times as
/// long as SetupConnection took, at least a second, never beyond the setup deadline. What the server sends meanwhile
/// is kept, up to a bound, and follows [ConnectionHandler#onOpen].
///
/// It lives on the [Lane] of its pipe. Methods are for that lane only, unless they say otherwise. Made by an
/// [Acceptor] or [Dialer].
public final class Connection {
    /// Messages that are kept while extensions are negotiated.
    static final int HELD_MESSAGES_MAX = 16;

    /// The largest payload of one of them.
    static final int HELD_PAYLOAD_BYTES_MAX = 0xffff;

    private static final Logger LOG = System.getLogger("org.stratumj.connection");
    /// Long enough for a busy server, since one whose answer comes later has agreed to what the client does not use.
    private static final Duration ANSWER_WAIT_MIN = Duration.ofSeconds(5);

    private static final int ANSWER_WAIT_FACTOR = 5;

    private final ConnectionId id = ConnectionId.next();
    private final Pipe pipe;
    private final Role role;
    private final ConnectionLimits limits;
    private final Place place;
    private final ConnectionHandler handler;
    private final Wire wire;
    private final Deadlines deadlines;
    private final FlightLog flights;
    private @Nullable FlightRecorder recorder;
    /// Made when bytes have to wait for the first time.
    private @Nullable StallWatch stallWatch;

    private final Observation observation;
    private State state = State.HANDSHAKING;
    private @Nullable CloseReason reason;
    private volatile @Nullable PeerInfo info;
    private long messagesIn;
    private long messagesOut;
    private long unknownIn;
    private long wrongChannelBits;
    private long setupSince;
    private final Negotiation negotiation;
    private @Nullable Deque<Sv2Message> held;

    private enum State {
        HANDSHAKING,
        AWAITING_SETUP,
        NEGOTIATING,
        ESTABLISHED,
        DRAINING,
        CLOSED
    }

    Connection(
            Pipe pipe,
            Role role,
            ConnectionLimits limits,
            Place place,
            FlightLog flights,
            Function<Connection, ConnectionHandler> handlers) {
        this.pipe = pipe;
        this.role = role;
        this.limits = limits;
        this.place = place;
        this.flights = flights;
        this.wire = new Wire(pipe, role.expected().beforeSetup(), limits, new Events());
        this.deadlines = new Deadlines(pipe.lane(), this::close);
        this.negotiation = role.negotiation(pipe.lane(), new Extensions());
        this.handler = handlers.apply(this);
        this.observation = new Observation(this, handler.meter());
    }

    /// Its name in logs. Any thread.
    public ConnectionId id() {
        return id;
    }

    /// The lane it lives on. Any thread.
    public Lane lane() {
        return pipe.lane();
    }

    /// The address of the other end. Any thread.
    public InetSocketAddress remoteAddress() {
        return pipe.remoteAddress();
    }

    /// Who is at the other end. Any thread.
    ///
    /// @throws IllegalStateException before SetupConnection has succeeded
    public PeerInfo info() {
        PeerInfo known = info;
        if (known == null) {
            throw new IllegalStateException(this + " is not set up");
        }
        return known;
    }

    /// Whether it is set up, and not closing or closed.
    public boolean isOpen() {
        return state == State.ESTABLISHED;
    }

    /// The extensions that both ends agreed on, without Extensions Negotiation itself. Messages and TLV fields of
    /// others are not sent, and are to be ignored. They change when the client asks again, which it does by itself
    /// after `ChannelEndpointChanged`: until the answer there are none.
    public Set<Integer> extensions() {
        return negotiation.agreed();
    }

    /// Queues a message, which goes out at the end of the present turn. Dropped if the connection is not open.
    ///
    /// @throws IllegalArgumentException if the message cannot be encoded, or makes use of an extension that is not
    ///     among [#extensions]
    public void send(Sv2Message message) {
        send(EncodedFrame.of(message));
    }

    /// Queues a frame encoded once for many. Dropped if the connection is not open.
    ///
    /// @throws IllegalArgumentException if it makes use of an extension that is not among [#extensions]
    public void send(EncodedFrame frame) {
        if (isOpen()) {
            ExtensionGuard.check(frame, extensions());
            write(frame);
            if (ExtensionGuard.voids(frame.frame())) {
                negotiation.reset();
            }
        }
    }

    /// Sends what is queued now, instead of at the end of the turn.
    public void flush() {
        wire.flush();
    }

    /// Whether the peer takes what is sent; [ConnectionHandler#onWritable] tells when it does again.
    public boolean isWritable() {
        return pipe.isWritable();
    }

    /// Bytes that wait to be sent. Other threads may look for a gauge: what they see may be a little old.
    public long queuedBytes() {
        return pipe.queuedBytes();
    }

    /// Frames that wait to be sent, one of which a part may be on its way.
    public int queuedFrames() {
        return pipe.queuedWrites();
    }

    /// Delivers no further message until [#resumeReading], and reads no more, so that the network slows the peer
    /// down. The idle limit and the deadline of a frame stand still. What the peer sent and did not get
    /// delivered is lost if it closes meanwhile.
    ///
    /// Pauses are counted: reading goes on once each of them has been taken back. Nothing happens once it is
    /// closing or closed.
    ///
    /// @throws IllegalStateException before [ConnectionHandler#onOpen]
    public void pauseReading() {
        if (isSetUp()) {
            wire.pause();
            deadlines.hold();
        }
    }

    /// Takes back one [#pauseReading]. The messages that waited follow in order, beginning with the next turn.
    ///
    /// @throws IllegalStateException if reading is not paused
    public void resumeReading() {
        if (!isSetUp()) {
            return;
        }
        if (!wire.isPaused()) {
            throw new IllegalStateException(this + " is not paused");
        }
        wire.resume();
        if (!wire.isPaused()) {
            deadlines.go();
        }
    }

    /// What went over it so far.
    public Traffic traffic() {
        return new Traffic(messagesIn, messagesOut, unknownIn, wrongChannelBits);
    }

    /// The last messages since it was set up, as many as [ConnectionLimits#flightMessages] says. Also in and after
    /// [ConnectionHandler#onClosed].
    public Flight flight() {
        return recorder == null ? Flight.EMPTY : recorder.flight();
    }

    /// Sends what is queued, then closes. The first reason counts. Any thread; idempotent.
    public void close(CloseReason reason) {
        onLane(() -> closeOnLane(reason));
    }

    /// Closes at once, dropping what is queued. Any thread; idempotent.
    public void abort(CloseReason reason) {
        onLane(() -> {
            closeOnLane(reason);
            pipe.close(false);
        });
    }

    /// `#` with the id, and the remote address.
    @Override
    public String toString() {
        return id + " " + Addresses.text(remoteAddress());
    }

    /// Begins without encryption.
    PipeHandler begin() {
        wire.begin();
        return wire;
    }

    /// Begins with a handshake, whose curve operations `workers` do.
    PipeHandler begin(Handshake handshake, Executor workers) {
        deadlines.expect(Step.HANDSHAKE, limits.handshakeDeadline());
        observation.handshakeBegins();
        wire.begin(handshake, workers);
        return wire;
    }

    private final class Events implements Wire.Owner {
        @Override
        public boolean isListening() {
            return state != State.DRAINING && state != State.CLOSED;
        }

        @Override
        public void onReady() {
            guarded(Connection.this::awaitSetup);
        }

        @Override
        public void onFrame(FrameHeader header, byte[] payload, int offset) {
            observation.received(header.extensionType(), header.messageType());
            if (recorder != null) {
                recorder.received(header, payload, offset);
            }
        }

        @Override
        public void onBytes(int count) {
            observation.receivedBytes(count);
        }

        @Override
        public void onQueued(FrameHeader header, int bytes) {
            observation.sent(header.extensionType(), header.messageType(), bytes);
        }

        @Override
        public void onWaiting(long bytes) {
            place.waiting(bytes);
            if (bytes > 0 && isListening()) {
                watchForStall();
            }
        }

        @Override
        public void onMessage(Sv2Message message, boolean channelBit) {
            count(message, channelBit);
            guarded(() -> Connection.this.onMessage(message));
        }

        @Override
        public void onPartOfFrame() {
            if (isOpen()) { // before, the deadline of the step is in force
                deadlines.expectFrameEnd(limits.frameDeadline());
            }
        }

        @Override
        public void onFault(CloseReason reason) {
            close(reason);
        }

        @Override
        public void onWritable() {
            if (isOpen()) {
                guarded(handler::onWritable);
            }
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            closed(failure);
        }
    }

    /// @return false if it is closing or closed
    private boolean isSetUp() {
        return switch (state) {
            case HANDSHAKING, AWAITING_SETUP, NEGOTIATING -> throw new IllegalStateException(this + " is not set up");
            case ESTABLISHED -> true;
            case DRAINING, CLOSED -> false;
        };
    }

    private final class Extensions implements Negotiation.Owner {
        @Override
        public void send(NegotiationMessage message) {
            write(message);
        }

        @Override
        public void onSettled() {
            if (state == State.NEGOTIATING) {
                guarded(Connection.this::established);
            }
        }

        @Override
        public void close(CloseReason reason) {
            Connection.this.close(reason);
        }
    }

    private void awaitSetup() {
        state = State.AWAITING_SETUP;
        setupSince = lane().nanoTime();
        observation.setupBegins();
        deadlines.expect(Step.SETUP, limits.setupDeadline());
        if (role instanceof Role.Client client) {
            write(client.offer().request());
        }
    }

    private void count(Sv2Message message, boolean channelBit) {
        messagesIn++;
        deadlines.received(message);
        if (!(message instanceof UnknownMessage) && channelBit != message instanceof ChannelMessage) {
            wrongChannelBits++;
            LOG.log(Level.DEBUG, () -> this + ": wrong channel bit on " + Names.withChannel(message));
        }
    }

    private void onMessage(Sv2Message message) {
        switch (state) {
            case ESTABLISHED -> dispatch(message);
            case NEGOTIATING -> onEarly(message);
            default -> onFirst(message);
        }
    }

    private void onFirst(Sv2Message message) {
        switch (role.onFirst(message, handler)) {
            case Setup.Accepted(var answer, var setup, String vendor, String deviceId) -> {
                if (!place.identify(deviceId)) {
                    close(new CloseReason.TooManyConnections("perDeviceMax of " + limits.perDeviceMax()
                            + " reached for device " + OneLine.cut(deviceId, PeerInfo.SHOWN_MAX)));
                    return;
                }
                answer.ifPresent(this::write);
                negotiate(new PeerInfo(id, remoteAddress(), setup, vendor, deviceId));
            }
            case Setup.Failed(var answer, var why) -> {
                answer.ifPresent(this::write);
                close(why);
            }
        }
    }

    private void negotiate(PeerInfo peer) {
        state = State.NEGOTIATING;
        info = peer;
        deadlines.stop();
        wire.limit(expected(Math.min(limits.payloadBytesMax(), HELD_PAYLOAD_BYTES_MAX)));
        negotiation.begin(role.extensions(subprotocol()), answerWait());
    }

    private Duration answerWait() {
        Duration setup = Duration.ofNanos(lane().nanoTime() - setupSince).multipliedBy(ANSWER_WAIT_FACTOR);
        Duration wait = setup.compareTo(ANSWER_WAIT_MIN) > 0 ? setup : ANSWER_WAIT_MIN;
        return wait.compareTo(limits.setupDeadline()) < 0 ? wait : limits.setupDeadline();
    }

    private void onEarly(Sv2Message message) {
        if (message instanceof NegotiationMessage answer && role.receives(message)) {
            negotiation.onMessage(answer);
        } else {
            hold(message);
        }
    }

    private void hold(Sv2Message message) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        if (held.size() < HELD_MESSAGES_MAX) {
            held.add(message);
        } else {
            violation("more than " + HELD_MESSAGES_MAX + " messages before the answer to RequestExtensions");
        }
    }

    private void established() {
        state = State.ESTABLISHED;
        place.setUp();
        observation.setUp();
        recorder = new FlightRecorder(lane(), limits.flightMessages());
        deadlines.expectActivity(limits.idleLimit(subprotocol()));
        if (role instanceof Role.Server && subprotocol() == Subprotocol.MINING) {
            deadlines.expectFirstChannel(limits.firstChannelDeadline());
        }
        wire.limit(expected(limits.payloadBytesMax()));
        LOG.log(Level.INFO, () -> this + ": set up for " + subprotocol() + by(info()) + with(extensions()));
        handler.onOpen(this);
        deliverHeld();
    }

    private void deliverHeld() {
        Deque<Sv2Message> before = held;
        held = null;
        while (before != null && !before.isEmpty() && isOpen()) {
            dispatch(before.remove());
        }
    }

    private FrameLimits expected(int payloadBytesMax) {
        return role.expected().of(subprotocol(), payloadBytesMax);
    }

    private static String by(PeerInfo peer) {
        return peer.vendor().isEmpty() ? "" : " by " + peer.shownVendor();
    }

    private static String with(Set<Integer> extensions) {
        return extensions.isEmpty() ? "" : " with extensions " + Negotiation.text(extensions);
    }

    private void dispatch(Sv2Message message) {
        if (message instanceof UnknownMessage unknown) {
            onUnknown(unknown);
        } else if (!role.receives(message)) {
            violation(Names.of(message) + " goes the other way");
        } else if (message instanceof CommonMessage common) {
            onCommon(common);
        } else if (message instanceof NegotiationMessage request) {
            negotiation.onMessage(request);
        } else if (!belongs(message, subprotocol())) {
            violation(Names.of(message) + " on a connection for " + subprotocol());
        } else if (!negotiation.owed().isEmpty()) {
            violation(Names.of(message) + " without the extensions that are required here: "
                    + Negotiation.text(negotiation.owed()));
        } else {
            handler.onMessage(message);
        }
    }

    private void onUnknown(UnknownMessage message) {
        unknownIn++;
        LOG.log(Level.DEBUG, () -> this + ": ignored " + Names.of(message));
        handler.onUnknown(message);
    }

    private void onCommon(CommonMessage message) {
        boolean setup = message instanceof SetupConnectionSuccess || message instanceof SetupConnectionError;
        if (message instanceof CommonToClient common && !setup) {
            if (message instanceof ChannelEndpointChanged) {
                negotiation.reset();
            }
            handler.onCommon(common);
        } else {
            violation(Names.of(message) + " on a connection that is set up already");
        }
    }

    private Subprotocol subprotocol() {
        return info().setup().subprotocol();
    }

    private void write(Sv2Message message) {
        write(EncodedFrame.of(message));
    }

    private void write(EncodedFrame frame) {
        if (wire.write(frame.frame())) {
            messagesOut++;
            deadlines.sent(frame.frame().header());
            if (recorder != null) {
                recorder.sent(frame.frame());
            }
        } else {
            abort(wire.overflow());
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            close(new CloseReason.HandlerFailed(e));
        }
    }

    private void violation(String text) {
        close(new CloseReason.ProtocolViolation(text));
    }

    /// A peer that was never set up is owed a refusal in words, and else nothing: it shall not hold its place
    /// any longer.
    private void closeOnLane(CloseReason reason) {
        if (reason instanceof CloseReason.HandlerFailed(Throwable cause)) {
            LaneGuard.escalate(cause);
        }
        if (state == State.DRAINING || state == State.CLOSED) {
            return;
        }
        boolean flush = isOpen() || reason instanceof CloseReason.SetupRefused;
        state = State.DRAINING;
        this.reason = reason;
        deadlines.stop();
        endStallWatch();
        negotiation.stop();
        wire.flush();
        pipe.close(flush);
    }

    private void watchForStall() {
        if (stallWatch == null) {
            stallWatch = new StallWatch(pipe, limits.outboundDeadline(), this::abort);
        }
        stallWatch.begin();
    }

    private void endStallWatch() {
        if (stallWatch != null) {
            stallWatch.end();
        }
    }

    private void closed(@Nullable Throwable failure) {
        CloseReason why = reason != null ? reason : lost(failure);
        state = State.CLOSED;
        deadlines.stop();
        endStallWatch();
        negotiation.stop();
        place.release();
        log(why);
        observation.ended(why, traffic());
        if (why.isFault()) {
            flights.write(this, flight(), lane().nanoTime());
        }
        try {
            handler.onClosed(why);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, this + ": the handler failed to close", e);
        }
    }

    private CloseReason lost(@Nullable Throwable failure) {
        if (failure != null) {
            return new CloseReason.NetworkFailed(
                    "connection lost: " + Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
        }
        return switch (state) {
            case HANDSHAKING -> Advice.endedInHandshake(role);
            case AWAITING_SETUP -> Advice.endedInSetup(role);
            case NEGOTIATING -> Advice.endedInNegotiation();
            default -> new CloseReason.Remote();
        };
    }

    private void log(CloseReason why) {
        switch (why) {
            case CloseReason.HandlerFailed(Throwable cause) -> LOG.log(Level.ERROR, this + ": " + why.text(), cause);
            default -> LOG.log(Level.INFO, () -> this + ": " + why.text());
        }
    }

    private void onLane(Runnable task) {
        if (lane().isCurrent()) {
            task.run();
        } else {
            lane().execute(task);
        }
    }

    private static boolean belongs(Sv2Message message, Subprotocol subprotocol) {
        return switch (subprotocol) {
            case MINING -> message instanceof MiningMessage;
            case JOB_DECLARATION -> message instanceof JobDeclarationMessage;
            case TEMPLATE_DISTRIBUTION -> message instanceof TemplateMessage;
        };
    }
}
