package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.CloseReason.HandlerFailed;
import org.stratumj.connection.CloseReason.Local;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.connection.sim.WorkQueue;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.service.RecordingServer.RecordingPeer;

/// Goal: what handlers get and when, where they persist, ask, or block, and where the journal or the sibling is slow.
/// Method: the test says when the journal, the sibling and the blocking threads get on.
class TurnsSimulationTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final SimNetwork network = new SimNetwork(11);
    private final ManualJournal journal = new ManualJournal();
    private final RecordingClient miner = new RecordingClient();
    private final Link<String> blocks = new Link<>("blocks", 1);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void receiveBlocks() {
        blocks.receive(network.newLane(), told::add);
    }

    // Persisting.

    @Test
    void nothingIsAcknowledgedBeforeItIsDurableAndThenInOrder() throws Exception {
        RecordingServer pool = persisting();
        miner.onUp = Effect.reply(List.of(share(1), share(2), share(3)));
        start(pool);
        network.run();
        assertThat(journal.records).containsExactly(1L, 2L, 3L);
        assertThat(miner.received).isEmpty();

        journal.written(1); // the second before the first
        network.run();
        assertThat(miner.received).isEmpty();
        journal.written(0);
        network.run();
        assertThat(miner.received).containsExactly(credit(1), credit(2));
        journal.written(2);
        network.run();
        assertThat(miner.received).containsExactly(credit(1), credit(2), credit(3));
    }

    @Test
    void aRecordThatCannotBeKeptIsNeverAcknowledged() throws Exception {
        RecordingServer pool = persisting();
        miner.onUp = Effect.reply(List.of(share(1), share(2)));
        start(pool);
        network.run();
        journal.failed(0, new IOException("disk full"));
        journal.written(1);
        network.run();
        assertThat(miner.received).isEmpty();
        assertThat(pool.peers.getFirst().closed)
                .isInstanceOfSatisfying(
                        HandlerFailed.class,
                        failed -> assertThat(failed.cause()).hasMessage("disk full"));
    }

    @Test
    void whoSendsMoreThanTheJournalWritesIsNotRead() throws Exception {
        RecordingServer pool = persisting();
        int shares = 5 * Persisting.STEPS_MAX;
        miner.onUp = Effect.reply(
                LongStream.range(0, shares).mapToObj(Messages::share).toList());
        start(pool);
        network.run();
        assertThat(journal.records).hasSize(Persisting.STEPS_MAX);
        for (int i = 0; i < shares; i++) {
            journal.written(i);
            network.run();
            assertThat(journal.waiting()).isLessThanOrEqualTo(Persisting.STEPS_MAX);
        }
        assertThat(miner.received).hasSize(shares);
    }

    @Test
    void blockIsToldWhenItIsDurableThoughItsMinerHasLeft() throws Exception {
        RecordingServer pool = new RecordingServer();
        pool.answer = (peer, message) -> Effect.persist(
                journal, 1L, Effect.<MiningToClient>reply(credit(1)).then(block()));
        leavesAfterAShare(pool);
        assertThat(told).isEmpty();
        journal.written(0);
        network.run();
        assertThat(told).containsExactly("block");
        assertThat(miner.received).isEmpty();
    }

    @Test
    void blockIsToldWhenItsStageIsDoneThoughItsMinerHasLeft() throws Exception {
        CompletableFuture<Effect<MiningToClient>> stored = new CompletableFuture<>();
        RecordingServer pool = new RecordingServer();
        pool.answer = (peer, message) -> Effect.after(stored);
        leavesAfterAShare(pool);
        stored.complete(block());
        network.run();
        assertThat(told).containsExactly("block");
    }

    // Asking.

    @Test
    void answersOfASiblingComeBackOnTheLane() throws Exception {
        Link<Ask> link = new Link<>("accounts", 10);
        Deque<Ask> asked = new ArrayDeque<>();
        link.receive(network.newLane(), asked::add);
        RecordingServer pool = asking(link);
        miner.onUp = Effect.reply(List.of(share(1), share(2), share(3)));
        start(pool);
        network.run();
        asked.remove().answer.with(10L);
        asked.remove().answer.refuse("who?");
        network.run();
        assertThat(miner.received).containsExactly(credit(10), credit(0));
        network.advance(SOON);
        assertThat(miner.received).containsExactly(credit(10), credit(0), credit(0));
        asked.remove().answer.with(30L); // too late
        network.run();
        assertThat(miner.received).hasSize(3);
        assertThat(pool.peers.getFirst().closed).isNull();
    }

    @Test
    void aFullLinkIsAnAnswerToo() throws Exception {
        RecordingServer pool = asking(new Link<>("accounts", 1));
        miner.onUp = Effect.reply(List.of(share(1), share(2)));
        start(pool);
        network.run();
        assertThat(miner.received).containsExactly(credit(0));
    }

    @Test
    void withoutAnotherWayNoAnswerEndsTheConnection() throws Exception {
        RecordingServer pool = new RecordingServer();
        Link<Ask> link = new Link<>("accounts", 1);
        pool.answer =
                (peer, message) -> Effect.ask(link, Ask::new, SOON, difficulty -> Effect.reply(credit(difficulty)));
        miner.onUp = Effect.reply(share(1));
        start(pool);
        network.run();
        network.advance(SOON);
        assertThat(pool.peers.getFirst().closed)
                .isEqualTo(new Local("the receiver of link accounts did not answer within 1000 ms"));
    }

    // Blocking.

    @Test
    void handlerThatMayBlockGetsOneCallAfterAnotherAndOthersDoNotWait() throws Exception {
        WorkQueue threads = network.holdWorkers();
        RecordingServer pool = blocking();
        pool.answer = ServiceFixture::creditEach;
        miner.onUp = Effect.reply(List.of(share(1), share(2)));
        start(pool);
        network.run();
        assertThat(pool.peers.getFirst().events).isEmpty(); // not even opened: its thread has not begun
        step(threads);
        assertThat(pool.peers.getFirst().events).containsExactly("open");
        step(threads);
        assertThat(pool.peers.getFirst().received).containsExactly(share(1));
        assertThat(miner.received).containsExactly(credit(1));
        step(threads);
        assertThat(miner.received).containsExactly(credit(1), credit(2));
    }

    @Test
    void newsGoBeforeTheMessagesThatWait() throws Exception {
        WorkQueue threads = network.holdWorkers();
        RecordingServer pool = blocking();
        pool.answer = ServiceFixture::creditEach;
        miner.onUp = Effect.reply(List.of(share(1), share(2)));
        start(pool);
        network.run();
        pool.context.announce(RecordingPeer.class, peer -> Effect.reply(credit(99)));
        network.run();
        for (int i = 0; i < 4; i++) {
            step(threads);
        }
        assertThat(miner.received).containsExactly(credit(99), credit(1), credit(2));
    }

    @Test
    void whoSendsMoreThanABlockingHandlerTakesIsNotRead() throws Exception {
        WorkQueue threads = network.holdWorkers();
        RecordingServer pool = blocking();
        int shares = 20 * BlockingTurns.MESSAGES_MAX;
        pool.answer = ServiceFixture::creditEach;
        miner.onUp = Effect.reply(
                LongStream.range(0, shares).mapToObj(Messages::share).toList());
        start(pool);
        network.run();
        while (miner.received.size() < shares) {
            step(threads);
        }
        assertThat(pool.peers.getFirst().received).hasSize(shares);
    }

    @Test
    void blockingHandlerThatMissesTooMuchNewsIsLeft() throws Exception {
        network.holdWorkers();
        RecordingServer pool = blocking();
        start(pool);
        network.run();
        for (int i = 0; i < BlockingTurns.NEWS_MAX; i++) {
            pool.context.forEach(RecordingPeer.class, peer -> Effect.none());
        }
        network.run();
        assertThat(miner.downs).isEmpty();
        pool.context.forEach(RecordingPeer.class, peer -> Effect.none());
        network.run();
        assertThat(miner.downs).hasSize(1);
    }

    @Test
    void blockingHandlerIsToldOfTheEndOnceAndLast() throws Exception {
        WorkQueue threads = network.holdWorkers();
        RecordingServer pool = blocking();
        Sv2ServerService server = start(pool);
        network.run();
        step(threads);
        server.shutdown(SOON);
        network.run();
        assertThat(pool.peers.getFirst().events).containsExactly("open");
        assertThat(server.state()).isEqualTo(ServiceState.DRAINING);
        step(threads);
        assertThat(pool.peers.getFirst().events).containsExactly("open", "close");
        assertThat(server.state()).isEqualTo(ServiceState.STOPPED);
        assertThat(pool.events).containsExactly("start", "stop");
    }

    @Test
    void blockingHandlerThatThrowsEndsItsConnectionOnly() throws Exception {
        RecordingServer pool = blocking();
        pool.answer = (peer, message) -> {
            throw new IllegalStateException("no database");
        };
        miner.onUp = Effect.reply(share(1));
        start(pool);
        network.run();
        assertThat(pool.peers.getFirst().closed).isInstanceOf(HandlerFailed.class);
        assertThat(pool.peers.getFirst().events).containsExactly("open", "close");
    }

    @Test
    void blockOfABlockingHandlerIsToldThoughItsMinerHasLeft() throws Exception {
        RecordingServer pool = blocking();
        pool.answer = (peer, message) -> {
            peer.downstream.close(new Local("gone meanwhile"));
            return block();
        };
        miner.onUp = Effect.reply(share(1));
        start(pool);
        network.run();
        assertThat(pool.peers.getFirst().closed).isEqualTo(new Local("gone meanwhile"));
        assertThat(told).containsExactly("block");
    }

    // What is told again and again.

    @Test
    void announcementsOfWhichOnlyTheNewestCountsDoNotPileUp() throws Exception {
        RecordingServer pool = new RecordingServer();
        start(pool);
        network.run();
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            pool.context.announce(RecordingPeer.class, peer -> {
                seen.add(number);
                return Effect.none();
            });
        }
        network.run();
        assertThat(seen).hasSizeLessThan(1_000).endsWith(999);
    }

    @Test
    void everyGoesOnUntilTheServiceStopsWhateverTheTaskDoes() throws Exception {
        RecordingServer pool = new RecordingServer();
        Sv2ServerService server = start(pool);
        List<Long> times = new ArrayList<>();
        pool.context.every(SOON, () -> {
            times.add(pool.context.lane().nanoTime());
            throw new IllegalStateException("no");
        });
        var cancelled = pool.context.every(SOON, () -> times.add(-1L));
        cancelled.cancel();
        network.advance(Duration.ofSeconds(3));
        assertThat(times).hasSize(3).doesNotContain(-1L);
        server.shutdown(SOON);
        network.advance(Duration.ofSeconds(5));
        assertThat(times).hasSize(3);
    }

    @Test
    void onePeerIsFoundAndVisited() throws Exception {
        RecordingServer pool = new RecordingServer();
        Sv2ServerService server = start(pool);
        network.run();
        var id = server.peers().getFirst().id();
        assertThat(pool.context.find(id)).isPresent();
        assertThat(pool.context.visit(id, RecordingPeer.class, peer -> Effect.reply(credit(5))))
                .isTrue();
        network.run();
        assertThat(miner.received).containsExactly(credit(5));
        server.handle(new Sv2ServerEvent.CloseClient(id, new CloseReason.Local("bye")));
        network.run();
        assertThat(pool.context.find(id)).isEmpty();
        assertThat(pool.context.visit(id, RecordingPeer.class, peer -> Effect.none()))
                .isFalse();
    }

    // Fixtures.

    private record Ask(ReplyTo<? super Long> answer) {}

    private Sv2ServerService start(RecordingServer pool) throws Exception {
        Sv2ServerService server = Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(new ServerSecurity.Plain())
                .mining(pool)
                .build();
        server.start();
        Sv2ClientService client = Sv2ClientService.builder(network)
                .mining(
                        List.of(new Endpoint("127.0.0.1", server.localAddress().getPort(), new ClientSecurity.Plain())),
                        miner)
                .build();
        client.start();
        return server;
    }

    private Effect<MiningToClient> block() {
        return Effect.tellUrgently(blocks, "block");
    }

    /// A miner sends a share, and is gone before anything comes of it.
    private void leavesAfterAShare(RecordingServer pool) throws Exception {
        miner.onUp = Effect.reply(share(1));
        start(pool);
        network.run();
        RecordingPeer peer = pool.peers.getFirst();
        peer.downstream.close(new Local("gone"));
        network.run();
        assertThat(peer.received).containsExactly(share(1));
        assertThat(peer.closed).isEqualTo(new Local("gone"));
    }

    private void step(WorkQueue threads) {
        threads.runNext();
        network.run();
    }

    private RecordingServer persisting() {
        RecordingServer pool = new RecordingServer();
        pool.answer = (peer, message) -> {
            long number = ((SubmitSharesStandard) message).sequenceNumber();
            return Effect.persist(journal, number, Effect.reply(credit(number)));
        };
        return pool;
    }

    private static RecordingServer asking(Link<Ask> link) {
        RecordingServer pool = new RecordingServer();
        pool.answer = (peer, message) -> Effect.ask(
                link,
                Ask::new,
                SOON,
                difficulty -> Effect.reply(credit(difficulty)),
                none -> Effect.<MiningToClient>reply(credit(0)));
        return pool;
    }

    private static RecordingServer blocking() {
        return new RecordingServer() {
            @Override
            public boolean mayBlock() {
                return true;
            }
        };
    }

    /// Writes when the test says so.
    private static final class ManualJournal implements Journal<Long> {
        private final List<Long> records = new ArrayList<>();
        private final List<CompletableFuture<Void>> writes = new ArrayList<>();

        @Override
        public CompletionStage<?> append(Long record) {
            records.add(record);
            CompletableFuture<Void> write = new CompletableFuture<>();
            writes.add(write);
            return write;
        }

        void written(int index) {
            writes.get(index).complete(null);
        }

        void failed(int index, Throwable cause) {
            writes.get(index).completeExceptionally(cause);
        }

        long waiting() {
            return writes.stream().filter(write -> !write.isDone()).count();
        }
    }
}
