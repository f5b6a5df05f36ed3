package org.stratumj.testkit;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.codec.FrameCodec;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// One end of a connection, played by hand: a client that dialled, or a server that accepted. It says what the test
/// says, at any time and in any state, and hands out what it hears in the order in which it came.
///
/// ```java
/// var peer = ScriptedPeer.dial(bed, pool);
/// peer.setUp(Subprotocol.MINING, 0);
/// peer.send(new OpenStandardMiningChannel(…));
/// var opened = peer.expect(OpenStandardMiningChannelSuccess.class);
/// peer.sendBytes(0, 0, 1, …);
/// peer.expectClosed();
/// ```
///
/// What fails, fails with the conversation so far. For the test's thread; what is sent goes out on the lane.
public final class ScriptedPeer {
    /// The protocol version that [#setUp] and [#acceptSetUp] speak.
    public static final int VERSION = 2;

    private static final Duration DIAL_MAX = Duration.ofMinutes(1);

    private final TestBed bed;
    private final Pipe pipe;
    private final Session session;
    private final Conversation conversation;
    private final Deque<Heard> heard = new ArrayDeque<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile boolean ready;
    private boolean broken;

    ScriptedPeer(TestBed bed, Pipe pipe, Session session, String name) {
        this.bed = bed;
        this.pipe = pipe;
        this.session = session;
        this.conversation = new Conversation(name);
        StratumTestBed.keep(bed, conversation);
    }

    /// Something that came, in order.
    private sealed interface Heard {
        record Message(Sv2Message message) implements Heard {}

        record Nonsense(RuntimeException why) implements Heard {}

        record End(@Nullable Throwable failure) implements Heard {}
    }

    /// Dials, and does the handshake if the endpoint asks for one. SetupConnection is left to the test.
    ///
    /// @throws AssertionError if the handshake fails
    /// @throws java.util.concurrent.CompletionException if nobody can be reached
    public static ScriptedPeer dial(TestBed bed, Endpoint endpoint) {
        return dial(bed, bed.network(), endpoint);
    }

    /// Dials over another network than the bed's own, for instance one with faults.
    ///
    /// @throws AssertionError if the handshake fails
    /// @throws java.util.concurrent.CompletionException if nobody can be reached
    public static ScriptedPeer dial(TestBed bed, Network network, Endpoint endpoint) {
        AtomicReference<ScriptedPeer> made = new AtomicReference<>();
        Session session = Session.client(endpoint.security(), network);
        bed.await(network.connect(endpoint.host(), endpoint.port(), DIAL_MAX, pipe -> {
            ScriptedPeer peer = new ScriptedPeer(bed, pipe, session, "client of " + endpoint);
            made.set(peer);
            return peer.begin();
        }));
        return Objects.requireNonNull(made.get()).awaitReady();
    }

    /// Listens on a port of this machine.
    public static ScriptedServer listen(TestBed bed, ServerSecurity security) {
        return ScriptedServer.open(bed, bed.network(), security);
    }

    /// Sends messages, whatever the protocol says about them now.
    public ScriptedPeer send(Sv2Message... messages) {
        for (Sv2Message message : messages) {
            send(MessageRegistry.core().encode(message), "──▶ " + message);
        }
        return this;
    }

    /// Sends a frame, whatever is in it.
    public ScriptedPeer send(Frame frame) {
        return send(frame, "──▶ " + frame);
    }

    /// Sends bytes as they are, on an encrypted connection without encrypting them.
    public ScriptedPeer sendBytes(byte... raw) {
        pipe.lane().execute(() -> {
            say("──▶ bytes " + Bytes.of(raw));
            pipe.write(raw, 0, raw.length);
            pipe.flush();
        });
        return this;
    }

    /// Waits for the next message, which has to be of this type.
    ///
    /// @throws AssertionError if something else comes, or nothing, or the end
    public <M extends Sv2Message> M expect(Class<M> type) {
        return switch (next(type.getSimpleName())) {
            case Heard.Message(var message) when type.isInstance(message) -> type.cast(message);
            case Heard other -> throw failed("expected " + type.getSimpleName() + ", but " + text(other), null);
        };
    }

    /// Waits for the next message of this type and skips what comes before it.
    ///
    /// @throws AssertionError if it does not come
    public <M extends Sv2Message> M skipTo(Class<M> type) {
        while (true) {
            switch (next(type.getSimpleName())) {
                case Heard.Message(var message) -> {
                    if (type.isInstance(message)) {
                        return type.cast(message);
                    }
                }
                case Heard other -> throw failed("expected " + type.getSimpleName() + ", but " + text(other), null);
            }
        }
    }

    /// Waits for the end of the connection, before which nothing more may come.
    ///
    /// @throws AssertionError if something else comes, or nothing
    public void expectClosed() {
        Heard next = next("the end");
        if (!(next instanceof Heard.End)) {
            throw failed("expected the end, but " + text(next), null);
        }
    }

