package org.stratumj.node.embedded;

import java.util.HashSet;
import java.util.Set;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;

/// What a transaction must be like by itself.
final class TransactionRules {
    /// No amount is ever larger: 21 million coins in satoshis.
    static final long MONEY_MAX = 21_000_000L * 1_0000_0000L;

    /// Lock times below are heights, from here on seconds since the Unix epoch.
    private static final long LOCK_TIME_THRESHOLD = 500_000_000;

    private TransactionRules() {}

    /// Checks everything that needs no other transaction.
    static void check(Transaction transaction) {
        RuleViolation.check(!transaction.outputs().isEmpty(), "bad-txns-vout-empty");
        RuleViolation.check(
                (long) Transaction.WITNESS_SCALE * transaction.strippedSize() <= Block.WEIGHT_MAX, "bad-txns-oversize");
        checkOutputs(transaction);
        checkInputs(transaction);
    }

    /// Whether the lock time lets the transaction into a block.
    ///
    /// @param height of the block
    /// @param time   median time of the blocks before (BIP113)
    static boolean isFinal(Transaction transaction, int height, long time) {
        long lockTime = transaction.lockTime();
        if (lockTime == 0 || lockTime < (lockTime < LOCK_TIME_THRESHOLD ? height : time)) {
            return true;
        }
        return transaction.inputs().stream().allMatch(in -> in.sequence() == TxIn.SEQUENCE_FINAL);
    }

    private static void checkOutputs(Transaction transaction) {
        long total = 0;
        for (TxOut out : transaction.outputs()) {
            RuleViolation.check(out.value() >= 0, "bad-txns-vout-negative");
            RuleViolation.check(out.value() <= MONEY_MAX, "bad-txns-vout-toolarge");
            total += out.value();
            RuleViolation.check(total <= MONEY_MAX, "bad-txns-txouttotal-toolarge");
        }
    }

    private static void checkInputs(Transaction transaction) {
        Set<OutPoint> spent = new HashSet<>();
        for (TxIn in : transaction.inputs()) {
            RuleViolation.check(spent.add(in.previous()), "bad-txns-inputs-duplicate");
        }
        if (transaction.isCoinbase()) {
            int size = transaction.inputs().getFirst().scriptSig().size();
            RuleViolation.check(size >= Coinbase.SCRIPT_SIG_MIN && size <= Coinbase.SCRIPT_SIG_MAX, "bad-cb-length");
        } else {
            RuleViolation.check(!spent.contains(OutPoint.NULL), "bad-txns-prevout-null");
        }
    }
}
