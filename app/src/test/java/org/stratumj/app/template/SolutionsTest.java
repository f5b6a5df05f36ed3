package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.app.Eventually;
import org.stratumj.app.block.BlockDisk;
import org.stratumj.app.block.FewLines;
import org.stratumj.app.node.ScriptedNode;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.Network;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

class SolutionsTest {
    private static final String ROLE = "template-provider";

    /// For a disk that works, however busy the machine is.
    private static final Duration PATIENT = Duration.ofHours(1);

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
    private final InstantExecutor executor = new InstantExecutor();
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
    void countsABlockThatTheNodeKnewNeitherAsAcceptedNorAsRejected() throws IOException {
        node.answers(new SubmitOutcome.Duplicate());
        assertThat(submit(found).accepted()).isZero();
        assertThat(events.texts()).contains("the node knows block " + hash + " already");
        assertThat(fileWith(".accepted")).hasContent(hex());
    }

    /// The answer to the first attempt was lost, and the block was not.
    @Test
    void countsABlockAsAcceptedThatTheNodeKnowsFromAnAttemptWithoutAnswer() {
        node.fails(new NodeException.Unavailable("the answer took too long")).answers(new SubmitOutcome.Duplicate());
        submitAndAwait(2);
        assertThat(events.texts()).endsWith("block accepted at height 500: " + hash);
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

    @ParameterizedTest
    @MethodSource("failures")
    void submitsAgainAfterWhateverIsNoVerdict(RuntimeException failure) {
        node.fails(failure).fails(failure);
        submitAndAwait(3);
        assertThat(events.texts())
                .startsWith("block found: " + hash)
                .endsWith("block accepted at height 500: " + hash)
                .noneMatch(text -> text.contains("REJECTED"));
    }

    static Stream<RuntimeException> failures() {
        return Stream.of(
                new NodeException.Unavailable("connection lost"),
                new NodeException.Misconfigured("wrong password"),
                new NodeException.BadAnswer("an empty body"),
                new IllegalStateException("a fault of ours"));
    }

    @Test
    void submitsAgainToANodeThatIsBehind() {
        node.answers(new SubmitOutcome.Rejected("prev-blk-not-found"));
        submitAndAwait(2);
        assertThat(events.texts())
                .containsExactly(
                        "block found: " + hash,
                        "block " + hash + " waits for the node: the node does not know the block before it yet",
                        "block accepted at height 500: " + hash);
    }

    @Test
    void doesNotCountABlockOfAnotherAsOursBecauseTheNodeWasBehind() {
        node.answers(new SubmitOutcome.Rejected("prev-blk-not-found")).answers(new SubmitOutcome.Duplicate());
        submitAndAwait(2);
        assertThat(events.texts()).endsWith("the node knows block " + hash + " already");
    }

    @Test
    void goesOnForAsLongAsTheNodeIsAwayAndLogsLessAndLess() {
        for (int i = 0; i < 40; i++) {
            node.fails(new NodeException.Unavailable("the node is away"));
        }
        submitAndAwait(41);
        assertThat(events.texts())
                .filteredOn(text -> text.contains("waits for the node"))
                .hasSize(6);
        assertThat(events.texts()).endsWith("block accepted at height 500: " + hash);
    }

    @Test
    void pausesLongerAfterEachFailureUpToABound() {
        for (int i = 0; i < 12; i++) {
            node.fails(new NodeException.Unavailable("the node is away"));
        }
        submitAndAwait(13);
        assertThat(executor.pauses())
                .startsWith(0L, 100L, 200L, 400L, 800L)
                .isSorted()
                .endsWith(NodeSubmitter.PAUSE_MAX.toMillis(), NodeSubmitter.PAUSE_MAX.toMillis());
    }

    @Test
    void givesUpOnceSixBlocksLieOnTop() throws IOException {
        executor.hold();
        Solutions solutions = solutions();
        solutions.onSolution(found);
        shelf.newTip(Templates.onTip(NodeSubmitter.BURIED, 0));
        node.fails(new NodeException.Unavailable("away")).fails(new NodeException.Unavailable("still away"));
        executor.runNext();
        assertThat(events.texts()).noneMatch(text -> text.contains("REJECTED"));
        shelf.newTip(Templates.onTip(NodeSubmitter.BURIED + 1, 0));
        executor.runNext();
        assertThat(events.texts())
                .noneMatch(text -> text.contains("REJECTED"))
                .endsWith("block " + hash + " is given up: no verdict before 6 blocks lay on top: still away");
        assertThat(fileWith(".given-up")).hasContent(hex());
        solutions.onSolution(found);
        executor.runNext();
        assertThat(events.texts()).endsWith("block accepted at height 500: " + hash);
        solutions.close();
    }

    @Test
    void triesAtOnceWhatComesAgainWithoutAVerdict() {
        executor.hold();
        Solutions solutions = solutions();
        node.fails(new NodeException.Unavailable("away"));
        solutions.onSolution(found);
        executor.runNext();
        assertThat(executor.nextPause()).isEqualTo(100);
        solutions.onSolution(found);
        assertThat(executor.nextPause()).isZero();
        executor.runNext();
        assertThat(events.texts())
                .containsExactly(
                        "block found: " + hash,
                        "block " + hash + " waits for the node: away",
                        "block accepted at height 500: " + hash);
        solutions.onSolution(found);
        assertThat(executor.isIdle()).isTrue();
        solutions.close();
    }

    @Test
    void aCallWithoutAnswerHoldsUpNoOtherBlock() {
        CountDownLatch answer = new CountDownLatch(1);
        SubmitSolution other = MinedCoinbase.solve(template.newTemplate(true), template.setNewPrevHash(), true, 1000);
        String otherHash = template.solution(other).hash().toString();
        BlockTaker stuck = block -> {
            if (block.hash().toString().equals(hash)) {
                awaitForever(answer);
            }
            return new SubmitOutcome.Accepted();
        };
        Solutions solutions = solutions(Map.of("node", stuck), NodeSubmitter::threads);
        solutions.onSolution(found);
        solutions.onSolution(other);
        Eventually.holds(() -> events.texts().contains("block accepted at height 500: " + otherHash));
        assertThat(solutions.accepted()).isEqualTo(1);
        answer.countDown();
        Eventually.holds(() -> solutions.accepted() == 2);
        solutions.close();
    }

    @Test
    void savesTheBlockBeforeTheNodeSeesIt() {
        List<String> seen = new ArrayList<>();
        BlockTaker looking = block -> {
            filesWith(".block").forEach(file -> seen.add(contentOf(file)));
            return new SubmitOutcome.Rejected("bad-cb-amount");
        };
        Solutions solutions = solutions(Map.of("node", looking), () -> executor);
        solutions.onSolution(found);
        solutions.close();
        assertThat(seen).containsExactly(hex());
        assertThat(fileWith(".rejected")).hasContent(hex());
    }

    /// A disk that hangs is one whose report of a failure never returns.
    @Test
    void submitsABlockToEachNodeWhenTheDiskHangs() throws IOException {
        CountDownLatch hang = new CountDownLatch(1);
        ScriptedNode second = new ScriptedNode(Templates.onTip(0, 2));
        Map<String, BlockTaker> nodes = new LinkedHashMap<>(taker());
        nodes.put("node-2", second::submit);
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        Solutions solutions = new Solutions(
                ROLE,
                shelf,
                Network.REGTEST,
                nodes,
                disk(file, BlockDisk.SAVE_MAX, hangingAt("cannot be saved", hang)),
                events,
                () -> now,
                NodeSubmitter::threads);
        solutions.onSolution(found);
        Eventually.holds(
                () -> node.submitted().size() == 1 && second.submitted().size() == 1);
        Eventually.holds(() -> solutions.accepted() == 1 && events.warnings().size() == 2);
        assertThat(events.warnings())
                .containsExactlyInAnyOrder(
                        "block " + hash + " cannot be saved in " + file + ": a file is in its place",
                        "block " + hash + " is not in " + file
                                + " yet, since the disk is slow or hangs: it is submitted, and saved later");
        hang.countDown();
        solutions.close();
    }

    @Test
    void submitsABlockThatCannotBeSavedAndSaysSo() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        Solutions solutions = new Solutions(
                ROLE, shelf, Network.REGTEST, taker(), disk(file, PATIENT, events), events, () -> now, () -> executor);
        solutions.resume();
        solutions.onSolution(found);
        solutions.close();
        assertThat(events.texts())
                .satisfiesExactly(
                        said -> assertThat(said).startsWith("found blocks cannot be saved in " + file),
                        said -> assertThat(said).isEqualTo("block found: " + hash),
                        said -> assertThat(said).startsWith("block " + hash + " cannot be saved in " + file),
                        said -> assertThat(said).isEqualTo("block accepted at height 500: " + hash));
    }

