package org.stratumj.app.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.cli.UsageException;
import org.stratumj.bitcoin.Hash256;

class BlockFilesTest {
    private static final Instant FOUND = Instant.parse("2026-11-30T21:15:12.345Z");
    private static final int BYTES_MAX = 10;

    @TempDir
    private Path parent;

    private final List<String> troubles = new ArrayList<>();

    @Test
    void namesAFileByChainHeightHashAndTime() throws IOException {
        Path file = files().write(name(840_000, 7), "abc").orElseThrow();
        assertThat(file.getFileName().toString()).isEqualTo("mainnet-840000-" + hash(7) + "-20261130T211512Z.block");
        assertThat(file).hasContent("abc");
        assertThat(listing()).hasSize(1);
    }

    @Test
    void keepsFilesToTheirOwner() throws IOException {
        Path file = files().write(name(1, 1), "abc").orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void renamesAFileByTheEndOfItsBlock() throws IOException {
        BlockFiles files = files();
        files.settle(files.write(name(1, 1), "abc").orElseThrow(), Fate.ACCEPTED);
        files.settle(files.write(name(1, 2), "abc").orElseThrow(), Fate.REJECTED);
        files.write(name(1, 3), "abc");
        files.settle(hash(3), Fate.GIVEN_UP);
        assertThat(listing())
                .extracting(name -> name.substring(name.indexOf('.')))
                .containsExactlyInAnyOrder(".block.accepted", ".block.rejected", ".block.given-up");
        assertThat(files.pending("mainnet")).isEmpty();
        assertThat(troubles).isEmpty();
    }

    @Test
    void findsThePendingFilesOfItsChainTheNewestFirst() throws IOException {
        BlockFiles files = files();
        files.write(new BlockName("mainnet", 1, hash(1), FOUND), "abc");
        files.write(new BlockName("mainnet", 2, hash(2), FOUND.plusSeconds(1)), "abc");
        files.write(new BlockName("regtest", 3, hash(3), FOUND), "abc");
        files.settle(files.write(name(4, 4), "abc").orElseThrow(), Fate.REJECTED);
        new BlockFiles(directory(), ".solution", BYTES_MAX, troubles::add).write(name(5, 5), "abc");
        Files.writeString(directory().resolve("notes.block"), "not ours");
        Files.writeString(directory().resolve("." + name(6, 6).text() + ".block.tmp"), "cut short");
        assertThat(files.pending("mainnet"))
                .extracting(file -> file.name().height())
                .containsExactly(2L, 1L);
        assertThat(files.read(files.pending("mainnet").getFirst().path())).isEqualTo("abc");
    }

    @Test
    void readsABoundedNumberOfFilesAndSaysWhatIsLeftOut() {
        BlockFiles files = files();
        IntStream.rangeClosed(0, BlockFiles.READ_MAX).forEach(i -> file(i, ""));
        assertThat(files.resume("mainnet", (file, _) -> file))
                .hasSize(BlockFiles.READ_MAX)
                .noneMatch(file -> file.name().height() == 0);
        assertThat(troubles).singleElement().asString().startsWith("1 blocks without a verdict in " + directory());
    }

    @Test
    void readsNoMoreThanAFileMayHave() throws IOException {
        BlockFiles files = files();
        files.write(name(1, 1), "0123456789");
        assertThat(files.read(files.pending("mainnet").getFirst().path())).hasSize(BYTES_MAX);
        Files.writeString(files.pending("mainnet").getFirst().path(), "0123456789a");
        assertThatThrownBy(() -> files.read(files.pending("mainnet").getFirst().path()))
                .isInstanceOf(BlockFiles.DamagedException.class)
                .hasMessage("larger than 10 bytes");
    }

    @Test
    void damagedFilesTakeNoPlaceOfBlocksAndFewLines() throws IOException {
        int damaged = BlockFiles.READ_MAX + 20;
        IntStream.rangeClosed(1, 3).forEach(i -> file(i, ""));
        IntStream.rangeClosed(4, 3 + damaged).forEach(i -> file(i, ""));
        BlockFiles.Form<Long> form = (file, _) -> {
            if (file.name().height() > 3) {
                throw new BlockFiles.DamagedException("it is torn");
            }
            return file.name().height();
        };
        assertThat(files().resume("mainnet", form)).containsExactly(3L, 2L, 1L);
        assertThat(troubles)
                .hasSize(FewLines.LINES_MAX + 1)
                .endsWith(damaged - FewLines.LINES_MAX + " more files are skipped or renamed in " + directory());
        assertThat(troubles.getFirst())
                .matches(".*\\.block is skipped: it is torn; it is renamed to .*\\.block\\.damaged");
        assertThat(listing()).filteredOn(name -> name.endsWith(".damaged")).hasSize(damaged);
        troubles.clear();
        assertThat(files().resume("mainnet", form)).hasSize(3);
        assertThat(troubles).isEmpty();
    }

    @Test
    void keepsABoundedNumberOfDamagedFiles() throws IOException {
        IntStream.range(0, BlockFiles.SETTLED_MAX).forEach(i -> file(i, ".damaged"));
        file(BlockFiles.SETTLED_MAX, "");
        files().resume("mainnet", torn());
        assertThat(listing()).hasSize(BlockFiles.SETTLED_MAX).noneMatch(name -> name.contains(hash(0).toString()));
    }

    @Test
    void adoptsWhatAKilledProcessLeftOnItsChainUpToABound() throws IOException {
        IntStream.rangeClosed(0, BlockFiles.READ_MAX).forEach(i -> move(file(i, ""), ".tmp"));
        Files.writeString(
                directory().resolve("." + new BlockName("regtest", 1, hash(1), FOUND).text() + ".block.tmp"), "abc");
        assertThat(files().resume("mainnet", (file, _) -> file)).hasSize(BlockFiles.READ_MAX);
        assertThat(troubles).hasSize(FewLines.LINES_MAX + 1);
        assertThat(listing()).filteredOn(name -> name.endsWith(".tmp")).hasSize(2);
    }

    @Test
    void setsAsideWhatAKilledProcessLeftTorn() throws IOException {
        Path temporary = move(file(1, ""), ".tmp");
        assertThat(files().resume("mainnet", torn())).isEmpty();
        assertThat(troubles)
                .singleElement()
                .asString()
                .startsWith(temporary + " is skipped: it is torn; it is renamed");
        assertThat(listing()).singleElement().asString().endsWith(".block.damaged");
    }

    /// As on a file system that became read-only, or full.
    @Test
    void aTemporaryFileThatCannotBeRenamedKeepsNoOtherBlockBack() throws IOException {
        Path blocked = file(1, "");
        move(blocked, ".tmp");
        Files.createFile(Files.createDirectory(blocked).resolve("in the way"));
        file(2, "");
        assertThat(files().resume("mainnet", (file, _) -> file.name().height())).contains(2L);
        assertThat(troubles).anyMatch(line -> line.contains("cannot be renamed to " + blocked.getFileName()));
    }

    /// Opening a pipe would wait for a writer.
    @Test
    void skipsWhatIsNoFile() throws IOException, InterruptedException {
        Path pipe = file(1, "");
        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(Path.of(pipe.toString().replace("-1-", "-2-")), pipe);
        assertThat(files().resume("mainnet", (file, _) -> file)).isEmpty();
        assertThat(troubles).hasSize(2).allMatch(line -> line.endsWith(" is skipped: it is not a file"));
    }

    @Test
    void removesTheProbesOfProcessesThatWereKilled() throws IOException {
        Files.createDirectories(directory());
        Files.createFile(directory().resolve(".probe-1.block"));
        Files.createFile(directory().resolve(".probe-1.share"));
        files().probe();
        assertThat(listing()).containsExactly(".probe-1.share");
    }

    @Test
    void keepsABoundedNumberOfPendingFiles() {
        BlockFiles files = files();
        IntStream.range(1, BlockFiles.PENDING_MAX).forEach(i -> file(i, ""));
        assertThat(files.write(name(4000, 4000), "")).isPresent();
        assertThat(troubles).isEmpty();
        assertThat(files.write(name(5000, 5000), "")).isEmpty();
        assertThat(troubles).singleElement().asString().contains("more than 1024 blocks without a verdict are there");
    }

    @Test
    void keepsABoundedNumberOfSettledFilesTheNewest() throws IOException {
        BlockFiles files = files();
        IntStream.range(0, BlockFiles.SETTLED_MAX).forEach(i -> file(i, ".accepted"));
        files.settle(file(BlockFiles.SETTLED_MAX, ""), Fate.ACCEPTED);
        assertThat(listing()).hasSize(BlockFiles.SETTLED_MAX).noneMatch(name -> name.contains(hash(0).toString()));
    }

    @Test
    void saysWhatIsWrongWithADirectoryAndGoesOn() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "in the way");
        BlockFiles files = new BlockFiles(file, ".block", BYTES_MAX, troubles::add);
        files.probe();
        assertThat(files.write(name(1, 1), "abc")).isEmpty();
        assertThat(files.pending("mainnet")).isEmpty();
        files.settle(file.resolve("gone"), Fate.ACCEPTED);
        assertThat(troubles)
                .containsExactly(
                        "found blocks cannot be saved in " + file
                                + ": a file is in its place; make it writable, or choose another with --blocks-dir",
                        "block " + hash(1) + " cannot be saved in " + file + ": a file is in its place");
    }

    @Test
    void probesWithoutLeavingATrace() throws IOException {
        files().probe();
        assertThat(listing()).isEmpty();
        assertThat(troubles).isEmpty();
    }

    @Test
    void readsItsOwnNamesAndNoOthers() {
        BlockName name = name(840_000, 7);
        assertThat(BlockName.parse(name.text())).hasValueSatisfying(read -> {
            assertThat(read.height()).isEqualTo(840_000);
            assertThat(read.hash()).isEqualTo(hash(7));
            assertThat(read.found()).isEqualTo(Instant.parse("2026-11-30T21:15:12Z"));
        });
        for (String other :
                List.of("", "mainnet", name.text() + "x", name.text().replace("T2115", "T9915"))) {
            assertThat(BlockName.parse(other)).as(other).isEmpty();
        }
        assertThatThrownBy(() -> new BlockName("../x", 1, hash(1), FOUND)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsItsDefaultInTheStateDirectory() {
        assertThat(BlocksOption.defaultDirectory("pool", Map.of(), "/srv/bob"))
                .isEqualTo(Path.of("/srv/bob/.local/state/stratumj/pool/blocks"));
        assertThat(BlocksOption.defaultDirectory("pool", Map.of("XDG_STATE_HOME", "/var/state"), "/srv/bob"))
                .isEqualTo(Path.of("/var/state/stratumj/pool/blocks"));
        assertThat(BlocksOption.defaultDirectory("pool", Map.of("XDG_STATE_HOME", "state"), "/srv/bob"))
                .isEqualTo(Path.of("/srv/bob/.local/state/stratumj/pool/blocks"));
    }

    @Test
    void asksForADirectoryWhereTheUserHasNoHome() {
        assertThat(BlocksOption.defaultDirectory("pool", Map.of("XDG_STATE_HOME", "/var/state"), "?"))
                .isEqualTo(Path.of("/var/state/stratumj/pool/blocks"));
        assertThatThrownBy(() -> BlocksOption.defaultDirectory("pool", Map.of(), "?"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--blocks-dir");
    }

    /// A file as an earlier life left it, made without waiting for the disk.
    private Path file(int number, String fate) {
        try {
            Files.createDirectories(directory());
            BlockName name = new BlockName("mainnet", number, hash(number), FOUND.plusSeconds(number));
            return Files.createFile(directory().resolve(name.text() + ".block" + fate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path move(Path file, String ending) {
        try {
            return Files.move(file, file.resolveSibling("." + file.getFileName() + ending));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BlockFiles.Form<Path> torn() {
        return (_, _) -> {
            throw new BlockFiles.DamagedException("it is torn");
        };
    }

    private BlockFiles files() {
        return new BlockFiles(directory(), ".block", BYTES_MAX, troubles::add);
    }

    private Path directory() {
        return parent.resolve("state").resolve("blocks");
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static BlockName name(long height, int hash) {
        return new BlockName("mainnet", height, hash(hash), FOUND);
    }

    private static Hash256 hash(int number) {
        return Hash256.fromDisplayHex("%064x".formatted(number));
    }
}
