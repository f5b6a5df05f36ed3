package org.stratumj.node.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;

/// Writes the nonces of the first blocks of a chain, on signet about 620 million hashes, minutes on one core. To be run
/// once, and again only when [ChainPrefix] lays its blocks out differently, which makes another chain.
///
/// Arguments: the profile, such as `SIGNET`; the file to write,
/// `node/src/main/resources/org/stratumj/node/embedded/signet-prefix-nonces.txt`.
final class PrefixMiner {
    private static final int NONCE_OFFSET = BlockHeader.SIZE - Integer.BYTES;
    private static final long NONCES = 1L << 32;

    private PrefixMiner() {}

    public static void main(String[] arguments) {
        ChainProfile profile = ChainProfile.valueOf(arguments[0]);
        Path file = Path.of(arguments[1]);
        StringBuilder lines = new StringBuilder();
        ChainPrefix.blocks(profile, header -> {
            long nonce = search(header);
            lines.append("%08x%n".formatted(nonce));
            System.out.printf("%s %08x%n", file.getFileName(), nonce);
            return nonce;
        });
        try {
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The smallest nonce with which the header meets its target.
    static long search(BlockHeader header) {
        int threads = Runtime.getRuntime().availableProcessors();
        long chunk = 1L << 20;
        for (long start = 0; start < NONCES; start += chunk * threads) {
            long from = start;
            OptionalLong found = LongStream.range(0, threads)
                    .parallel()
                    .map(thread -> search(header, from + thread * chunk, from + (thread + 1) * chunk))
                    .filter(nonce -> nonce >= 0)
                    .min();
            if (found.isPresent()) {
                return found.getAsLong();
            }
        }
        throw new IllegalStateException("no nonce solves " + header);
    }

    private static long search(BlockHeader header, long from, long to) {
        byte[] bytes = Arrays.copyOf(header.bytes(), BlockHeader.SIZE);
        byte[] hash = new byte[Target.SIZE];
        Target target = Target.fromCompact(header.nBits());
        Sha256d hasher = new Sha256d();
        for (long nonce = from; nonce < Math.min(to, NONCES); nonce++) {
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[NONCE_OFFSET + i] = (byte) (nonce >>> (8 * i));
            }
            hasher.update(bytes, 0, bytes.length).finish(hash, 0);
            if (target.isMetBy(hash, 0)) {
                return nonce;
            }
        }
        return -1;
    }
}
