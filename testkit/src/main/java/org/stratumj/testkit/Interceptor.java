package org.stratumj.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Relay;
import org.stratumj.connection.Relay.Outlet;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.wire.DecodeException;

/// A relay between two real roles that sees every message, and changes what the test wants changed.
///
/// ```java
/// var between = Interceptor.between(bed, authority.server(), pool.endpoint());
/// between.on(SubmitSharesSuccess.class).nth(2).drop();
/// between.on(NewMiningJob.class).replace(job -> …);
/// … // the miner dials between.endpoint()
/// between.await(OpenStandardMiningChannelSuccess.class);
/// ```
///
/// Of the rules made with [#on] the first that fits a message acts; what no rule fits goes on unchanged. Any thread,
/// but for [#await], which is for the test's.
public final class Interceptor {
    /// Messages that are kept; of more than these the oldest are forgotten.
    public static final int SEEN_MAX = 100_000;

    private final TestBed bed;
    private final ServerSecurity security;
    private final Relay relay;
    private final Watcher watcher;

    private Interceptor(TestBed bed, ServerSecurity security, Relay relay, Watcher watcher) {
        this.bed = bed;
        this.security = security;
        this.relay = relay;
        this.watcher = watcher;
    }

    /// A message that came by, as its sender sent it.
    ///
    /// @param message an [UnknownMessage] if the frame cannot be decoded
    public record Seen(ConnectionId connection, Direction direction, Instant time, Frame frame, Sv2Message message) {}

    /// Listens on a port of this machine, and dials `upstream` for each client.
    ///
    /// @param security how clients are met
    public static Interceptor between(TestBed bed, ServerSecurity security, Endpoint upstream) {
        Watcher watcher = new Watcher(new Conversation("interceptor before " + upstream));
        StratumTestBed.keep(bed, watcher.conversation);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Relay relay = bed.await(
                Relay.listen(bed.network(), address, security, upstream, ConnectionLimits.defaults(), watcher));
        return new Interceptor(bed, security, relay, watcher);
    }

    /// Where clients dial, and how they check it.
    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", relay.localAddress().getPort(), ScriptedServer.clientSecurity(security));
    }

    /// Begins a rule for messages of a type; [Sv2Message] is all of them. It acts once it is told what to do.
    public <M extends Sv2Message> Rule<M> on(Class<M> type) {
        return new Rule<>(type, watcher.rules::add);
    }

    /// All messages that came by, in the order in which they came.
    public List<Seen> seen() {
        return List.copyOf(watcher.seen);
    }

    /// All messages of a type that came by.
    public <M extends Sv2Message> List<M> seen(Class<M> type) {
        return watcher.seen.stream()
                .map(Seen::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /// Waits until a message of a type has come by.
    ///
    /// @return the first of them
    /// @throws AssertionError if none comes
    public <M extends Sv2Message> M await(Class<M> type) {
        try {
            bed.await(() -> !seen(type).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("expected " + type.getSimpleName() + "\n" + watcher.conversation, e);
        }
        return seen(type).getFirst();
    }

    /// Listens no more; connections live on.
    public void close() {
        bed.await(relay.close());
    }

    /// What to do with messages of a type. The test narrows it down first, then says what to do, which ends the rule.
    ///
    /// @param <M> the type
    public static final class Rule<M extends Sv2Message> {
        private final Class<M> type;
        private final Consumer<Acting> rules;
        private Predicate<Seen> fits;

        private Rule(Class<M> type, Consumer<Acting> rules) {
            this.type = type;
            this.rules = rules;
            this.fits = seen -> type.isInstance(seen.message());
        }

        /// Only those that go this way.
        public Rule<M> to(Direction direction) {
            return and(seen -> seen.direction() == direction);
        }

        /// Only those with a property.
        public Rule<M> where(Predicate<M> wanted) {
            return and(seen -> wanted.test(type.cast(seen.message())));
        }

        /// Only the `n`th of those that fit what was said before.
        ///
        /// @param n 1 for the first
        public Rule<M> nth(int n) {
            AtomicInteger count = new AtomicInteger();
            return and(seen -> count.incrementAndGet() == n);
        }

        /// Loses them.
        public void drop() {
            act((seen, outlet) -> {});
        }

        /// Sends another message in their place.
        public void replace(Function<M, Sv2Message> by) {
            act((seen, outlet) -> outlet.send(encoded(by.apply(type.cast(seen.message())))));
        }

        /// Sends other messages first.
        public void before(Sv2Message... others) {
            act((seen, outlet) -> {
                send(outlet, others);
                outlet.send(seen.frame());
            });
        }

        /// Sends other messages afterwards.
        public void after(Sv2Message... others) {
            act((seen, outlet) -> {
                outlet.send(seen.frame());
                send(outlet, others);
            });
        }

        /// Sends them later; what comes meanwhile overtakes them.
        public void delay(Duration time) {
            act((seen, outlet) -> outlet.lane().schedule(() -> outlet.send(seen.frame()), time));
        }

        private Rule<M> and(Predicate<Seen> wanted) {
            fits = fits.and(wanted);
            return this;
        }

        private void act(Action action) {
            rules.accept(new Acting(fits, action));
        }

        private static void send(Outlet outlet, Sv2Message... messages) {
            for (Sv2Message message : messages) {
                outlet.send(encoded(message));
            }
        }

        private static Frame encoded(Sv2Message message) {
            return MessageRegistry.core().encode(message);
        }
    }

    private interface Action {
        void act(Seen seen, Outlet outlet);
    }

    private record Acting(Predicate<Seen> fits, Action action) {}

    private static final class Watcher implements Relay.Watcher {
        private final Conversation conversation;
        private final Deque<Seen> seen = new ConcurrentLinkedDeque<>();
        private final List<Acting> rules = new CopyOnWriteArrayList<>();
        private final AtomicInteger kept = new AtomicInteger();

        Watcher(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public void onOpen(ConnectionId connection, InetSocketAddress client) {}

        @Override
        public void onFrame(ConnectionId connection, Direction direction, Instant time, Frame frame) {}

        @Override
        public void pass(ConnectionId connection, Direction direction, Frame frame, Outlet outlet) {
            Seen now = new Seen(connection, direction, outlet.lane().now(), frame, decoded(frame));
            keep(now);
            rules.stream()
                    .filter(rule -> rule.fits().test(now))
                    .findFirst()
                    .ifPresentOrElse(rule -> rule.action().act(now, outlet), () -> outlet.send(frame));
        }

        @Override
        public void onClosed(ConnectionId connection, Direction side, CloseReason reason) {
            conversation.add("the end: " + reason.text());
        }

        private void keep(Seen now) {
            conversation.add(now.time(), (now.direction() == Direction.TO_SERVER ? "──▶ " : "◀── ") + now.message());
            seen.add(now);
            if (kept.incrementAndGet() > SEEN_MAX) {
                kept.decrementAndGet();
                seen.remove();
            }
        }

        private static Sv2Message decoded(Frame frame) {
            try {
                return MessageRegistry.core().decode(frame);
            } catch (DecodeException e) {
                var header = frame.header();
                return new UnknownMessage(
                        header.extensionType(), header.channelMessage(), header.messageType(), frame.payload());
            }
        }
    }
}
