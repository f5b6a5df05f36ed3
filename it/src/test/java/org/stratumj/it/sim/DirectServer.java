package org.stratumj.it.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.mining.MiningBackend;
import org.stratumj.app.mining.MiningServer;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Lane;
import org.stratumj.connection.NegotiatedSetup;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;

/// The mining server of the roles without a network: what a client sends is handled at once, what it is sent it gets at
/// once, and time passes by hand. A client may stop reading, as one whose outbound queue is full.
///
/// For one thread.
final class DirectServer {
    private static final MessageRegistry MESSAGES = MessageRegistry.core();

    private final ServerPolicy policy;
    private final Payout payout;
    private final MiningServer server;
    private final List<Client> clients = new ArrayList<>();
    private final Clock lane;
    private Work work;
    private Runnable tick = () -> {};
    private @Nullable ShareVerdict verdict;

    DirectServer(ServerPolicy policy, Payout payout, ExtranonceLeases leases, Work work, Instant start) {
        this.policy = policy;
        this.payout = payout;
        this.work = work;
        lane = new Clock(start);
        server = new MiningServer(
                "pool", new MiningTerms(policy, MiningTerms.DEFAULT_OPEN_WAIT), new Backend(), leases, _ -> {});
        server.onStart(new Context());
    }

    /// A client that reads.
    ///
    /// @param inbox takes what it is sent
    Client connect(Consumer<MiningToClient> inbox) {
        Client client = new Client(clients.size() + 1L, inbox);
        clients.add(client);
        client.carryOut(client.handler.onOpen());
        return client;
    }

    /// There is newer work.
    void work(Work newest) {
        work = newest;
        server.announce();
    }

    /// Time passes, and the server looks at its peers.
    void pass(Duration time) {
        lane.now = lane.now.plus(time);
        tick.run();
    }

    /// One connection.
    final class Client implements Downstream<MiningToClient> {
        private final PeerInfo info;
        private final Consumer<MiningToClient> inbox;
        private final PeerHandler<MiningToServer, MiningToClient> handler;
        private boolean reads = true;

        private Client(long number, Consumer<MiningToClient> inbox) {
            info = new PeerInfo(
                    new ConnectionId(number),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                    new NegotiatedSetup(Subprotocol.MINING, 2, 0, 0),
                    "",
                    "");
            this.inbox = inbox;
            handler = server.open(this);
        }

        void say(MiningToServer message) {
            carryOut(handler.onMessage(message));
        }

        /// Sends a share.
        ///
        /// @return what became of it
        ShareVerdict submit(MiningToServer share) {
            verdict = null;
            say(share);
            return Objects.requireNonNull(verdict, "a share has a verdict");
        }

        /// Takes no more work.
        void stopReading() {
            reads = false;
        }

        /// Takes work again, the newest first.
        void read() {
            if (!reads) {
                reads = true;
                carryOut(handler.onWritable());
            }
        }

        private void carryOut(Effect<MiningToClient> effect) {
            switch (effect) {
                case Effect.None<MiningToClient> _ -> {}
                case Effect.Reply<MiningToClient>(var messages) -> messages.forEach(inbox);
                case Effect.Send<MiningToClient>(EncodedFrame frame) -> inbox.accept(decoded(frame));
                case Effect.All<MiningToClient>(var steps) -> steps.forEach(this::carryOut);
                default -> throw new AssertionError(effect);
            }
        }

        private static MiningToClient decoded(EncodedFrame frame) {
            byte[] payload = frame.frame().payload().bytes();
            return (MiningToClient) MESSAGES.decode(frame.frame().header(), payload, 0, payload.length);
        }

        @Override
        public PeerInfo info() {
            return info;
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public Set<Integer> extensions() {
            return Set.of();
        }

        @Override
        public boolean isWritable() {
            return reads;
        }

        @Override
        public void send(MiningToClient message) {
            inbox.accept(message);
        }

        @Override
        public void send(EncodedFrame frame) {
            inbox.accept(decoded(frame));
        }

        @Override
        public <R extends Sv2Message> CompletionStage<R> request(
                MiningToClient message, Class<R> reply, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(CloseReason reason) {
            throw new UnsupportedOperationException(reason.text());
        }
    }

    private final class Backend implements MiningBackend {
        @Override
        public Work work() {
            return work;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Target hardest() {
            return policy.targets().hardest();
        }

        @Override
        public Payout payout() {
            return payout;
        }

        @Override
        public ShareVerdict onShare(ConnectionId miner, ShareVerdict found) {
            verdict = found;
            return found;
        }
    }

    private final class Context implements ServerContext<MiningToClient> {
        @Override
        public <H extends PeerHandler<?, MiningToClient>> void forEach(
                Class<H> type, Function<? super H, Effect<MiningToClient>> action) {
            clients.forEach(client -> client.carryOut(action.apply(type.cast(client.handler))));
        }

        @Override
        public <H extends PeerHandler<?, MiningToClient>> void announce(
                Class<H> type, Function<? super H, Effect<MiningToClient>> action) {
            forEach(type, action);
        }

        @Override
        public <H extends PeerHandler<?, MiningToClient>> boolean visit(
                ConnectionId peer, Class<H> type, Function<? super H, Effect<MiningToClient>> action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Downstream<MiningToClient>> find(ConnectionId peer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Lane.Scheduled every(Duration period, Runnable task) {
            tick = task;
            return () -> {};
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public int peers() {
            return clients.size();
        }
    }

    /// A lane where whatever is scheduled is due.
    private static final class Clock implements Lane {
        private Instant now;

        Clock(Instant start) {
            now = start;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            task.run();
            return () -> {};
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanoTime() {
            return Duration.between(Instant.EPOCH, now).toNanos();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