    @Test
    void theNextLifeSubmitsWhatHadNoVerdict() {
        executor.hold();
        node.fails(new NodeException.Unavailable("away"));
        Solutions first = solutions();
        first.onSolution(found);
        executor.runNext();
        first.close();
        assertThat(events.texts())
                .endsWith("1 found blocks have no verdict of the node; the next start submits them again from "
                        + directory);

        executor.run();
        node.answers(new SubmitOutcome.Duplicate());
        Solutions second = solutions();
        second.resume();
        second.close();
        assertThat(node.submitted())
                .hasSize(2)
                .containsOnly(template.solution(found).block());
        assertThat(events.texts())
                .endsWith(
                        "block " + hash + " of height 500 had no verdict; submitted again",
                        "block accepted at height 500: " + hash);
        assertThat(second.found()).isZero();
        assertThat(fileWith(".accepted")).hasContent(hex());

        Solutions third = solutions();
        third.resume();
        third.close();
        assertThat(node.submitted()).hasSize(2);
    }

    @Test
    void aBlockOfAnEarlierLifeReachesANodeThatIsAwayWhileAnotherTakesIt() throws IOException {
        ScriptedNode second = new ScriptedNode(Templates.onTip(0, 2)).fails(new NodeException.Unavailable("away"));
        Map<String, BlockTaker> nodes = new LinkedHashMap<>(taker());
        nodes.put("node-2", second::submit);
        Files.writeString(block(hash, 0), hex());
        executor.hold();
        Solutions solutions = solutions(nodes, () -> executor);
        solutions.resume();
        executor.runNext();
        executor.runNext();
        executor.runNext();
        solutions.close();
        assertThat(second.submitted())
                .hasSize(2)
                .containsOnly(template.solution(found).block());
        assertThat(block(hash, 0).resolveSibling(block(hash, 0).getFileName() + ".accepted"))
                .hasContent(hex());
    }

