package org.stratumj.bitcoin;

/// The 80-byte header of a block, whose double hash is the block's id and its proof of work.
///
/// All numbers are U32, little-endian in the bytes.
///
/// @param version    block version, whose bits also signal soft forks and are rolled by miners
/// @param prevHash   id of the block before
/// @param merkleRoot root of the tree of transaction ids
/// @param time       seconds since the Unix epoch
/// @param nBits      target in compact form
/// @param nonce      free for the miner
public record BlockHeader(long version, Hash256 prevHash, Hash256 merkleRoot, long time, long nBits, long nonce) {
    /// Bytes in a header.
    public static final int SIZE = 80;

    /// Checks that each number fits in 32 bits.
    public BlockHeader {
        Numbers.checkU32("version", version);
        Numbers.checkU32("time", time);
        Numbers.checkU32("nBits", nBits);
        Numbers.checkU32("nonce", nonce);
    }

    /// The header in these 80 bytes.
    ///
    /// @throws BitcoinFormatException on any other length
    public static BlockHeader parse(byte[] bytes) {
        Reader in = new Reader("block header", bytes);
        BlockHeader header = read(in);
        in.expectEnd();
        return header;
    }

    /// The 80 bytes.
    public byte[] bytes() {
        Writer out = new Writer(SIZE);
        write(out);
        return out.bytes();
    }

    /// The block's id.
    public Hash256 hash() {
        return Sha256d.hash(bytes());
    }

    static BlockHeader read(Reader in) {
        return new BlockHeader(in.u32(), in.hash(), in.hash(), in.u32(), in.u32(), in.u32());
    }

    void write(Writer out) {
        out.u32(version).hash(prevHash).hash(merkleRoot).u32(time).u32(nBits).u32(nonce);
    }
}
