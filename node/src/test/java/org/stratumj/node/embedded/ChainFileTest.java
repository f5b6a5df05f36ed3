package org.stratumj.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.node.TestMiner.block;
import static org.stratumj.node.TestMiner.mine;
import static org.stratumj.node.TestMiner.raw;
import static org.stratumj.node.TestMiner.withPrevious;
import static org.stratumj.node.TestMiner.withTime;
import static org.stratumj.node.TestMiner.withWork;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;

/// The file behind an embedded chain, seen through the node: what comes back, and what is refused.
class ChainFileTest {
    private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted();
    private static final long NOW = 1_800_000_000;

    @TempDir
    private Path directory;

    @Test
    void comesBackWithItsBlocksAndGoesOn() throws IOException {
        ChainTip before = mined(3);
        try (EmbeddedNode node = open()) {
            assertThat(node.tip()).isEqualTo(before);
            assertThat(node.block(before.height())).isPresent();
            assertThat(node.submit(raw(mine(node.template())))).isEqualTo(ACCEPTED);
        }
        try (EmbeddedNode node = open()) {
            assertThat(node.tip().height()).isEqualTo(before.height() + 1);
        }
    }

    @Test
    void spendsOnceWhatWasSpentBeforeItEnded() throws IOException {
        try (EmbeddedNode node = EmbeddedNode.start(
                EmbeddedOptions.of(ChainProfile.REGTEST).withClock(clock()).withFile(file()))) {
            assertThat(node.template().transactions()).isNotEmpty();
            assertThat(node.submit(raw(mine(node.template())))).isEqualTo(ACCEPTED);
        }
        try (EmbeddedNode node = open()) {
            Block last = node.block(node.tip().height()).orElseThrow().parse();
            assertThat(last.transactions()).hasSizeGreaterThan(1);
            assertThat(node.addTransaction(last.transactions().getLast())).isPresent();
        }
    }

    @Test
    void comesBackToTheBranchItHadMovedTo() throws IOException {
        ChainTip before;
        Block left;
        try (EmbeddedNode node = open()) {
            BlockTemplate fork = node.template();
            left = mine(fork);
            assertThat(node.submit(raw(left))).isEqualTo(ACCEPTED);
            BlockTemplate after = node.template();
            Block side = withWork(withTime(block(fork, List.of()), fork.currentTime() + 1));
            assertThat(node.submit(raw(side))).isEqualTo(new SubmitOutcome.Rejected("inconclusive"));
            Block best = withWork(withPrevious(block(after, List.of()), side.hash()));
            assertThat(node.submit(raw(best))).isEqualTo(ACCEPTED);
            before = node.tip();
        }
        try (EmbeddedNode node = open()) {
            assertThat(node.tip()).isEqualTo(before);
            assertThat(node.submit(raw(left))).isEqualTo(new SubmitOutcome.Duplicate());
        }
    }

    @Test
    void keepsNoBlockThatWasRefused() throws IOException {
        mined(1);
        long size = Files.size(file());
        try (EmbeddedNode node = open()) {
            Block known = node.block(node.tip().height()).orElseThrow().parse();
            assertThat(node.submit(raw(known))).isEqualTo(new SubmitOutcome.Duplicate());
            assertThat(node.submit(raw(withWork(withTime(mine(node.template()), 1)))))
                    .isInstanceOf(SubmitOutcome.Rejected.class);
        }
        assertThat(Files.size(file())).isEqualTo(size);
    }