    @Test
    void doesNotWaitForTheDiskWhereItTakesSolutions() throws IOException {
        CountDownLatch renamed = new CountDownLatch(1);
        Path inTheWay = directory.resolve("regtest-500-" + hash + "-19700101T000000Z.block.accepted");
        Files.writeString(Files.createDirectory(inTheWay).resolve("file"), "in the way");
        RoleEvents waiting = event -> {
            events.on(event);
            if (event.toString().contains("cannot be renamed")) {
                awaitForever(renamed);
            }
        };
        Solutions solutions = new Solutions(
                ROLE,
                shelf,
                Network.REGTEST,
                taker(),
                disk(directory, PATIENT, waiting),
                events,
                () -> now,
                NodeSubmitter::threads);
        solutions.onSolution(found);
        Eventually.holds(() -> events.texts().stream().anyMatch(text -> text.contains("cannot be renamed")));
        SubmitSolution other = MinedCoinbase.solve(template.newTemplate(true), template.setNewPrevHash(), true, 1000);
        CompletableFuture<?> taken = CompletableFuture.runAsync(() -> solutions.onSolution(other));
        assertThat(taken).succeedsWithin(Duration.ofMinutes(1));
        renamed.countDown();
        solutions.close();
    }

    @Test
    void doesNotSayThatABlockIsLeftThatOneOfTheNodesHas() {
        executor.hold();
        Map<String, BlockTaker> nodes = new LinkedHashMap<>(taker());
        nodes.put("node-2", _ -> {
            throw new NodeException.Unavailable("away");
        });
        Solutions solutions = solutions(nodes, () -> executor);
        solutions.onSolution(found);
        executor.runNext();
        executor.runNext();
        solutions.close();
        assertThat(events.texts()).noneMatch(text -> text.contains("have no verdict"));
    }

    @Test
    void skipsAFileThatIsNoBlock() throws IOException {
        Path noHex = Files.writeString(block(hash, 0), hex().substring(0, 200) + "zz");
        Path cutShort = Files.writeString(block(hash, 1), hex().substring(0, 200));
        Path another = Files.writeString(block("ab".repeat(32), 2), hex());
        Files.writeString(directory.resolve("mainnet-500-" + hash + "-20260101T000000Z.block"), hex());
        Solutions solutions = solutions();
        solutions.resume();
        solutions.close();
        assertThat(node.submitted()).isEmpty();
        assertThat(events.texts())
                .satisfiesExactly(
                        said -> assertThat(said)
                                .isEqualTo(another + " is skipped: the hash of its header is " + hash
                                        + "; it is renamed to " + another.getFileName() + ".damaged"),
                        said -> assertThat(said).startsWith(cutShort + " is skipped: it is no block in hexadecimal: "),
                        said -> assertThat(said).startsWith(noHex + " is skipped: it is no block in hexadecimal: "));
    }

