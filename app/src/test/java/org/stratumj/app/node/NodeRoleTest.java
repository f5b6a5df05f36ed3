package org.stratumj.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.Eventually;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.log.Logging;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.WatchPolicy;

class NodeRoleTest {
    private final ScriptedNode node = new ScriptedNode(template(7));
    private final NodeRole role = new NodeRole("somewhere", () -> node, _ -> {});
    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();

    @Test
    void showsTheNodesTip() {
        role.start();
        assertThat(role.status().height()).hasValue(6);
        role.backend().watch(WatchPolicy.DEFAULT, ignoring());
        node.tip(template(9));
        assertThat(role.status().height()).hasValue(8);
        assertThat(role.status().tip()).isEqualTo(template(9).prevHash().toString());
    }

    @Test
    void warnsOnceOfAPasswordFileThatOthersCanRead(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        NodeSpec spec = NodeSpec.parse("rpc:http://127.0.0.1:1?user=me&password-file=" + file);
        Logging.to(warnings::add, LogLevel.WARN, false);
        try (var network = NettyNetwork.open()) {
            NodeRole.of(spec, new RoleContext(network, _ -> {}, network.clock()));
        }
        assertThat(warnings).singleElement().asString().contains("every user of this machine can read " + file);
    }

    @Test
    void countsBlocksByTheNodesOwnWord() {
        role.start();
        node.answers(new SubmitOutcome.Accepted())
                .answers(new SubmitOutcome.Duplicate())
                .answers(new SubmitOutcome.Rejected("high-hash"));
        NodeBackend backend = role.backend();
        for (int i = 0; i < 3; i++) {
            backend.submit(block());
        }
        assertThat(role.status().blocksFound()).isEqualTo(3);
        assertThat(role.status().blocksAccepted()).isEqualTo(1);
    }

    @Test
    void showsAnOutageUntilItIsOver() {
        role.start();
        role.backend().watch(WatchPolicy.DEFAULT, ignoring());
        node.lose(new NodeException.Unavailable("the node does not answer"));
        assertThat(role.status().note()).isEqualTo("the node does not answer");
        node.listeners().forEach(NodeListener::restored);
        assertThat(role.status().note()).isEmpty();
    }

    @Test
    void readsTheTipOnceMoreWhenItCloses() {
        role.start();
        node.tip(template(20)); // nobody watches
        assertThat(role.status().height()).hasValue(6);
        role.close();
        role.close();
        assertThat(role.status().height()).hasValue(19);
        assertThat(node.closed()).isTrue();
    }

