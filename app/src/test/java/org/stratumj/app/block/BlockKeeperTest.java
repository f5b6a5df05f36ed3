package org.stratumj.app.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.Eventually;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleEvents;
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
    /// For a disk that works, however busy the machine is.
    private static final Duration PATIENT = Duration.ofHours(1);

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
        keeper.keep(hash(1), () -> parts(1), () -> {
            there.addAll(listing());
            submitted.countDown();
        });
        submitted.await();
        assertThat(there).containsExactly("regtest-500-" + parts(1).header().hash() + "-20261130T211512Z.solution");
    }

    @Test
    void submitsABlockThatCannotBeSaved() throws IOException, InterruptedException {
        keeper = keeper(Files.writeString(directory.resolve("file"), "in the way"));
        assertThat(resumed()).isEmpty();
        CountDownLatch submitted = new CountDownLatch(2);
        keeper.keep(hash(1), () -> parts(1), submitted::countDown);
        keeper.keep(
                hash(1),
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
                hash(1),
                () -> {
                    throw new AssertionError("nothing asks for the parts");
                },
                () -> done.add("submitted"));
        keeper.settle(parts(1).header().hash(), Fate.ACCEPTED);
        assertThat(done).containsExactly("submitted");
        assertThat(resumed()).isEmpty();
        assertThat(keeper.idle()).isCompleted();
    }

    @Test
    void givesTheNextLifeWhatHadNoVerdict() {
        keeper = keeper(directory);
        IntStream.range(0, 3).forEach(i -> keeper.keep(hash(i), () -> parts(i), () -> {}));
        keeper.settle(parts(1).header().hash(), Fate.ACCEPTED);
        keeper.idle().toCompletableFuture().join();
        assertThat(resumed()).containsExactlyInAnyOrder(parts(0), parts(2));
        assertThat(events.texts()).isEmpty();
    }

    @Test
    void skipsFilesThatAreNoBlocks() throws IOException {
        keeper = keeper(directory);
        keeper.keep(hash(1), () -> parts(1), () -> {});
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
    void goesOnWithoutAFileWhenTooMuchWaitsForTheDisk() throws IOException, InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        keeper = keeper(Files.writeString(directory.resolve("file"), "in the way"), PATIENT, event -> {
            events.on(event);
            if (event.text().contains("cannot be saved")) {
                begun.countDown();
                awaitEnd(hang);
            }
        });
        keeper.keep(hash(1), () -> parts(1), () -> {});
        begun.await();
        IntStream.range(0, BlockDisk.WAITING_MAX).forEach(_ -> keeper.settle(Hash256.ZERO, Fate.ACCEPTED));
        List<Integer> submitted = new ArrayList<>();
        keeper.keep(hash(2), () -> parts(2), () -> submitted.add(2));
        keeper.settle(hash(2), Fate.ACCEPTED);
        assertThat(submitted).containsExactly(2);
        assertThat(events.texts())
                .endsWith(
                        "block " + hash(2) + " is not saved: the disk is too slow, or the role stops",
                        "the file of block " + hash(2) + " keeps its name: the disk is too slow, or the role stops");
        hang.countDown();
    }

    /// A disk that hangs is one whose report of a failure never returns.
    @Test
    void submitsABlockWhenTheDiskHangs() throws IOException, InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch submitted = new CountDownLatch(2);
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        keeper = keeper(file, BlockDisk.SAVE_MAX, hangingAt("cannot be saved", hang));
        keeper.keep(hash(1), () -> parts(1), submitted::countDown);
        keeper.keep(hash(2), () -> parts(2), submitted::countDown);
        submitted.await();
        Eventually.holds(() -> events.warnings().size() == 3);
        assertThat(events.warnings())
                .containsExactlyInAnyOrder(
                        "block " + hash(1) + " cannot be saved in " + file + ": a file is in its place",
                        late(1, file),
                        late(2, file));
        hang.countDown();
        resumed(); // after the writes: none comes while the directory is deleted
    }

    @Test
    void submitsABlockWhenTheReportOfASlowDiskHangs() throws IOException, InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch submitted = new CountDownLatch(2);
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        keeper = keeper(file, BlockDisk.SAVE_MAX, event -> {
            events.on(event);
            awaitEnd(hang);
        });
        keeper.keep(hash(1), () -> parts(1), submitted::countDown);
        keeper.keep(hash(2), () -> parts(2), submitted::countDown);
        submitted.await();
        hang.countDown();
        resumed(); // after the writes: none comes while the directory is deleted
    }

    /// Its deadline is an hour away.
    @Test
    void aBlockThatWaitsForTheDiskIsSubmittedWhenTheRoleStops() throws IOException, InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch submitted = new CountDownLatch(1);
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        keeper = keeper(file, PATIENT, hangingAt("cannot be saved", hang));
        keeper.keep(hash(1), () -> parts(1), submitted::countDown);
        keeper.idle().toCompletableFuture().join();
        submitted.await();
        Eventually.holds(() -> events.warnings().contains(late(1, file)));
        hang.countDown();
    }

    @Test
    void aStartGoesOnWhenTheDiskHangs() throws IOException {
        CountDownLatch hang = new CountDownLatch(1);
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        keeper = keeper(file, PATIENT, hangingAt("found blocks cannot be saved", hang));
        List<Integer> read = new CopyOnWriteArrayList<>();
        keeper.resume(blocks -> read.add(blocks.size()));
        assertThat(read).isEmpty();
        assertThat(events.warnings())
                .contains("the blocks in " + file
                        + " are not read yet, since the disk is slow or hangs; the start goes on");
        hang.countDown();
        Eventually.holds(() -> read.equals(List.of(0)));
    }

    @Test
    void usesWhatAKilledProcessLeftWholeAndSetsTheRestAside() throws IOException {
        keeper = keeper(directory);
        keeper.keep(hash(1), () -> parts(1), () -> {});
        keeper.keep(hash(2), () -> parts(2), () -> {});
        keeper.idle().toCompletableFuture().join();
        Path whole = file(hash(1));
        Path torn = file(hash(2));
        String text = Files.readString(torn);
        Files.move(whole, directory.resolve("." + whole.getFileName() + ".tmp"));
        Files.delete(torn);
        Files.writeString(directory.resolve("." + torn.getFileName() + ".tmp"), text.substring(0, text.length() - 9));
        assertThat(resumed()).containsExactly(parts(1));
        assertThat(listing())
                .containsExactlyInAnyOrder(whole.getFileName().toString(), torn.getFileName() + ".damaged");
        assertThat(events.texts()).hasSize(2);
        assertThat(resumed()).containsExactly(parts(1));
        assertThat(events.texts()).hasSize(2);
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
        assertThat(resumed()).isEmpty();
        assertThat(events.texts().getLast())
                .startsWith(file + " is skipped: " + why)
                .hasLineCount(1);
    }

    private RoleEvents hangingAt(String text, CountDownLatch end) {
        return event -> {
            events.on(event);
            if (event.text().contains(text)) {
                awaitEnd(end);
            }
        };
    }

    private static String late(int nonce, Path where) {
        return "block " + hash(nonce) + " is not in " + where
                + " yet, since the disk is slow or hangs: it is submitted, and saved later";
    }

    private Path file(Hash256 hash) {
        return directory.resolve("regtest-500-" + hash + "-20261130T211512Z.solution");
    }

    private BlockKeeper keeper(@Nullable Path where) {
        return keeper(where, PATIENT, events);
    }

    private static BlockKeeper keeper(@Nullable Path where, Duration saveMax, RoleEvents events) {
        BlockDisk disk = where == null
                ? null
                : new BlockDisk("pool", where, ".solution", BlockParts.FILE_BYTES_MAX, saveMax, events);
        return new BlockKeeper("regtest", disk, () -> Instant.parse("2026-11-30T21:15:12Z"));
    }

    private List<BlockParts> resumed() {
        List<BlockParts> blocks = new ArrayList<>();
        keeper.resume(blocks::addAll);
        return blocks;
    }

    private static Hash256 hash(int nonce) {
        return parts(nonce).header().hash();
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
