package org.stratumj.miner;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;

/// Headers to hash, and what hashing them one by one comes to.
final class Headers {
    /// The header of Bitcoin's first block.
    static final BlockHeader GENESIS = BlockHeader.parse(HexFormat.of()
            .parseHex("01000000" + "00".repeat(32) + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
                    + "29ab5f49" + "ffff001d" + "1dac2b7c"));

    static final long GENESIS_NONCE = 2083236893L;

    private Headers() {}

    static BlockHeader random(RandomGenerator random) {
        byte[] bytes = new byte[BlockHeader.SIZE];
        random.nextBytes(bytes);
        return BlockHeader.parse(bytes);
    }

    static Hash256 hash(BlockHeader header, long nonce) {
        byte[] bytes = header.bytes();
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[BlockHeader.SIZE - Integer.BYTES + i] = (byte) (nonce >>> (Byte.SIZE * i));
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Hash256.of(digest.digest(digest.digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// The hash as the number that is compared with a target.
    static BigInteger number(Hash256 hash) {
        return new BigInteger(hash.toString(), 16);
    }

    static List<Long> noncesThatMeet(BlockHeader header, Target target, long first, long count) {
        List<Long> nonces = new ArrayList<>();
        for (long nonce = first; nonce < first + count; nonce++) {
            if (number(hash(header, nonce)).compareTo(target.toBigInteger()) <= 0) {
                nonces.add(nonce);
            }
        }
        return nonces;
    }
}
