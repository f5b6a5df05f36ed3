package org.stratumj.node.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.node.TemplateTransaction;

/// Transactions waiting for a block, valid together on top of the chain's tip. There is no replacement: of two
/// that spend the same coin the first stays. Not thread-safe.
final class Mempool {
    /// Transactions that may wait.
    static final int TRANSACTIONS_MAX = 10_000;

    private static final System.Logger LOG = System.getLogger(Mempool.class.getName());

    private static final Comparator<Entry> BEST_FEE_RATE_FIRST =
            Comparator.comparingDouble(Entry::feeRate).reversed().thenComparingInt(Entry::sequence);

    private final Chain chain;
    private final Map<Hash256, Entry> entries = new LinkedHashMap<>();
    private CoinChanges coins;
    private int sequence;

    Mempool(Chain chain) {
        this.chain = chain;
        coins = new CoinChanges(chain);
    }

    private record Entry(Transaction transaction, TemplateTransaction template, int sequence) {
        double feeRate() {
            return (double) template.fee() / template.weight();
        }
    }

    /// Coins as they will be when everything here is in a block.
    CoinView coins() {
        return coins;
    }

    boolean isFull() {
        return entries.size() >= TRANSACTIONS_MAX;
    }

    /// Takes a transaction in, unless it breaks a rule.
    void add(Transaction transaction) {
        Hash256 txid = transaction.txid();
        RuleViolation.check(!entries.containsKey(txid), "txn-already-in-mempool");
        RuleViolation.check(!isFull(), "mempool full");
        RuleViolation.check(!transaction.isCoinbase(), "coinbase");
        TransactionRules.check(transaction);
        ChainEntry tip = chain.tip();
        RuleViolation.check(TransactionRules.isFinal(transaction, tip.height() + 1, tip.medianTimePast()), "non-final");
        int weight = transaction.weight();
        RuleViolation.check(weight <= Block.WEIGHT_MAX - CoinbaseReserve.WEIGHT_MIN, "tx-size");
        SpendRules.Spend spend = SpendRules.check(transaction, coins, tip);
        RuleViolation.check(spend.sigops() <= Block.SIGOPS_MAX, "bad-txns-too-many-sigops");
        TemplateTransaction template = new TemplateTransaction(
                RawTransaction.of(transaction.bytes()), txid, transaction.wtxid(), spend.fee(), weight, spend.sigops());
        coins.add(transaction, txid, tip.height() + 1);
        entries.put(txid, new Entry(transaction, template, sequence++));
    }

    /// Starts over on a new tip with what is still valid there, after `returned`, the transactions of blocks that
    /// were left.
    void tipChanged(Collection<Transaction> returned) {
        List<Transaction> candidates = new ArrayList<>(returned);
        entries.values().forEach(entry -> candidates.add(entry.transaction()));
        entries.clear();
        coins = new CoinChanges(chain);
        for (Transaction candidate : candidates) {
            try {
                add(candidate);
            } catch (RuleViolation inBlockOrInConflict) {
                LOG.log(System.Logger.Level.TRACE, "dropped a transaction: {0}", inBlockOrInConflict.reason());
            }
        }
    }

    /// What goes into the next block, the best fee rate first but none before one it spends from, until a block
    /// is full.
    List<TemplateTransaction> select() {
        Map<Hash256, Integer> waitsFor = new HashMap<>();
        Map<Hash256, List<Entry>> children = new HashMap<>();
        PriorityQueue<Entry> ready = new PriorityQueue<>(BEST_FEE_RATE_FIRST);
        for (Entry entry : entries.values()) {
            Set<Hash256> parents = parents(entry);
            parents.forEach(parent ->
                    children.computeIfAbsent(parent, none -> new ArrayList<>()).add(entry));
            waitsFor.put(entry.template().txid(), parents.size());
            if (parents.isEmpty()) {
                ready.add(entry);
            }
        }
        List<TemplateTransaction> selected = new ArrayList<>();
        long weight = CoinbaseReserve.WEIGHT_MIN;
        long sigops = 0;
        for (Entry entry = ready.poll(); entry != null; entry = ready.poll()) {
            weight += entry.template().weight();
            sigops += entry.template().sigops();
            if (weight > Block.WEIGHT_MAX || sigops > Block.SIGOPS_MAX) {
                break;
            }
            selected.add(entry.template());
            for (Entry child : children.getOrDefault(entry.template().txid(), List.of())) {
                if (waitsFor.merge(child.template().txid(), -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        return selected;
    }

    Optional<RawTransaction> byTxid(Hash256 txid) {
        return Optional.ofNullable(entries.get(txid))
                .map(entry -> entry.template().raw());
    }

    /// Those of `wtxids` that wait here.
    Map<Hash256, RawTransaction> byWtxid(Collection<Hash256> wtxids) {
        Set<Hash256> wanted = new HashSet<>(wtxids);
        Map<Hash256, RawTransaction> found = new HashMap<>();
        for (Entry entry : entries.values()) {
            if (wanted.contains(entry.template().wtxid())) {
                found.put(entry.template().wtxid(), entry.template().raw());
            }
        }
        return found;
    }

    private Set<Hash256> parents(Entry entry) {
        Set<Hash256> parents = new HashSet<>();
        for (TxIn in : entry.transaction().inputs()) {
            Hash256 parent = in.previous().txid();
            if (entries.containsKey(parent)) {
                parents.add(parent);
            }
        }
        return parents;
    }
}
