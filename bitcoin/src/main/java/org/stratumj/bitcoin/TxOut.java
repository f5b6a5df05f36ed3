package org.stratumj.bitcoin;

/// An output of a transaction. A value that consensus refuses (negative, above 21 million coins) can be held,
/// since a block with one has to be read before it is refused.
///
/// @param value  satoshis
/// @param script condition for spending
public record TxOut(long value, Script script) {
    static final int SIZE_MIN = 8 + 1;

    /// The output in these bytes, as messages and templates carry it.
    ///
    /// @throws BitcoinFormatException if the bytes are not exactly one output
    public static TxOut parse(byte[] bytes) {
        Reader in = new Reader("transaction output", bytes);
        TxOut out = read(in);
        in.expectEnd();
        return out;
    }

    /// The bytes: value, script length, script.
    public byte[] bytes() {
        Writer out = new Writer(serializedSize());
        write(out);
        return out.bytes();
    }

    static TxOut read(Reader in) {
        return new TxOut(in.i64(), in.script());
    }

    void write(Writer out) {
        out.i64(value).bytes(script.view());
    }

    int serializedSize() {
        return SIZE_MIN - 1 + CompactSize.size(script.size()) + script.size();
    }
}
