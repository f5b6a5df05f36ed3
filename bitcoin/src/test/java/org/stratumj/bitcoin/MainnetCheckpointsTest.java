package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Headers of the real main network, one per difficulty period, from the checkpoint file that bitcoinj brings:
/// per line the work of the chain up to a block (12 or 32 bytes), its height (4) and its header (80).
class MainnetCheckpointsTest {
    private static final int PERIOD = 2016;

    private final List<Checkpoint> checkpoints = load();

    @Test
    void everyHeaderMeetsItsTarget() {
        assertThat(checkpoints).hasSizeGreaterThan(300);
        for (Checkpoint checkpoint : checkpoints) {
            Target target = Target.fromCompact(checkpoint.header.nBits());
            assertThat(target.isMetBy(checkpoint.header.hash()))
                    .as(checkpoint.toString())
                    .isTrue();
            assertThat(target.toCompact()).as(checkpoint.toString()).isEqualTo(checkpoint.header.nBits());
        }
    }

    @Test
    void workOfEachPeriodIsTheSumOfItsBlocks() {
        for (int i = 1; i < checkpoints.size(); i++) {
            Checkpoint before = checkpoints.get(i - 1);
            Checkpoint after = checkpoints.get(i);
            assertThat(after.height - before.height).as(after.toString()).isEqualTo(PERIOD);
            // A checkpoint is the first block after a retarget: it and the rest of its period share one target.
            BigInteger period = Target.fromCompact(before.header.nBits())
                    .work()
                    .multiply(BigInteger.valueOf(PERIOD - 1))
                    .add(Target.fromCompact(after.header.nBits()).work());
            assertThat(after.work.subtract(before.work)).as(after.toString()).isEqualTo(period);
        }
    }

    private record Checkpoint(BigInteger work, int height, BlockHeader header) {
        static Checkpoint parse(String line) {
            byte[] bytes = Base64.getDecoder().decode(line);
            int workSize = bytes.length - 4 - BlockHeader.SIZE;
            return new Checkpoint(
                    new BigInteger(1, Arrays.copyOf(bytes, workSize)),
                    new BigInteger(Arrays.copyOfRange(bytes, workSize, workSize + 4)).intValueExact(),
                    BlockHeader.parse(Arrays.copyOfRange(bytes, workSize + 4, bytes.length)));
        }
    }

    private static List<Checkpoint> load() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                MainnetCheckpointsTest.class.getResourceAsStream("/org.bitcoin.production.checkpoints.txt"),
                StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> line.length() > 100)
                    .map(Checkpoint::parse)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
