package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;

/// A node that begins an answer and does not end it, in each way there is: the call ends at its deadline, its
/// connection is closed, and no other call has waited for it.
class NodeDeadlineScriptedTest {
    /// One that passes, and that a node which answers keeps on a busy machine.
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String TIP_1 = "01".repeat(32);
    private static final String TIP_2 = "02".repeat(32);
    private static final WatchPolicy EAGER = new WatchPolicy(Duration.ofMillis(20), 1);

    private final WireNode wire = new WireNode();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() throws IOException {
        wire.close();
        threads.shutdownNow();
    }

    /// What a call to a node of its own has to do.
    private interface Check {
        void on(NodeCall call, WireNode wire, RpcNode node) throws Exception;
    }

    /// Makes each call at the same time, so that their deadlines pass together.
    private void atOnce(Check check) throws Exception {
        List<Future<?>> checks = new ArrayList<>();
        for (NodeCall call : calls()) {
            checks.add(threads.submit(() -> {
                try (WireNode own = new WireNode();
                        RpcNode node = RpcNode.connect(own.options(SHORT))) {
                    check.on(call, own, node);
                }
                return null;
            }));
        }
        for (Future<?> each : checks) {
            each.get();
        }
    }

    static List<NodeCall> calls() {
        return NodeCall.all().toList();
    }

    @Test
    void endsAnAnswerThatStopsInItsBody() throws Exception {
        atOnce((call, wire, node) -> {
            CountDownLatch closed = wire.stall(call.method(), beginning());
            assertTookTooLong(call, node);
            closed.await();
        });
    }

    @Test
    void endsAnAnswerThatNeverBegins() throws Exception {
        atOnce((call, wire, node) -> {
            CountDownLatch closed = wire.stall(call.method(), new byte[0]);
            assertTookTooLong(call, node);
            closed.await();
        });
    }

    @Test
    void endsAnAnswerThatDrips() throws Exception {
        atOnce((call, wire, node) -> {
            CountDownLatch closed = new CountDownLatch(1);
            wire.reply(call.method(), (_, end) -> {
                end.write(beginning());
                try {
                    while (!closed.await(5, TimeUnit.MILLISECONDS)) {
                        end.write(new byte[] {' '});
                    }
                } catch (IOException broken) {
                    closed.countDown();
                }
            });
            assertTookTooLong(call, node);
            closed.await();
        });
    }

