package org.stratumj.bitcoin;

/// An input of a transaction: the output it spends and the proof that it may.
///
/// @param previous  output spent, [OutPoint#NULL] in a coinbase
/// @param scriptSig answer to a pre-SegWit output's script; height and extranonce in a coinbase
/// @param sequence  U32
/// @param witness   answer to a SegWit output's script, [Witness#EMPTY] where there is none
public record TxIn(OutPoint previous, Script scriptSig, long sequence, Witness witness) {
    /// The sequence that makes an input final.
    public static final long SEQUENCE_FINAL = Numbers.U32_MAX;

    static final int SIZE_MIN = OutPoint.SIZE + 1 + 4;

    /// Checks the sequence.
    public TxIn {
        Numbers.checkU32("sequence", sequence);
    }

    /// The same input with another witness.
    public TxIn withWitness(Witness replacement) {
        return new TxIn(previous, scriptSig, sequence, replacement);
    }

    static TxIn read(Reader in) {
        return new TxIn(OutPoint.read(in), in.script(), in.u32(), Witness.EMPTY);
    }

    void write(Writer out) {
        previous.write(out);
        out.bytes(scriptSig.view()).u32(sequence);
    }

    int strippedSize() {
        return SIZE_MIN - 1 + CompactSize.size(scriptSig.size()) + scriptSig.size();
    }
}