    @Test
    void submitsTheBlockOfAProcessThatWasKilledWhileItWrote() throws IOException {
        Path file = block(hash, 0);
        Files.writeString(directory.resolve("." + file.getFileName() + ".tmp"), hex());
        Solutions solutions = solutions();
        solutions.resume();
        solutions.close();
        assertThat(node.submitted())
                .singleElement()
                .isEqualTo(template.solution(found).block());
        assertThat(file.resolveSibling(file.getFileName() + ".accepted")).hasContent(hex());
    }

    @Test
    void oldBlocksThatGetNoAnswerHoldUpNoNewOne() throws IOException {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(NodeSubmitter.RESUMED_MAX);
        writeOld(NodeSubmitter.PARALLEL_MAX);
        BlockTaker stuck = block -> {
            if (!block.hash().toString().equals(hash)) {
                begun.countDown();
                awaitForever(answer);
            }
            return new SubmitOutcome.Accepted();
        };
        Solutions solutions = solutions(Map.of("node", stuck), NodeSubmitter::threads);
        solutions.resume();
        awaitForever(begun);
        solutions.onSolution(found);
        Eventually.holds(() -> solutions.accepted() == 1);
        answer.countDown();
        Eventually.holds(() -> filesWith(".accepted").size() == NodeSubmitter.PARALLEL_MAX + 1);
        solutions.close();
    }

    @Test
    void oldBlocksThatWaitForTheNodeMakeFewLines() throws IOException {
        int old = FewLines.LINES_MAX + 2;
        writeOld(old);
        for (int i = 0; i < 4 * old; i++) {
            node.fails(new NodeException.Unavailable("away"));
        }
        Solutions solutions = solutions();
        executor.hold();
        solutions.resume();
        for (int i = 0; i < 4 * old; i++) {
            executor.runNext();
        }
        assertThat(events.texts())
                .hasSize(FewLines.LINES_MAX + 4)
                .contains("2 more blocks had no verdict; submitted again");
        assertThat(events.warnings()).hasSize(3).containsOnly("blocks of an earlier start wait for the node: away");
        solutions.close();
    }

    /// Files of other blocks than the found one, on the same template.
    private void writeOld(int number) throws IOException {
        long nonce = found.headerNonce() + 1;
        for (int i = 0; i < number; i++) {
            SubmitSolution old =
                    MinedCoinbase.solve(template.newTemplate(true), template.setNewPrevHash(), true, nonce);
            Solution solution = template.solution(old);
            String text = HexFormat.of().formatHex(solution.block().bytes());
            Files.writeString(block(solution.hash().toString(), 0), text);
            nonce = old.headerNonce() + 1;
        }
    }

    private Path block(String named, int second) {
        return directory.resolve("regtest-500-%s-20260101T00000%dZ.block".formatted(named, second));
    }

    @Test
    void everyNodeGetsTheBlockAndOneIsEnough() {
        Map<String, BlockTaker> nodes = new LinkedHashMap<>();
        nodes.put("node", _ -> {
            throw new NodeException.Unavailable("away");
        });
        nodes.put("node-2", node::submit);
        nodes.put("node-3", _ -> new SubmitOutcome.Rejected("bad-cb-amount"));
        Solutions solutions = solutions(nodes, NodeSubmitter::threads);
        solutions.onSolution(found);
        Eventually.holds(() -> solutions.accepted() == 1);
        assertThat(node.submitted()).hasSize(1);
        assertThat(fileWith(".accepted")).hasContent(hex());
        solutions.close();
        assertThat(events.texts())
                .contains("block " + hash + " waits for node: away")
                .noneMatch(text -> text.contains("REJECTED"));
    }

    @Test
    void sumsUpABlockThatOneNodeTookAndOthersDidNot() {
        Map<String, BlockTaker> nodes =
                nodesOneAfterTheOther(new SubmitOutcome.Rejected("bad-cb-amount"), new SubmitOutcome.Accepted());
        buryAndRun(nodes);
        assertThat(events.texts())
                .filteredOn(text -> text.contains("bad-cb-amount") || text.contains("no verdict"))
                .containsExactly("block " + hash + " is not with every node: node: bad-cb-amount; node-2: accepted;"
                        + " away: no verdict before 6 blocks lay on top: away");
        assertThat(events.texts()).containsOnlyOnce("block accepted at height 500: " + hash);
        assertThat(fileWith(".accepted")).hasContent(hex());
    }

