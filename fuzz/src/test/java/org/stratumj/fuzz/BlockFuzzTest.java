package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerkleTree;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Transaction;

/// The block codec: bytes are refused, or are exactly those that the block is written as, whole or put together from
/// its parts.
class BlockFuzzTest {
    private static final String HEADER =
            "01000000" + "11".repeat(32) + "22".repeat(32) + "29ab5f49" + "ffff001d" + "1dac2b7c";
    private static final String COINBASE = "01000000" + "01" + "00".repeat(32) + "ffffffff" + "0403abcd00" + "ffffffff"
            + "01" + "00f2052a01000000" + "0151" + "00000000";
    private static final String WITH_WITNESS = "02000000" + "0001" + "01" + "33".repeat(32) + "00000000" + "00"
            + "ffffffff" + "01" + "0100000000000000" + "0151" + "01" + "0151" + "00000000";

    static Stream<byte[]> seeds() {
        return Stream.of(
                        HEADER + "01" + COINBASE,
                        HEADER + "02" + COINBASE + WITH_WITNESS,
                        HEADER + "04" + COINBASE + WITH_WITNESS + WITH_WITNESS + WITH_WITNESS,
                        HEADER + "00",
                        HEADER + "feffffff7f" + COINBASE)
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void writesTheBytesItRead(byte[] data) {
        Property.requireMemory(1024, data.length, () -> check(data));
    }

    private static void check(byte[] data) {
        Block block;
        try {
            block = Block.parse(data);
        } catch (BitcoinFormatException refused) {
            requireRaw(data);
            return;
        }
        requireEqual(data, block.bytes(), "bytes");
        requireEqual(data.length, block.size(), "size");
        int stripped = block.transactions().stream()
                .mapToInt(Transaction::strippedSize)
                .sum();
        int whole = block.transactions().stream().mapToInt(Transaction::size).sum();
        requireEqual(4 * (data.length - whole) + 3 * stripped + whole, block.weight(), "weight");
        requireEqual(merkleRoot(block.txids()), block.computeMerkleRoot(), "merkle root");
        requireMutation(block.txids());
        requireEqual(block, RawBlock.of(data).parse(), "block of raw bytes");
        requireEqual(block.hash(), Sha256d.hash(block.header().bytes()), "id");
        var raw = block.transactions().stream()
                .map(transaction -> RawTransaction.of(transaction.bytes()))
                .toList();
        var joined = RawBlock.of(block.header(), raw.getFirst(), raw.subList(1, raw.size()));
        requireEqual(data, joined.bytes(), "block of its parts");
    }

    private static void requireRaw(byte[] data) {
        try {
            requireEqual(data, RawBlock.of(data).bytes(), "raw bytes");
        } catch (BitcoinFormatException refused) {
            require(data.length < BlockHeader.SIZE, "raw bytes of a size that a block can have");
        }
    }

    // Two equal neighbours anywhere in the tree: the list can be shortened without a change of the root.
    private static void requireMutation(List<Hash256> leaves) {
        boolean mutated = false;
        for (var level = leaves; level.size() > 1; level = above(level)) {
            for (int i = 0; i + 1 < level.size(); i += 2) {
                mutated |= level.get(i).equals(level.get(i + 1));
            }
        }
        requireEqual(mutated, MerkleTree.isMutated(leaves), "mutated");
    }

    private static Hash256 merkleRoot(List<Hash256> leaves) {
        var level = leaves;
        while (level.size() > 1) {
            level = above(level);
        }
        return level.getFirst();
    }

    private static List<Hash256> above(List<Hash256> level) {
        var above = new ArrayList<Hash256>();
        for (int i = 0; i < level.size(); i += 2) {
            var right = level.get(Math.min(i + 1, level.size() - 1));
            above.add(Sha256d.hash(level.get(i).bytes(), right.bytes()));
        }
        return above;
    }
}
