package org.stratumj.node.embedded;

import java.util.List;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.SigOps;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;

/// Checks a block against the coins it spends.
final class BlockConnector {
    private BlockConnector() {}

    /// What the block would do to `coins`, which are those after `previous` and stay as they are.
    static CoinChanges connect(HashedBlock hashed, ChainEntry previous, CoinView coins, ChainProfile profile) {
        checkNoOverwrite(hashed, coins);
        int height = previous.height() + 1;
        List<Transaction> transactions = hashed.block().transactions();
        CoinChanges changes = new CoinChanges(coins);
        long fees = 0;
        int sigops = 0;
        for (int i = 0; i < transactions.size(); i++) {
            Transaction transaction = transactions.get(i);
            if (i == 0) {
                sigops += SigOps.legacyCost(transaction);
            } else {
                SpendRules.Spend spend = SpendRules.check(transaction, changes, previous);
                fees += spend.fee();
                sigops += spend.sigops();
            }
            RuleViolation.check(sigops <= Block.SIGOPS_MAX, "bad-blk-sigops");
            changes.add(transaction, hashed.txids().get(i), height);
        }
        long paid = hashed.block().coinbase().outputs().stream()
                .mapToLong(TxOut::value)
                .sum();
        RuleViolation.check(paid <= profile.subsidy(height) + fees, "bad-cb-amount");
        return changes;
    }

    /// No transaction may have the id of one with unspent outputs (BIP30).
    private static void checkNoOverwrite(HashedBlock hashed, CoinView coins) {
        for (int i = 0; i < hashed.txids().size(); i++) {
            Hash256 txid = hashed.txids().get(i);
            int outputs = hashed.block().transactions().get(i).outputs().size();
            for (int output = 0; output < outputs; output++) {
                RuleViolation.check(coins.coin(new OutPoint(txid, output)) == null, "bad-txns-BIP30");
            }
        }
    }
}
