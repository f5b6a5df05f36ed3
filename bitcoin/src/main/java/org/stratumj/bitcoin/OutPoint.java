package org.stratumj.bitcoin;

/// The name of a transaction output: the transaction's id and the place of the output in it.
///
/// @param txid  id of the transaction that has the output
/// @param index U32, counted from 0
public record OutPoint(Hash256 txid, long index) {
    /// What the one input of a coinbase transaction names instead of an output.
    public static final OutPoint NULL = new OutPoint(Hash256.ZERO, Numbers.U32_MAX);

    static final int SIZE = Hash256.SIZE + 4;

    /// Checks the index.
    public OutPoint {
        Numbers.checkU32("index", index);
    }

    /// The id in display order, a colon, the index.
    @Override
    public String toString() {
        return txid + ":" + index;
    }

    static OutPoint read(Reader in) {
        return new OutPoint(in.hash(), in.u32());
    }

    void write(Writer out) {
        out.hash(txid).u32(index);
    }
}
