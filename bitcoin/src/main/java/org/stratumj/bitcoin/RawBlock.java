package org.stratumj.bitcoin;

import java.util.Arrays;
import java.util.List;

/// A block as its bytes, witnesses included, of which only the header has been read. A found block goes to the
/// node in this form at once. Immutable, compared by value.
public final class RawBlock {
    private final BlockHeader header;
    private final byte[] bytes;

    private RawBlock(BlockHeader header, byte[] owned) {
        this.header = header;
        bytes = owned;
    }

    /// The block with a copy of these bytes.
    ///
    /// @throws BitcoinFormatException if they are fewer than a header or more than [Block#BYTES_MAX]
    public static RawBlock of(byte[] bytes) {
        if (bytes.length < BlockHeader.SIZE || bytes.length > Block.BYTES_MAX) {
            throw new BitcoinFormatException(
                    "a block has %d to %d bytes, not %d".formatted(BlockHeader.SIZE, Block.BYTES_MAX, bytes.length));
        }
        return new RawBlock(BlockHeader.parse(Arrays.copyOf(bytes, BlockHeader.SIZE)), bytes.clone());
    }

    /// The block of a header, a coinbase with its BIP141 fields, and the transactions after it.
    public static RawBlock of(BlockHeader header, RawTransaction coinbase, List<RawTransaction> others) {
        int count = 1 + others.size();
        int size = BlockHeader.SIZE + CompactSize.size(count) + coinbase.size();
        for (RawTransaction other : others) {
            size = Math.addExact(size, other.size());
        }
        Writer out = new Writer(size);
        header.write(out);
        out.compactSize(count).raw(coinbase.view());
        others.forEach(other -> out.raw(other.view()));
        return new RawBlock(header, out.bytes());
    }

    /// The header.
    public BlockHeader header() {
        return header;
    }

    /// The block's id.
    public Hash256 hash() {
        return header.hash();
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Number of bytes.
    public int size() {
        return bytes.length;
    }

    /// The block that the bytes are.
    ///
    /// @throws BitcoinFormatException if they are not exactly one
    public Block parse() {
        return Block.parse(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawBlock block && Arrays.equals(bytes, block.bytes);
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return "RawBlock[" + hash() + ", " + bytes.length + " bytes]";
    }
}
