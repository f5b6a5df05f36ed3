package org.stratumj.bitcoin;

import java.util.List;

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

    /// The outputs in these bytes: their number as a CompactSize, then one after the other.
    ///
    /// @return an immutable list
    /// @throws BitcoinFormatException if the bytes are not exactly that
    public static List<TxOut> parseList(byte[] bytes) {
        Reader in = new Reader("transaction outputs", bytes);
        TxOut[] outputs = new TxOut[in.count(SIZE_MIN)];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = read(in);
        }
        in.expectEnd();
        return List.of(outputs);
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
