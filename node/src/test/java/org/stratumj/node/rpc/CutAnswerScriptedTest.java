package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.node.NodeException;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;

/// Answers of a node that end before their last byte, at each byte there is: the call says that the node gave no
/// answer, and nothing that only looks like one gets through.
class CutAnswerScriptedTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final WireNode wire = new WireNode();

    @AfterEach
    void close() throws IOException {
        wire.close();
    }

    static Stream<Arguments> calls() {
        return NodeCall.all().flatMap(call -> Stream.of(Arguments.of(call, true), Arguments.of(call, false)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isNoAnswerWhereverItIsCut(NodeCall call, boolean sized) {
        byte[] whole = WireNode.response(call.answer(), sized);
        try (RpcNode node = RpcNode.connect(wire.options(TIMEOUT))) {
            for (int length = 0; length < whole.length; length++) {
                wire.cut(call.method(), whole, length);
                assertThatThrownBy(() -> call.on(node))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOfAny(NodeException.Unavailable.class, NodeException.BadAnswer.class)
                        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
            }
            wire.cut(call.method(), whole, whole.length);
            assertThat(call.on(node)).isNotNull();
        }
    }

    @Test
    void watchGoesOnAfterEachCut() throws InterruptedException {
        byte[] whole = WireNode.response(NodeCall.template("02".repeat(32), "207fffff"), true);
        AtomicInteger length = new AtomicInteger();
        wire.reply(
                "getblocktemplate",
                (_, end) -> end.socket()
                        .getOutputStream()
                        .write(whole, 0, Math.min(length.getAndIncrement(), whole.length)));
        RecordedNews news = new RecordedNews();
        try (RpcNode node = RpcNode.connect(wire.options(TIMEOUT));
                Watch _ = node.watch(new WatchPolicy(Duration.ofMillis(1), 1), news)) {
            assertThat(news.next()).startsWith("lost ");
            assertThat(news.next()).isEqualTo("restored");
            assertThat(news.next()).isEqualTo("tip " + "02".repeat(32) + " 207fffff");
        }
    }
}
