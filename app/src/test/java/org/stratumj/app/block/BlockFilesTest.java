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
        assertThat(files.read(files.pending("mainnet").getFirst())).isEqualTo("abc");
    }

    @Test
    void readsABoundedNumberOfFilesAndSaysWhatIsLeftOut() {
        BlockFiles files = files();
        IntStream.rangeClosed(0, BlockFiles.READ_MAX).forEach(i -> file(i, ""));
        assertThat(files.pending("mainnet"))
                .hasSize(BlockFiles.READ_MAX)
                .noneMatch(file -> file.name().height() == 0);
        assertThat(troubles).singleElement().asString().startsWith("1 blocks without a verdict in " + directory());
    }

    @Test
    void readsNoMoreThanAFileMayHave() throws IOException {
        BlockFiles files = files();
        files.write(name(1, 1), "0123456789");
        assertThat(files.read(files.pending("mainnet").getFirst())).hasSize(BYTES_MAX);
        Files.writeString(files.pending("mainnet").getFirst().path(), "0123456789a");
        assertThatThrownBy(() -> files.read(files.pending("mainnet").getFirst()))
                .isInstanceOf(IOException.class)
                .hasMessage("larger than 10 bytes");
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
