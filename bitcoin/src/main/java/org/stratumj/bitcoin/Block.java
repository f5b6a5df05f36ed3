package org.stratumj.bitcoin;

import java.util.ArrayList;
import java.util.List;

/// A block: its header and its transactions, the coinbase first.
///
/// @param header       header
/// @param transactions at least one
public record Block(BlockHeader header, List<Transaction> transactions) {
    /// The most weight a block may have (BIP141).
    public static final int WEIGHT_MAX = 4_000_000;

    /// The most signature operations, scaled, that a block may have (BIP141).
    public static final int SIGOPS_MAX = 80_000;

    /// The most bytes a block of [#WEIGHT_MAX] can have.
    public static final int BYTES_MAX = WEIGHT_MAX;

    private static final int TRANSACTION_SIZE_MIN = 8 + 1 + TxIn.SIZE_MIN + 1;

    /// Copies the list.
    public Block {
        if (transactions.isEmpty()) {
            throw new IllegalArgumentException("a block has at least a coinbase transaction");
        }
        transactions = List.copyOf(transactions);
    }

    /// The block in these bytes.
    ///
    /// @throws BitcoinFormatException if they are more than [#BYTES_MAX] or not exactly one block
    public static Block parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new BitcoinFormatException("a block has at most " + BYTES_MAX + " bytes, not " + bytes.length);
        }
        Reader in = new Reader("block", bytes);
        BlockHeader header = BlockHeader.read(in);
        int count = in.count(TRANSACTION_SIZE_MIN);
        if (count == 0) {
            throw new BitcoinFormatException("block has no transactions");
        }
        List<Transaction> transactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transactions.add(Transaction.read(in));
        }
        in.expectEnd();
        return new Block(header, transactions);
    }

    /// The bytes, with witnesses.
    public byte[] bytes() {
        Writer out = new Writer(size());
        header.write(out);
        out.compactSize(transactions.size());
        transactions.forEach(transaction -> transaction.write(out));
        return out.bytes();
    }

    /// The block's id.
    public Hash256 hash() {
        return header.hash();
    }

    /// The coinbase transaction, which comes first.
    public Transaction coinbase() {
        return transactions.getFirst();
    }

    /// Number of bytes in [#bytes].
    public int size() {
        return headAndCount()
                + transactions.stream().mapToInt(Transaction::size).sum();
    }

    /// Weight units (BIP141).
    public int weight() {
        return Transaction.WITNESS_SCALE * headAndCount()
                + transactions.stream().mapToInt(Transaction::weight).sum();
    }

    /// The ids of all transactions, the coinbase's first.
    public List<Hash256> txids() {
        return transactions.stream().map(Transaction::txid).toList();
    }

    /// The root that the header must have.
    public Hash256 computeMerkleRoot() {
        return MerkleTree.root(txids());
    }

    private int headAndCount() {
        return BlockHeader.SIZE + CompactSize.size(transactions.size());
    }
}