    @Test
    void sumsUpABlockThatNoNodeHasAndNotAllRefused() {
        Map<String, BlockTaker> nodes = nodesOneAfterTheOther(
                new SubmitOutcome.Rejected("bad-cb-amount"), new SubmitOutcome.Rejected("inconclusive"));
        buryAndRun(nodes);
        assertThat(events.texts())
                .noneMatch(text -> text.contains("REJECTED"))
                .endsWith("block " + hash + " is given up: node: bad-cb-amount; node-2: inconclusive;"
                        + " away: no verdict before 6 blocks lay on top: away");
        assertThat(fileWith(".given-up")).hasContent(hex());
    }

    /// Two nodes that answer, and one that never does.
    private static Map<String, BlockTaker> nodesOneAfterTheOther(SubmitOutcome first, SubmitOutcome second) {
        Map<String, BlockTaker> nodes = new LinkedHashMap<>();
        nodes.put("node", _ -> first);
        nodes.put("node-2", _ -> second);
        nodes.put("away", _ -> {
            throw new NodeException.Unavailable("away");
        });
        return nodes;
    }

    private void buryAndRun(Map<String, BlockTaker> nodes) {
        executor.hold();
        Solutions solutions = solutions(nodes, () -> executor);
        solutions.onSolution(found);
        shelf.newTip(Templates.onTip(NodeSubmitter.BURIED + 1, 0));
        nodes.forEach((_, _) -> executor.runNext());
        solutions.close();
    }

    @Test
    void remembersNoMoreHashesThanItsBound() {
        RecentHashes recent = new RecentHashes();
        for (int i = 0; i < RecentHashes.HASHES_MAX; i++) {
            recent.add(Templates.tipHash(i));
        }
        recent.add(Templates.tipHash(0));
        assertThat(recent.contains(Templates.tipHash(0))).isTrue();
        recent.add(Templates.tipHash(RecentHashes.HASHES_MAX));
        assertThat(recent.contains(Templates.tipHash(0))).isFalse();
        assertThat(recent.contains(Templates.tipHash(1))).isTrue();
    }

    @Test
    void holdsNoMoreBlocksThanItsBound() {
        executor.hold();
        Solutions solutions =
                new Solutions(ROLE, shelf, Network.REGTEST, taker(), null, events, () -> now, () -> executor);
        for (long nonce = 0, blocks = 0; blocks <= Solutions.PENDING_MAX; blocks++) {
            SubmitSolution next =
                    MinedCoinbase.solve(template.newTemplate(true), template.setNewPrevHash(), true, nonce);
            solutions.onSolution(next);
            nonce = next.headerNonce() + 1;
        }
        assertThat(events.texts())
                .endsWith("block " + hash + " is left to its file: more than 1024 blocks wait for the node");
        executor.run();
        assertThat(node.submitted()).hasSize(Solutions.PENDING_MAX);
        solutions.close();
    }

    private void submitAndAwait(int attempts) {
        Solutions solutions = solutions();
        solutions.onSolution(found);
        assertThat(node.submitted()).hasSize(attempts);
        solutions.close();
    }

    private Solutions submit(SubmitSolution solution) {
        Solutions solutions = solutions();
        refusals = solutions.onSolution(solution);
        solutions.close();
        return solutions;
    }

    private Solutions solutions() {
        return solutions(taker(), () -> executor);
    }

    private Solutions solutions(Map<String, BlockTaker> nodes, Supplier<ScheduledExecutorService> executors) {
        return new Solutions(
                ROLE, shelf, Network.REGTEST, nodes, disk(directory, PATIENT, events), events, () -> now, executors);
    }

    private static BlockDisk disk(Path where, Duration saveMax, RoleEvents events) {
        return new BlockDisk(ROLE, where, PendingBlock.EXTENSION, PendingBlock.FILE_BYTES_MAX, saveMax, events);
    }

    private Map<String, BlockTaker> taker() {
        return Map.of("node", node::submit);
    }

    /// What the file of the found block holds.
    private String hex() {
        return HexFormat.of().formatHex(template.solution(found).block().bytes()) + "\n";
    }

    /// Waits for the disk's thread.
    private Path fileWith(String ending) {
        Eventually.holds(() -> filesWith(ending).size() == 1);
        Path file = filesWith(ending).getFirst();
        assertThat(file.getFileName().toString()).startsWith("regtest-500-" + hash + "-19700101T000000Z.block");
        return file;
    }

    private List<Path> filesWith(String ending) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RoleEvents hangingAt(String text, CountDownLatch end) {
        return event -> {
            events.on(event);
            if (event.text().contains(text)) {
                awaitForever(end);
            }
        };
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitForever(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
