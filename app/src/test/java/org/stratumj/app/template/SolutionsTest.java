package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.Eventually;
import org.stratumj.app.node.ScriptedNode;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

class SolutionsTest {

    @TempDir
    private Path directory;

    private final ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
    private final RecordedEvents events = new RecordedEvents();
    private Optional<String> refusals = Optional.empty();
    private Instant now = Instant.EPOCH;
    private final TemplateShelf shelf = new TemplateShelf(() -> now);
    private final ProvidedTemplate template =
            shelf.newTip(Templates.onTip(0, 2)).withReserved(new CoinbaseReserve(2000, 0), 0);
    private final SubmitSolution found =
            MinedCoinbase.solve(template.newTemplate(true), template.setNewPrevHash(), true);
    private final String hash = template.solution(found).hash().toString();

    @Test
    @Tag("TDP-006")
    @Tag("TDP-041")
    void submitsABlockAndSaysThatItWasAccepted() {
        Solutions solutions = submit(found);
        assertThat(node.submitted())
                .singleElement()
                .isEqualTo(template.solution(found).block());
        assertThat(events.texts()).containsExactly("block found: " + hash, "block accepted at height 500: " + hash);
        assertThat(solutions.found()).isEqualTo(1);
        assertThat(solutions.accepted()).isEqualTo(1);
    }

    @Test
    void showsTheNodesReasonWhenABlockIsRejected() {
        node.answers(new SubmitOutcome.Rejected("bad-cb-amount"));
        Solutions solutions = submit(found);
        assertThat(events.texts()).contains("block REJECTED: bad-cb-amount: " + hash);
        assertThat(solutions.accepted()).isZero();
    }

    @Test
    void doesNotCallABlockThatLostARaceRejected() {
        node.answers(new SubmitOutcome.Rejected("inconclusive"));
        assertThat(submit(found).accepted()).isZero();
        assertThat(events.texts()).contains("block overtaken by another: inconclusive: " + hash);
    }

    @Test
    void countsABlockThatTheNodeKnewNeitherAsAcceptedNorAsRejected() {
        node.answers(new SubmitOutcome.Duplicate());
        assertThat(submit(found).accepted()).isZero();
        assertThat(events.texts()).contains("the node knows block " + hash + " already");
    }

    @Test
    void bothersTheNodeOnlyWithWork() {
        submit(MinedCoinbase.solve(template.newTemplate(true), template.setNewPrevHash(), false));
        assertThat(node.submitted()).isEmpty();
        assertThat(refusals.orElseThrow()).matches("hash [0-9a-f]{64} is above the target");
    }

    @Test
    void bothersTheNodeOnceWithTheSameBlock() {
        Solutions solutions = solutions();
        solutions.onSolution(found);
        solutions.onSolution(found);
        solutions.close();
        assertThat(node.submitted()).hasSize(1);
    }

    @Test
    @Tag("TDP-007")
    void submitsABlockOfThePreviousTip() {
        shelf.newTip(Templates.onTip(1, 0));
        submit(found);
        assertThat(node.submitted()).hasSize(1);
    }

    @Test
    void saysThatATemplateIsGone() {
        shelf.newTip(Templates.onTip(1, 0));
        now = now.plus(TemplateShelf.STALE_KEPT).plusMillis(1);
        submit(found);
        assertThat(node.submitted()).isEmpty();
        assertThat(refusals).hasValue("template 4294967298 is not known any more");
    }

    @Test
    void saysThatACoinbaseIsGarbage() {
        submit(new SubmitSolution(template.id(), 1, 1, 1, Bytes.ofHex("00")));
        assertThat(refusals.orElseThrow()).startsWith("its coinbase is no transaction: ");
    }

    @Test
    void triesAgainWhileTheNodeIsAway() {
        node.fails(new NodeException.Unavailable("the node is away"))
                .fails(new NodeException.Unavailable("still away"));
        submitAndAwait(3);
        assertThat(events.texts())
                .containsExactly(
                        "block found: " + hash,
                        "block " + hash + " waits for the node: the node is away",
                        "block " + hash + " waits for the node: still away",
                        "block accepted at height 500: " + hash);
    }

    @Test
    void givesUpAfterTheLastRetry() {
        for (int i = 0; i < 3; i++) {
            node.fails(new NodeException.Unavailable("the node is away"));
        }
        submitAndAwait(3);
        assertThat(events.texts()).endsWith("block REJECTED: the node is away: " + hash);
    }

    @Test
    void savesTheBlockBeforeTheNodeSeesIt() throws IOException {
        node.fails(new NodeException.BadAnswer("no sense"));
        submit(found);
        assertThat(Files.readAllBytes(directory.resolve(hash + ".dat")))
                .isEqualTo(template.solution(found).block().bytes());
        assertThat(events.texts()).contains("block REJECTED: no sense: " + hash);
    }

    @Test
    void remembersNoMoreHashesThanItsBound() {
        RecentHashes recent = new RecentHashes();
        for (int i = 0; i < RecentHashes.HASHES_MAX; i++) {
            assertThat(recent.add(Templates.tipHash(i))).isTrue();
        }
        assertThat(recent.add(Templates.tipHash(0))).isFalse();
        assertThat(recent.add(Templates.tipHash(RecentHashes.HASHES_MAX))).isTrue();
        assertThat(recent.add(Templates.tipHash(0))).isTrue();
    }

    @Test
    void saysThatABlockIsGivenUpWhenItStopsBeforeTheNodeIsBack() {
        node.fails(new NodeException.Unavailable("the node is away"));
        Solutions solutions = solutions(List.of(Duration.ofDays(1)));
        solutions.onSolution(found);
        Eventually.holds(() -> events.texts().size() == 2);
        solutions.close();
        assertThat(events.texts()).endsWith("1 blocks were still waiting for the node and are given up");
    }

    private void submitAndAwait(int attempts) {
        try (Solutions solutions = solutions()) {
            solutions.onSolution(found);
            Eventually.holds(() -> node.submitted().size() == attempts);
        }
    }

    private Solutions submit(SubmitSolution solution) {
        Solutions solutions = solutions();
        refusals = solutions.onSolution(solution);
        solutions.close();
        return solutions;
    }

    private Solutions solutions() {
        return solutions(List.of(Duration.ZERO, Duration.ZERO));
    }

    private Solutions solutions(List<Duration> retries) {
        return new Solutions(
                "template-provider", shelf, node, directory, events, retries, new ScheduledThreadPoolExecutor(1));
    }
}
