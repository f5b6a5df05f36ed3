package org.stratumj.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stratumj.app.Eventually;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleException;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;

class ReserveNodeTest {
    private static final Duration PATIENT = Duration.ofHours(1);
    private static final String AWAY = "no node answers; it gets blocks once it is there";
    private static final String BACK = "the node at somewhere is there, and gets blocks";

    private final RecordedEvents events = new RecordedEvents();
    private final AtomicReference<@Nullable NodeException> trouble = new AtomicReference<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final ScriptedNode node = new ScriptedNode(template()) {
        @Override
        public ChainTip tip() {
            looks.incrementAndGet();
            throwTrouble();
            return super.tip();
        }

        @Override
        public synchronized SubmitOutcome submit(RawBlock block) {
            throwTrouble();
            return super.submit(block);
        }
    };
    private ReserveNode reserve = reserve(this::opened, Network.REGTEST, PATIENT);

    @AfterEach
    void close() {
        reserve.close();
    }

    @Test
    void takesBlocksWithoutAWord() {
        reserve.start();
        assertThat(reserve.submit(block())).isEqualTo(new SubmitOutcome.Accepted());
        node.answers(new SubmitOutcome.Duplicate());
        assertThat(reserve.submit(block())).isEqualTo(new SubmitOutcome.Duplicate());
        assertThat(reserve.name()).isEqualTo("node-2");
        assertThat(reserve.status().blocksFound()).isEqualTo(2);
        assertThat(reserve.status().blocksAccepted()).isEqualTo(1);
        assertThat(events.texts()).isEmpty();
    }

    @Test
    void isNotWaitedForWhenItIsSilentAtTheStart() {
        CountDownLatch answer = new CountDownLatch(1);
        reserve = reserve(
                () -> {
                    await(answer);
                    return opened();
                },
                Network.REGTEST,
                Duration.ofMillis(1));
        reserve.start();
        String silent = "no answer yet from the node at somewhere";
        assertThat(events.warnings()).containsExactly(silent + "; it gets blocks once it is there");
        assertThat(reserve.status().note()).isEqualTo(silent);
        assertThatThrownBy(() -> reserve.submit(block()))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessage(silent);
        answer.countDown();
        Eventually.holds(() -> events.texts().contains(BACK));
        assertThat(reserve.submit(block())).isEqualTo(new SubmitOutcome.Accepted());
        assertThat(reserve.status().note()).isEmpty();
    }

    @Test
    void comesLaterAndItsAbsenceIsReportedOnce() {
        trouble.set(new NodeException.Unavailable("no node answers"));
        AtomicInteger attempts = new AtomicInteger();
        reserve = reserve(
                () -> {
                    attempts.incrementAndGet();
                    return opened();
                },
                Network.REGTEST,
                PATIENT);
        reserve.start();
        Eventually.holds(() -> attempts.get() > 5);
        assertThat(events.texts()).containsExactly(AWAY);
        assertThatThrownBy(() -> reserve.submit(block())).hasMessage("no node answers");
        trouble.set(null);
        Eventually.holds(() -> events.texts().equals(List.of(AWAY, BACK)));
        assertThat(reserve.submit(block())).isEqualTo(new SubmitOutcome.Accepted());
    }

    @Test
    void goesAwayAndComesBack() {
        reserve.start();
        trouble.set(new NodeException.Unavailable("no node answers"));
        Eventually.holds(() -> events.texts().equals(List.of(AWAY)));
        assertThat(reserve.status().note()).isEqualTo("no node answers");
        assertThatThrownBy(() -> reserve.submit(block())).isInstanceOf(NodeException.Unavailable.class);
        int before = looks.get();
        Eventually.holds(() -> looks.get() > before + 5);
        assertThat(events.texts()).containsExactly(AWAY);
        trouble.set(null);
        Eventually.holds(() -> events.texts().equals(List.of(AWAY, BACK)));
        assertThat(reserve.submit(block())).isEqualTo(new SubmitOutcome.Accepted());
        assertThat(node.closed()).isFalse();
    }

    @Test
    void ofAnotherChainEndsTheStart() {
        reserve = reserve(this::opened, Network.MAINNET, PATIENT);
        assertThatThrownBy(reserve::start)
                .isInstanceOf(RoleException.class)
                .hasMessage("the node at somewhere is on REGTEST and the first one on MAINNET; give nodes of one"
                        + " network");
        assertThat(node.closed()).isTrue();
        assertThat(events.texts()).isEmpty();
    }

    @Test
    void thatRefusesThePasswordEndsTheStart() {
        trouble.set(new NodeException.Misconfigured("wrong password"));
        assertThatThrownBy(reserve::start).isInstanceOf(RoleException.class).hasMessage("wrong password");
    }

    /// The roles run by then.
    @Test
    void thatTurnsOutToBeOfAnotherChainLaterIsReportedOnceAndGetsNoBlock() {
        trouble.set(new NodeException.Unavailable("no node answers"));
        AtomicInteger attempts = new AtomicInteger();
        reserve = reserve(
                () -> {
                    attempts.incrementAndGet();
                    return opened();
                },
                Network.MAINNET,
                PATIENT);
        reserve.start();
        trouble.set(null);
        Eventually.holds(() -> events.texts().size() == 2);
        int before = attempts.get();
        Eventually.holds(() -> attempts.get() > before + 5);
        assertThat(events.warnings())
                .hasSize(2)
                .last()
                .asString()
                .contains("is on REGTEST and the first one on MAINNET");
        assertThatThrownBy(() -> reserve.submit(block())).isInstanceOf(NodeException.class);
        assertThat(node.submitted()).isEmpty();
    }

    @Test
    void isLookedAtAgainAfterAFaultOfTheProgram() {
        AtomicInteger attempts = new AtomicInteger();
        reserve = reserve(
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("unexpected");
                    }
                    return opened();
                },
                Network.REGTEST,
                PATIENT);
        reserve.start();
        Eventually.holds(() -> events.texts().contains(BACK));
        assertThat(reserve.submit(block())).isEqualTo(new SubmitOutcome.Accepted());
    }

    @Test
    void closesANodeThatOpensAfterItsEnd() {
        CountDownLatch answer = new CountDownLatch(1);
        reserve = reserve(
                () -> {
                    await(answer);
                    return opened();
                },
                Network.REGTEST,
                Duration.ofMillis(1));
        reserve.start();
        assertThat(CompletableFuture.runAsync(reserve::close)).succeedsWithin(Duration.ofMinutes(1));
        answer.countDown();
        Eventually.holds(node::closed);
    }

    private ReserveNode reserve(Supplier<NodeBackend> opening, Network network, Duration startMax) {
        return new ReserveNode(2, "somewhere", opening, network, events, startMax, Duration.ofMillis(1));
    }

    private NodeBackend opened() {
        throwTrouble();
        return node;
    }

    private void throwTrouble() {
        NodeException current = trouble.get();
        if (current != null) {
            throw current;
        }
    }

    /// Also where the thread is interrupted.
    private static void await(CountDownLatch latch) {
        Eventually.holds(() -> latch.getCount() == 0 || Thread.interrupted());
    }

    private static BlockTemplate template() {
        return new BlockTemplate(1, Hash256.ZERO, 7, 0x207f_ffffL, 1, 1, 0, true, 4_000_000, 80_000, List.of());
    }

    private static RawBlock block() {
        return RawBlock.of(
                new BlockHeader(1, Hash256.ZERO, Hash256.ZERO, 1, 1, 1), RawTransaction.of(new byte[0]), List.of());
    }
}