    @Test
    void cutsOffALastBlockThatWasNotWrittenInFull() throws IOException {
        ChainTip kept = mined(1);
        int end = (int) Files.size(file());
        ChainTip lost = mined(1);
        byte[] whole = Files.readAllBytes(file());
        for (int size = end; size < whole.length; size++) {
            Files.write(file(), Arrays.copyOf(whole, size));
            try (EmbeddedNode node = open()) {
                assertThat(node.tip()).as("of %d bytes", size).isEqualTo(kept);
                assertThat(Files.size(file())).isEqualTo(end);
            }
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
        assertThat(mined(1).height()).isEqualTo(lost.height());
        try (EmbeddedNode node = open()) {
            assertThat(node.tip().height()).isEqualTo(lost.height());
        }
    }

    @Test
    void beginsAnewWhereItsMakingWasCutShort() throws IOException {
        ChainTip empty = mined(0);
        byte[] title = Files.readAllBytes(file());
        for (int size = 0; size < title.length; size++) {
            Files.write(file(), Arrays.copyOf(title, size));
            assertThat(mined(0)).as("of %d bytes", size).isEqualTo(empty);
            assertThat(Files.readAllBytes(file())).isEqualTo(title);
        }
    }

    @Test
    void refusesDamageAtAnyByteAndLeavesTheFileAlone() throws IOException {
        mined(0);
        int title = (int) Files.size(file());
        mined(2);
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file(), damaged);
            assertThatThrownBy(this::open)
                    .as("at %d", at)
                    .isInstanceOf(NodeException.Misconfigured.class)
                    .hasMessageContaining(at < title ? "another" : "is damaged at byte ")
                    .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).contains(file().toString()));
            assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
        }
    }

    @Test
    void refusesABlockThatBreaksARuleThoughItsChecksumIsRight() throws IOException {
        mined(1);
        byte[] one = Files.readAllBytes(file());
        mined(0);
        Block stranger;
        try (EmbeddedNode other = EmbeddedNode.start(options())) {
            stranger = withWork(withTime(mine(other.template()), 1));
        }
        Files.write(file(), concatenated(one, record(stranger.bytes())));
        assertThatThrownBy(this::open)
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessageContaining("is damaged at byte " + one.length + ": its block " + stranger.hash()
                        + " is refused: time-too-old; cut it to " + one.length + " bytes");
    }

    @Test
    void refusesABlockTwice() throws IOException {
        mined(0);
        int title = (int) Files.size(file());
        mined(1);
        byte[] one = Files.readAllBytes(file());
        Files.write(file(), concatenated(one, Arrays.copyOfRange(one, title, one.length)));
        assertThatThrownBy(this::open).hasMessageContaining("is refused: duplicate");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, BlockHeader.SIZE - 1, Block.BYTES_MAX + 1, Integer.MAX_VALUE})
    void refusesALengthThatNoBlockHas(int length) throws IOException {
        mined(0);
        ByteBuffer head = ByteBuffer.allocate(8).putInt(length);
        head.putInt(checksum(Arrays.copyOf(head.array(), 4)));
        Files.write(file(), concatenated(Files.readAllBytes(file()), head.array()));
        assertThatThrownBy(this::open).hasMessageContaining("no block begins there");
    }

    @Test
    void takesALengthThatTheLargestBlockHas() throws IOException {
        ChainTip empty = mined(0);
        byte[] title = Files.readAllBytes(file());
        Files.write(file(), concatenated(title, Arrays.copyOf(record(new byte[Block.BYTES_MAX]), 100)));
        assertThat(mined(0)).isEqualTo(empty);
        assertThat(Files.readAllBytes(file())).isEqualTo(title);
    }

    @Test
    void refusesTheFileOfAnotherChain() {
        mined(1);
        EmbeddedOptions signet = EmbeddedOptions.of(ChainProfile.SIGNET).withFile(file());
        assertThatThrownBy(() -> EmbeddedNode.start(signet))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessage(file() + " holds another chain than the one asked for, which is signet on"
                        + " 0000025c29a7a40d846026bba75b7684a09b7f20dd9b5069b1e265671a5c7a93");
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        Files.writeString(file(), "listen = \"127.0.0.1:3333\"\n".repeat(10));
        assertThatThrownBy(this::open).hasMessage(file() + " is no chain's file; name another");
    }

    @Test
    void refusesAPlaceWhereNoFileCanBe() {
        Path nowhere = directory.resolve("missing").resolve("chain");
        assertThatThrownBy(() -> EmbeddedNode.start(options().withFile(nowhere)))
                .isInstanceOf(NodeException.Misconfigured.class)
                .hasMessageStartingWith("the chain's file cannot be used: " + nowhere);
    }

    @Test
    void refusesASecondUserInTheSameProcess() {
        EmbeddedNode first = open();
        assertThatThrownBy(this::open).hasMessageContaining("is in use by another process");
        first.close();
        open().close();
    }

    @Test
    void refusesASecondProcessUntilTheFirstIsKilled() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("open");
            assertThatThrownBy(this::open)
                    .isInstanceOf(NodeException.Misconfigured.class)
                    .hasMessage(file() + " is in use by another process; stop that one, or name another file");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (EmbeddedNode node = open()) {
            assertThat(node.tip().height()).isEqualTo(EmbeddedNode.PREFIX_BLOCKS + 1);
        }
    }

    @Test
    void takesNoBlockThatItCannotWrite() {
        EmbeddedNode node = open();
        Block block = mine(node.template());
        ChainTip before = node.tip();
        node.close(); // closes the file too, so that writing fails
        assertThatThrownBy(() -> node.submit(raw(block)))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessageStartingWith("the block cannot be written to " + file());
        assertThat(node.tip()).isEqualTo(before);
        try (EmbeddedNode again = open()) {
            assertThat(again.tip()).isEqualTo(before);
            assertThat(again.submit(raw(block))).isEqualTo(ACCEPTED);
        }
    }

    /// Holds a file with one block until it is killed.
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            EmbeddedNode node = EmbeddedNode.start(options().withFile(new File(arguments[0]).toPath()));
            if (node.submit(raw(mine(node.template()))) instanceof SubmitOutcome.Accepted) {
                System.out.println("open");
            }
            System.in.read();
        }
    }

    /// The tip after so many more blocks, with the file closed again.
    private ChainTip mined(int blocks) {
        try (EmbeddedNode node = open()) {
            for (int i = 0; i < blocks; i++) {
                assertThat(node.submit(raw(mine(node.template())))).isEqualTo(ACCEPTED);
            }
            return node.tip();
        }
    }

    private EmbeddedNode open() {
        return EmbeddedNode.start(options().withFile(file()));
    }

    private Path file() {
        return directory.resolve("chain");
    }

    private static EmbeddedOptions options() {
        return EmbeddedOptions.of(ChainProfile.REGTEST).withoutTransactions().withClock(clock());
    }

    private static java.time.InstantSource clock() {
        return () -> Instant.ofEpochSecond(NOW);
    }

    private static byte[] record(byte[] block) {
        ByteBuffer length = ByteBuffer.allocate(4).putInt(block.length);
        return ByteBuffer.allocate(block.length + 12)
                .put(length.array())
                .putInt(checksum(length.array()))
                .put(block)
                .putInt(checksum(block))
                .array();
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
