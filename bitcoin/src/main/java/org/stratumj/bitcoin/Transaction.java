package org.stratumj.bitcoin;

import java.util.ArrayList;
import java.util.List;

/// A transaction. Its bytes come in two forms: with the BIP141 fields (marker, flag and witnesses), which blocks
/// and the network use when any input has a witness, and stripped of them, from which the id is computed.
///
/// @param version  U32
/// @param inputs   at least one
/// @param outputs  outputs in their order
/// @param lockTime U32
public record Transaction(long version, List<TxIn> inputs, List<TxOut> outputs, long lockTime) {
    /// Weight units of one byte outside the witnesses; a witness byte weighs one.
    public static final int WITNESS_SCALE = 4;

    /// Checks the numbers and copies the lists.
    public Transaction {
        Numbers.checkU32("version", version);
        Numbers.checkU32("lockTime", lockTime);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a transaction has at least one input");
        }
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// The transaction in these bytes, in either form.
    ///
    /// @throws BitcoinFormatException if they are not exactly one transaction
    public static Transaction parse(byte[] bytes) {
        Reader in = new Reader("transaction", bytes);
        Transaction transaction = read(in);
        in.expectEnd();
        return transaction;
    }

    /// The bytes with the BIP141 fields if any input has a witness, else without.
    public byte[] bytes() {
        Writer out = new Writer(size());
        write(out);
        return out.bytes();
    }

    /// The bytes without BIP141 fields.
    public byte[] strippedBytes() {
        Writer out = new Writer(strippedSize());
        write(out, false);
        return out.bytes();
    }

    /// The id: double hash of [#strippedBytes].
    public Hash256 txid() {
        return Sha256d.hash(strippedBytes());
    }

    /// The id that commits to the witnesses too: double hash of [#bytes].
    public Hash256 wtxid() {
        return Sha256d.hash(bytes());
    }

    /// Whether any input has a witness.
    public boolean hasWitness() {
        return inputs.stream().anyMatch(in -> !in.witness().isEmpty());
    }

    /// Whether this is a coinbase: one input, which spends [OutPoint#NULL].
    public boolean isCoinbase() {
        return inputs.size() == 1 && inputs.getFirst().previous().equals(OutPoint.NULL);
    }

    /// Number of bytes in [#bytes].
    public int size() {
        return strippedSize() + witnessSize();
    }

    /// Number of bytes in [#strippedBytes].
    public int strippedSize() {
        int size = 8 + CompactSize.size(inputs.size()) + CompactSize.size(outputs.size());
        for (TxIn in : inputs) {
            size += in.strippedSize();
        }
        for (TxOut out : outputs) {
            size += out.serializedSize();
        }
        return size;
    }

    /// Weight units (BIP141): four per byte outside the BIP141 fields, one per byte of them.
    public int weight() {
        return WITNESS_SCALE * strippedSize() + witnessSize();
    }

    static Transaction read(Reader in) {
        long version = in.u32();
        boolean extended = in.peek(0) == 0;
        if (extended) {
            in.u8();
            if (in.u8() != 1) {
                throw new BitcoinFormatException("transaction has no inputs, or a flag that is not 1");
            }
        }
        List<TxIn> inputs = readInputs(in);
        List<TxOut> outputs = readOutputs(in);
        if (extended) {
            inputs.replaceAll(input -> input.withWitness(Witness.read(in)));
            if (inputs.stream().allMatch(input -> input.witness().isEmpty())) {
                throw new BitcoinFormatException("transaction has the witness marker and no witness");
            }
        }
        return new Transaction(version, inputs, outputs, in.u32());
    }

    void write(Writer out) {
        write(out, hasWitness());
    }

    private void write(Writer out, boolean extended) {
        out.u32(version);
        if (extended) {
            out.u8(0).u8(1);
        }
        out.compactSize(inputs.size());
        inputs.forEach(in -> in.write(out));
        out.compactSize(outputs.size());
        outputs.forEach(output -> output.write(out));
        if (extended) {
            inputs.forEach(in -> in.witness().write(out));
        }
        out.u32(lockTime);
    }

    private int witnessSize() {
        return hasWitness()
                ? 2
                        + inputs.stream()
                                .mapToInt(in -> in.witness().serializedSize())
                                .sum()
                : 0;
    }

    private static List<TxIn> readInputs(Reader in) {
        int count = in.count(TxIn.SIZE_MIN);
        if (count == 0) {
            throw new BitcoinFormatException("transaction has no inputs");
        }
        List<TxIn> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            inputs.add(TxIn.read(in));
        }
        return inputs;
    }

    private static List<TxOut> readOutputs(Reader in) {
        int count = in.count(TxOut.SIZE_MIN);
        List<TxOut> outputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            outputs.add(TxOut.read(in));
        }
        return outputs;
    }
}