    /// A gigabyte is announced, and comes as fast as it is read.
    @ParameterizedTest
    @MethodSource("calls")
    void breaksOffAnAnswerOfAGigabyte(NodeCall call) throws InterruptedException {
        try (RpcNode node = RpcNode.connect(wire.options(LONG))) {
            AtomicLong sent = new AtomicLong();
            CountDownLatch closed = new CountDownLatch(1);
            wire.reply(call.method(), (_, end) -> {
                byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                end.write(header(1 << 30));
                try {
                    while (sent.get() < 1 << 30) {
                        end.write(spaces);
                        sent.addAndGet(spaces.length);
                    }
                } catch (IOException broken) {
                    closed.countDown();
                }
            });
            assertThatThrownBy(() -> call.on(node))
                    .isInstanceOf(NodeException.BadAnswer.class)
                    .hasMessageContaining("has more than " + call.bytesMax() + " bytes");
            closed.await();
            assertThat(sent).hasValueLessThan(2L * RpcClient.ANSWER_BYTES_MAX);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void takesAnAnswerUpToTheBoundOfItsCall(NodeCall call) {
        try (RpcNode node = RpcNode.connect(wire.options(LONG));
                RpcNode other = RpcNode.connect(wire.options(LONG))) {
            String longest =
                    call.answer() + " ".repeat(call.bytesMax() - call.answer().length());
            wire.reply(call.method(), (_, end) -> end.write(WireNode.response(longest, true)));
            assertThat(call.on(node)).isNotNull();
            wire.reply(call.method(), (_, end) -> end.write(WireNode.response(longest + " ", true)));
            assertThatThrownBy(() -> call.on(other))
                    .isInstanceOf(NodeException.BadAnswer.class)
                    .hasMessageContaining("has more than " + call.bytesMax() + " bytes");
        }
    }

    @Test
    void submitsBlocksInParallelUpToABound() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(RpcNode.SUBMITS_MAX);
        CountDownLatch answered = new CountDownLatch(1);
        wire.reply("submitblock", (_, end) -> {
            arrived.countDown();
            answered.await();
            end.write(WireNode.response(NodeCall.result("null"), true));
        });
        wire.stall("getblocktemplate", beginning());
        try (RpcNode node = RpcNode.connect(wire.options(LONG))) {
            CompletableFuture<?> template = CompletableFuture.supplyAsync(node::template, threads);
            List<CompletableFuture<SubmitOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < RpcNode.SUBMITS_MAX; i++) {
                outcomes.add(CompletableFuture.supplyAsync(() -> node.submit(NodeCall.block()), threads));
            }
            arrived.await();
            assertThatThrownBy(() -> node.submit(NodeCall.block()))
                    .isInstanceOf(NodeException.Unavailable.class)
                    .hasMessageContaining("has 16 blocks to answer for already");
            answered.countDown();
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.join()).isEqualTo(new SubmitOutcome.Accepted()));
            assertThat(node.submit(NodeCall.block())).isEqualTo(new SubmitOutcome.Accepted());
            assertThat(template).isNotDone();
        }
    }

    @Test
    void watchGoesOnAfterAnswersThatStopped() throws InterruptedException {
        RecordedNews news = new RecordedNews();
        wire.stall("getblocktemplate", beginning());
        try (RpcNode node = RpcNode.connect(wire.options(SHORT));
                Watch _ = node.watch(EAGER, news)) {
            assertThat(news.next()).startsWith("lost getblocktemplate").endsWith("took too long");
            assertThat(node.silence()).isPositive();
            wire.reply("getblocktemplate", (_, end) -> end.write(template(TIP_1, "")));
            assertThat(news.next()).isEqualTo("restored");
            assertThat(news.next()).isEqualTo("tip " + TIP_1 + " 207fffff");
        }
    }

    @Test
    void tellsHowLongTheNodeHasBeenSilent() {
        try (RpcNode node = RpcNode.connect(wire.options(SHORT))) {
            assertThat(node.silence()).isZero();
            wire.stall("getblocktemplate", beginning());
            assertThatThrownBy(node::template).isInstanceOf(NodeException.Unavailable.class);
            assertThat(node.silence()).isGreaterThanOrEqualTo(SHORT);
            assertThatThrownBy(node::template).isInstanceOf(NodeException.Unavailable.class);
            assertThat(node.silence()).isGreaterThanOrEqualTo(SHORT.multipliedBy(2));
            node.tip();
            assertThat(node.silence()).isZero();
        }
    }

    /// The long poll is answered with the new tip, up to the middle of it.
    @Test
    void endsALongPollThatStopsInItsBody() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        wire.reply("getblocktemplate", (parameters, end) -> {
            if (parameters.path(0).has("longpollid")) {
                end.write(beginning());
                end.awaitClose();
                closed.countDown();
            } else {
                end.write(template(TIP_1, "first"));
            }
        });
        RecordedNews news = new RecordedNews();
        try (RpcNode node = RpcNode.connect(wire.options(SHORT));
                Watch _ = node.watch(new WatchPolicy(Duration.ofHours(1), 1), news)) {
            assertThat(news.next()).isEqualTo("tip " + TIP_1 + " 207fffff");
            assertThat(news.next()).startsWith("lost getblocktemplate").endsWith("took too long");
            closed.await();
            wire.reply("getblocktemplate", (_, end) -> end.write(template(TIP_2, "second")));
            assertThat(news.next()).isEqualTo("restored");
            assertThat(news.next()).isEqualTo("tip " + TIP_2 + " 207fffff");
        }
    }

    private static void assertTookTooLong(NodeCall call, RpcNode node) {
        assertThatThrownBy(() -> call.on(node))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessageContaining(call.method())
                .hasMessageContaining("took too long");
    }

    private static byte[] template(String tip, String longPollId) {
        String body = NodeCall.template(tip, "207fffff");
        return WireNode.response(
                body.replace("\"transactions\"", "\"longpollid\":\"" + longPollId + "\",\"transactions\""), true);
    }

    private static byte[] header(int bytes) {
        return String.format(Locale.ROOT, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", bytes)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A header that announces a thousand bytes, and a hundred of them.
    private static byte[] beginning() {
        String header = new String(header(1000), StandardCharsets.UTF_8);
        return (header + " ".repeat(100)).getBytes(StandardCharsets.UTF_8);
    }
}
