package org.stratumj.app.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;

class BlockKeeperTest {
    private static final MerklePath PATH =
            new MerklePath(List.of(Hash256.fromDisplayHex("77".repeat(32)), Hash256.fromDisplayHex("88".repeat(32))));

    @TempDir
    private Path directory;

    private final RecordedEvents events = new RecordedEvents();
    private BlockKeeper keeper;

    @AfterEach
    void close() {
        keeper.close();
    }

    @Test
    void submitsABlockAfterItIsInItsFile() throws InterruptedException {
        keeper = keeper(directory);
        CountDownLatch submitted = new CountDownLatch(1);
        List<String> there = new ArrayList<>();
        keeper.keep(() -> parts(1), () -> {
            there.addAll(listing());
            submitted.countDown();
        });
        submitted.await();
        assertThat(there).containsExactly("regtest-500-" + parts(1).header().hash() + "-20261130T211512Z.solution");
    }

    @Test
    void submitsABlockThatCannotBeSaved() throws IOException, InterruptedException {
        keeper = keeper(Files.writeString(directory.resolve("file"), "in the way"));
        assertThat(keeper.resume()).isEmpty();
        CountDownLatch submitted = new CountDownLatch(2);
        keeper.keep(() -> parts(1), submitted::countDown);
        keeper.keep(
                () -> {
                    throw new IllegalStateException("no parts");
                },
                submitted::countDown);
        submitted.await();
        assertThat(events.texts())
                .hasSize(2)
                .allMatch(line -> line.contains("cannot be saved in " + directory.resolve("file")));
    }

    @Test
    void submitsAtOnceWhatIsNotToBeSaved() {
        keeper = keeper(null);
        List<String> done = new ArrayList<>();
        keeper.keep(
                () -> {
                    throw new AssertionError("nothing asks for the parts");
                },
                () -> done.add("submitted"));
        keeper.settle(parts(1).header().hash(), Fate.ACCEPTED);
        assertThat(done).containsExactly("submitted");
        assertThat(keeper.resume()).isEmpty();
        assertThat(keeper.idle()).isCompleted();
    }

    @Test
    void givesTheNextLifeWhatHadNoVerdict() {
        keeper = keeper(directory);
        IntStream.range(0, 3).forEach(i -> keeper.keep(() -> parts(i), () -> {}));
        keeper.settle(parts(1).header().hash(), Fate.ACCEPTED);
        keeper.idle().toCompletableFuture().join();
        assertThat(keeper.resume()).containsExactlyInAnyOrder(parts(0), parts(2));
        assertThat(events.texts()).isEmpty();
    }

    @Test
    void skipsFilesThatAreNoBlocks() throws IOException {
        keeper = keeper(directory);
        keeper.keep(() -> parts(1), () -> {});
        keeper.idle().toCompletableFuture().join();
        Path file = directory.resolve(listing().getFirst());
        String text = Files.readString(file);
        assertSkipped(file, text.substring(0, 300), "it is no saved block: ");
        assertSkipped(file, "nonsense", "it is no saved block: ");
        assertSkipped(file, text.replace("parts 1", "parts 2"), "it has the form 'stratumj block parts 2', and only");
        assertSkipped(file, text.replace("header = \"02", "header = \"03"), "the hash of its header is ");
        assertSkipped(file, text.replace("header = \"02", "header = \"0"), "it is no saved block: ");
        assertSkipped(file, text + " ".repeat(BlockParts.FILE_BYTES_MAX), "larger than 262144 bytes");
    }

    @Test
    void goesOnWithoutAFileWhenTheDiskHangs() throws InterruptedException {
        keeper = keeper(directory);
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        keeper.keep(() -> parts(0), () -> {
            begun.countDown();
            awaitEnd(hang);
        });
        begun.await();
        List<Integer> submitted = new ArrayList<>();
        IntStream.range(0, BlockKeeper.WAITING_MAX).forEach(_ -> keeper.settle(Hash256.ZERO, Fate.ACCEPTED));
        keeper.keep(() -> parts(2), () -> submitted.add(2));
        assertThat(submitted).containsExactly(2);
        assertThat(events.texts())
                .containsExactly(
                        "block " + parts(2).header().hash() + " is not saved: the disk is too slow, or the role stops");
        hang.countDown();
    }

    @Test
    void saysWhyNoNodeWouldTakeABlock() {
        keeper = keeper(null);
        BlockParts good = parts(solved());
        assertThat(good.flaw()).isEmpty();
        assertThat(good.height()).isEqualTo(500);
        assertThat(parts(unsolved()).flaw()).hasValue("its hash is above the target of nBits 207fffff");
        assertThat(new BlockParts(good.header(), good.coinbase(), new MerklePath(List.of()), "").flaw())
                .hasValue("its coinbase is not the one that was hashed");
        BlockParts garbage = new BlockParts(good.header(), RawTransaction.of(new byte[] {1, 2}), PATH, "");
        assertThat(garbage.flaw())
                .hasValueSatisfying(why -> assertThat(why).startsWith("its coinbase is no transaction"));
        assertThat(garbage.height()).isZero();
        assertThat(garbage.isOn(PATH)).isFalse();
    }

    private void assertSkipped(Path file, String text, String why) throws IOException {
        Files.writeString(file, text);
        assertThat(keeper.resume()).isEmpty();
        assertThat(events.texts().getLast())
                .startsWith(file + " is skipped: " + why)
                .hasLineCount(1);
    }

    private BlockKeeper keeper(Path where) {
        Instant now = Instant.parse("2026-11-30T21:15:12Z");
        return new BlockKeeper("pool", "regtest", where, ".solution", () -> now, events);
    }

    private List<String> listing() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int solved() {
        return IntStream.iterate(0, i -> i + 1)
                .filter(i -> parts(i).flaw().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static int unsolved() {
        return IntStream.iterate(0, i -> i + 1)
                .filter(i -> parts(i).flaw().isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static BlockParts parts(int nonce) {
        Transaction coinbase = new Transaction(
                2,
                List.of(new TxIn(OutPoint.NULL, Coinbase.heightPush(500), 0, Witness.EMPTY)),
                List.of(new TxOut(1, Script.P2WSH_OP_TRUE)),
                0);
        BlockHeader header = new BlockHeader(2, Hash256.ZERO, PATH.root(coinbase.txid()), 1, 0x207fffffL, nonce);
        return new BlockParts(header, RawTransaction.of(coinbase.bytes()), PATH, "template 4294967298");
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