    /// Waits for the end of the connection and skips what comes before it.
    ///
    /// @throws AssertionError if it does not come
    public void skipToClosed() {
        Heard next = next("the end");
        while (!(next instanceof Heard.End)) {
            next = next("the end");
        }
    }

    /// Makes sure that nothing has come that was not expected. A simulation is run for that until nothing is ready,
    /// without letting time pass; on sockets what has not arrived yet is not seen.
    ///
    /// @throws AssertionError if something has come
    public void nothingElse() {
        StratumTestBed.simulationOf(bed).ifPresent(SimNetwork::run);
        Heard next = peek();
        if (next != null) {
            throw failed("expected nothing else, but " + text(next), null);
        }
    }

    /// As a client: sends SetupConnection and waits for its success. Spec: 03 §3.6.
    public SetupConnectionSuccess setUp(Subprotocol subprotocol, long flags) {
        send(new SetupConnection(
                subprotocol.code(),
                VERSION,
                VERSION,
                flags,
                Str0255.of("localhost"),
                pipe.remoteAddress().getPort(),
                Str0255.of("scripted"),
                Str0255.of(""),
                Str0255.of(""),
                Str0255.of("")));
        return expect(SetupConnectionSuccess.class);
    }

    /// As a server: waits for SetupConnection and says yes.
    ///
    /// @param flags of SetupConnection.Success
    public SetupConnection acceptSetUp(long flags) {
        SetupConnection request = expect(SetupConnection.class);
        send(new SetupConnectionSuccess(VERSION, flags));
        return request;
    }

    /// Reads no more, until [#resume].
    public void stall() {
        pipe.lane().execute(() -> pipe.readable(false));
    }

    /// Reads again.
    public void resume() {
        pipe.lane().execute(() -> pipe.readable(true));
    }

    /// Ends the connection after what was sent.
    public void close() {
        pipe.lane().execute(() -> pipe.close(true));
    }

    /// Ends the connection at once.
    public void cut() {
        pipe.lane().execute(() -> pipe.close(false));
    }

    /// All bytes that arrived so far, as they came off the network.
    public Bytes received() {
        synchronized (heard) {
            return Bytes.of(bytes.toByteArray());
        }
    }

    /// The conversation so far.
    @Override
    public String toString() {
        return conversation.toString();
    }

    PipeHandler begin() {
        ready = session.codec() != null;
        session.begin(pipe);
        return new Ear();
    }

    /// Waits for the end of the handshake.
    ScriptedPeer awaitReady() {
        await(() -> ready || peek() != null, "the handshake");
        if (!ready) {
            throw failed("expected a handshake, but " + text(next("the handshake")), null);
        }
        return this;
    }

    private ScriptedPeer send(Frame frame, String what) {
        pipe.lane().execute(() -> {
            say(what);
            FrameCodec codec = session.codec();
            byte[] encoded = codec == null ? frame.bytes() : codec.encoder().encode(frame);
            pipe.write(encoded, 0, encoded.length);
            pipe.flush();
        });
        return this;
    }

    private Heard next(String wanted) {
        await(() -> peek() != null, wanted);
        synchronized (heard) {
            return heard.remove();
        }
    }

    private void await(BooleanSupplier condition, String wanted) {
        try {
            bed.await(condition);
        } catch (AssertionError e) {
            throw failed("expected " + wanted + ", but nothing came", e);
        }
    }

    private @Nullable Heard peek() {
        synchronized (heard) {
            return heard.peek();
        }
    }

    private void hear(Heard what) {
        say(text(what));
        synchronized (heard) {
            heard.add(what);
        }
    }

    private void say(String what) {
        conversation.add(pipe.lane().now(), what);
    }

    private AssertionError failed(String what, @Nullable AssertionError cause) {
        return new AssertionError(what + "\n" + conversation, cause);
    }

    private static String text(Heard heard) {
        return switch (heard) {
            case Heard.Message(var message) -> "◀── " + message;
            case Heard.Nonsense(var why) -> "◀── nonsense: " + why.getMessage();
            case Heard.End(var failure) -> "◀── the end" + (failure == null ? "" : ": " + failure.getMessage());
        };
    }

    /// What comes in, on the lane.
    private final class Ear implements PipeHandler {
        @Override
        public void onBytes(byte[] arrived, int offset, int length) {
            synchronized (heard) {
                bytes.write(arrived, offset, length);
            }
            if (!broken) {
                try {
                    session.feed(arrived, offset, length, pipe);
                    ready = session.codec() != null;
                    hearMessages();
                } catch (RuntimeException e) {
                    broken = true;
                    hear(new Heard.Nonsense(e));
                }
            }
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            hear(new Heard.End(failure));
        }

        private void hearMessages() {
            FrameCodec codec = session.codec();
            Frame frame = codec == null ? null : codec.decoder().poll();
            while (codec != null && frame != null) {
                hear(new Heard.Message(MessageRegistry.core().decode(frame)));
                frame = codec.decoder().poll();
            }
        }
    }
}