    @Test
    void doesNotWaitForANodeWithoutAnAnswerWhenItCloses() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicBoolean stalled = new AtomicBoolean();
        ScriptedNode stalling = new ScriptedNode(template(7)) {
            @Override
            public ChainTip tip() {
                if (stalled.get()) {
                    awaitForever(answer);
                }
                return super.tip();
            }
        };
        NodeRole closing = impatient(() -> stalling);
        closing.start();
        stalled.set(true);
        assertThat(CompletableFuture.runAsync(closing::close)).succeedsWithin(Duration.ofMinutes(1));
        assertThat(stalling.closed()).isTrue();
        assertThat(closing.status().note()).isEqualTo("no answer from the node at the end");
        answer.countDown();
    }

    private static void awaitForever(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failsToStartInTheNodesWords() {
        NodeRole broken = impatient(() -> {
            throw new NodeException.Misconfigured("wrong password");
        });
        assertThatThrownBy(broken::start).isInstanceOf(RoleException.class).hasMessage("wrong password");
        assertThat(broken.status())
                .isEqualTo(RoleStatus.of("node").address("somewhere").build());
    }

    @Test
    void waitsForANodeThatIsNotReadyAndSaysSo() {
        Deque<NodeException> troubles = new ConcurrentLinkedDeque<>(List.of(
                new NodeException.Unavailable("no node answers"),
                new NodeException.Unavailable("the cookie file cannot be read"),
                new NodeException.BadAnswer("the answer cannot be used: HTTP status 200 without readable JSON"),
                new NodeException.Unavailable("is starting up")));
        NodeRole waiting = impatient(() -> {
            NodeException trouble = troubles.poll();
            if (trouble != null) {
                throw trouble;
            }
            return node;
        });
        waiting.start();
        assertThat(waiting.status().height()).hasValue(6);
        assertThat(warnings)
                .containsExactly(
                        "waiting for the node: no node answers",
                        "waiting for the node: the cookie file cannot be read",
                        "waiting for the node: the answer cannot be used: HTTP status 200 without readable JSON",
                        "waiting for the node: is starting up");
        waiting.close();
    }

    @Test
    void waitsUntilTheNodeGivesTemplates() {
        Deque<ScriptedNode> nodes = new ConcurrentLinkedDeque<>(List.of(
                new ScriptedNode(template(7)) {
                    @Override
                    public BlockTemplate template() {
                        throw new NodeException.Unavailable("in initial download");
                    }
                },
                node));
        ScriptedNode downloading = nodes.getFirst();
        NodeRole waiting = impatient(() -> Objects.requireNonNull(nodes.poll()));
        waiting.start();
        assertThat(warnings).containsExactly("waiting for the node: in initial download");
        assertThat(downloading.closed()).isTrue();
        assertThat(node.closed()).isFalse();
        waiting.close();
    }

    @Test
    void waitsForANodeThatIsLostBetweenItsTemplateAndItsTip() {
        Deque<ScriptedNode> nodes = new ConcurrentLinkedDeque<>(List.of(
                new ScriptedNode(template(7)) {
                    @Override
                    public ChainTip tip() {
                        throw new NodeException.Unavailable("no node answers");
                    }
                },
                node));
        NodeRole waiting = impatient(() -> Objects.requireNonNull(nodes.poll()));
        waiting.start();
        assertThat(warnings).containsExactly("waiting for the node: no node answers");
        assertThat(waiting.status().height()).hasValue(6);
        waiting.close();
    }

    @Test
    void reportsOnlyOnceAnInterval() {
        AtomicInteger attempts = new AtomicInteger();
        NodeRole waiting = new NodeRole(
                "somewhere",
                () -> {
                    if (attempts.incrementAndGet() < 5) {
                        throw new NodeException.Unavailable("no node answers");
                    }
                    return node;
                },
                _ -> {},
                Duration.ofMillis(1),
                Duration.ofHours(1),
                warnings::add);
        waiting.start();
        assertThat(warnings).containsExactly("waiting for the node: no node answers");
        waiting.close();
    }

    @Test
    void refusesTheWrongNodeBeforeItIsReady() {
        ScriptedNode unready = new ScriptedNode(template(7)) {
            @Override
            public BlockTemplate template() {
                throw new NodeException.Unavailable("in initial download");
            }
        };
        NodeRole wrong = new NodeRole("somewhere", () -> unready, _ -> {
            throw new RoleException("another chain");
        });
        assertThatThrownBy(wrong::start).isInstanceOf(RoleException.class).hasMessage("another chain");
        assertThat(unready.closed()).isTrue();
    }

    @Test
    void stopsWaitingWhenInterrupted() throws InterruptedException {
        NodeRole waiting = impatient(() -> {
            throw new NodeException.Unavailable("no node answers");
        });
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                waiting.start();
                started.complete(null);
            } catch (RoleException e) {
                started.completeExceptionally(e);
            }
        });
        assertThat(warnings.take()).isEqualTo("waiting for the node: no node answers");
        thread.interrupt();
        assertThat(started)
                .failsWithin(Duration.ofMinutes(10))
                .withThrowableThat()
                .withMessageContaining("stopped while waiting for the node at somewhere");
    }

    @Test
    void showsThatTheNodeIsSilent() {
        AtomicReference<Duration> silence = new AtomicReference<>(Duration.ZERO);
        NodeRole silent = impatient(() -> new ScriptedNode(template(7)) {
            @Override
            public Duration silence() {
                return silence.get();
            }
        });
        silent.start();
        assertThat(silent.status().nodeSilence()).hasValue(0);
        silence.set(Duration.ofMillis(12_500));
        assertThat(silent.status().nodeSilence()).hasValue(12.5);
        assertThat(silent.status().note()).isEqualTo("no answer from the node for 12 s");
        assertThat(silent.backend().silence()).isEqualTo(silence.get());
        Eventually.holds(() -> warnings.contains("no answer from the node for 12 s"));
        silence.set(Duration.ZERO);
        Eventually.holds(() -> warnings.contains("the node answers again"));
        silent.close();
    }

    @Test
    void warnsOfSilenceOnceAnInterval() {
        SilenceWatch watch = new SilenceWatch(Duration.ofSeconds(10), Duration.ofSeconds(30), warnings::add);
        for (int seconds = 0; seconds < 75; seconds++) {
            watch.look(Duration.ofSeconds(seconds));
        }
        watch.look(Duration.ZERO);
        watch.look(Duration.ofSeconds(1));
        assertThat(warnings)
                .containsExactly(
                        "no answer from the node for 10 s",
                        "no answer from the node for 40 s",
                        "no answer from the node for 70 s",
                        "the node answers again");
    }

    private NodeRole impatient(Supplier<NodeBackend> opening) {
        return new NodeRole("somewhere", opening, _ -> {}, Duration.ofMillis(1), Duration.ofNanos(1), warnings::add);
    }

    @Test
    void leavesTheNodeOpenWhenARoleAboveClosesItsView() {
        role.start();
        role.backend().close();
        assertThat(node.closed()).isFalse();
    }

    private static BlockTemplate template(int height) {
        return new BlockTemplate(
                1,
                Hash256.fromDisplayHex("%064x".formatted(height)),
                height,
                0x207f_ffffL,
                1,
                1,
                0,
                true,
                4_000_000,
                80_000,
                List.of());
    }

    private static RawBlock block() {
        return RawBlock.of(
                new BlockHeader(1, Hash256.ZERO, Hash256.ZERO, 1, 1, 1), RawTransaction.of(new byte[0]), List.of());
    }

    private static NodeListener ignoring() {
        return new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate template) {}

            @Override
            public void feesRose(BlockTemplate template) {}
        };
    }
}
