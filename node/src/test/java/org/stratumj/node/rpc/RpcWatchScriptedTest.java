package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeListener;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;

/// A watch of a node that changes its mind, hurries, or answers with what cannot be used.
class RpcWatchScriptedTest {
    private static final String TIP_1 = "01".repeat(32);
    private static final String TIP_2 = "02".repeat(32);
    private static final WatchPolicy EAGER = new WatchPolicy(Duration.ofMillis(5), 1);

    private final ScriptedNode scripted = new ScriptedNode();
    private final AtomicReference<String> template = new AtomicReference<>(NodeCall.template(TIP_1, "1d00ffff"));
    private final RecordedNews news = new RecordedNews();

    RpcWatchScriptedTest() {
        scripted.answer("getblocktemplate", _ -> new ScriptedNode.Answer(200, template.get()));
    }

    @AfterEach
    void close() {
        scripted.close();
    }

    @Test
    void tellsOfATargetThatChangedOnTheSameTip() throws InterruptedException {
        try (RpcNode node = RpcNode.connect(scripted.options());
                Watch _ = node.watch(EAGER, news)) {
            assertThat(news.next()).isEqualTo("tip " + TIP_1 + " 1d00ffff");
            template.set(NodeCall.template(TIP_1, "207fffff"));
            assertThat(news.next()).isEqualTo("tip " + TIP_1 + " 207fffff");
            template.set(NodeCall.template(TIP_1, "1d00ffff"));
            assertThat(news.next()).isEqualTo("tip " + TIP_1 + " 1d00ffff");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"weightlimit\":-1", "\"weightlimit\":[]", "\"weightlimit\":99999999999999999999"})
    void getsTheTipAfterATemplateThatCannotBeUsed(String bad) throws InterruptedException {
        try (RpcNode node = RpcNode.connect(scripted.options());
                Watch _ = node.watch(EAGER, news)) {
            assertThat(news.next()).isEqualTo("tip " + TIP_1 + " 1d00ffff");
            template.set(NodeCall.template(TIP_2, "1d00ffff").replace("\"weightlimit\":4000000", bad));
            assertThat(news.next()).startsWith("lost the node's block template cannot be used: ");
            template.set(NodeCall.template(TIP_2, "1d00ffff"));
            assertThat(news.next()).isEqualTo("restored");
            assertThat(news.next()).isEqualTo("tip " + TIP_2 + " 1d00ffff");
        }
    }

    @Test
    void getsTheTipAfterOneAtWhichTheListenerFailed() throws InterruptedException {
        AtomicBoolean failed = new AtomicBoolean();
        NodeListener failing = new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate tip) {
                if (failed.compareAndSet(false, true)) {
                    template.set(NodeCall.template(TIP_2, "1d00ffff"));
                    throw new NoClassDefFoundError("planted");
                }
                news.tipChanged(tip);
            }

            @Override
            public void feesRose(BlockTemplate ignored) {}
        };
        try (RpcNode node = RpcNode.connect(scripted.options());
                Watch _ = node.watch(EAGER, failing)) {
            assertThat(news.next()).isEqualTo("tip " + TIP_2 + " 1d00ffff");
        }
    }

    /// Each long poll begins at least the interval after the one before it, so that the n-th arrives no sooner than
    /// n - 1 intervals after the watch began, however slow the machine is.
    @Test
    void pausesBetweenLongPollsThatAreAnsweredAtOnce() throws InterruptedException {
        int polls = 4;
        CountDownLatch arrived = new CountDownLatch(polls);
        String answer = template.get().replace("\"transactions\"", "\"longpollid\":\"id\",\"transactions\"");
        scripted.answer("getblocktemplate", parameters -> {
            if (parameters.path(0).has("longpollid")) {
                arrived.countDown();
            }
            return new ScriptedNode.Answer(200, answer);
        });
        try (RpcNode node = RpcNode.connect(scripted.options())) {
            node.template(); // so that no time goes into loading classes
            long began = System.nanoTime();
            try (Watch _ = node.watch(new WatchPolicy(Duration.ofHours(1), 1), news)) {
                arrived.await();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThanOrEqualTo(RpcWatch.LONG_POLL_INTERVAL_MIN.multipliedBy(polls - 1));
        }
    }
}
