package org.stratumj.node.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;

/// Makes transactions that pay fees, so that blocks have something in them: each spends a P2WSH(OP_TRUE) coin of
/// the chain's first blocks, or of a transaction made before, to the same script. The same generator makes the
/// same ones. Not thread-safe.
final class TransactionSource {
    /// Coins to have at hand, so that transactions do not all hang on one another.
    private static final int COINS_WANTED = 100;

    private static final int SPLIT_MAX = 10;

    /// Coins worth less are left alone: they could not pay for much longer.
    private static final long VALUE_MIN = 1_000_000;

    private static final int FEE_RATE_MIN = 2;
    private static final int FEE_RATE_MAX = 40;
    private static final int WEIGHT_PER_VBYTE = 4;
    private static final long SEQUENCE = 0xfffffffdL;

    private final RandomGenerator random;
    private final List<OutPoint> coins = new ArrayList<>();

    TransactionSource(RandomGenerator random) {
        this.random = random;
    }

    /// One more transaction, valid on top of what the mempool has; none if there is no coin to spend.
    ///
    /// @param confirmed the coins of the chain, from which to begin, or to begin again
    /// @param pending   the coins as the next block may spend them
    Optional<Transaction> next(Map<OutPoint, Coin> confirmed, CoinView pending, int height) {
        coins.removeIf(where -> pending.coin(where) == null);
        if (coins.isEmpty()) {
            coins.addAll(initial(confirmed, pending, height));
        }
        if (coins.isEmpty()) {
            return Optional.empty();
        }
        OutPoint spent = coins.remove(random.nextInt(coins.size()));
        Coin coin = pending.coin(spent);
        if (coin == null) {
            return Optional.empty();
        }
        int outputs = coins.size() < COINS_WANTED ? SPLIT_MAX : 1;
        Transaction transaction = spend(spent, coin.output().value(), outputs);
        if (transaction.outputs().getFirst().value() >= VALUE_MIN) {
            Hash256 txid = transaction.txid();
            IntStream.range(0, outputs).forEach(i -> coins.add(new OutPoint(txid, i)));
        }
        return Optional.of(transaction);
    }

    private Transaction spend(OutPoint spent, long value, int outputs) {
        long feeRate = random.nextLong(FEE_RATE_MIN, FEE_RATE_MAX + 1);
        long weight = transaction(spent, value, outputs).weight();
        long fee = feeRate * ((weight + WEIGHT_PER_VBYTE - 1) / WEIGHT_PER_VBYTE);
        return transaction(spent, Math.max(value - fee, 0) / outputs, outputs);
    }

    private static Transaction transaction(OutPoint spent, long valueEach, int outputs) {
        TxOut output = new TxOut(valueEach, Script.P2WSH_OP_TRUE);
        TxIn input = new TxIn(spent, Script.EMPTY, SEQUENCE, Witness.OP_TRUE);
        return new Transaction(2, List.of(input), Collections.nCopies(outputs, output), 0);
    }

    /// Mature coinbases of the prefix, in the order of their heights.
    private static List<OutPoint> initial(Map<OutPoint, Coin> confirmed, CoinView pending, int height) {
        return confirmed.entrySet().stream()
                .filter(entry -> isSpendable(entry.getValue(), height) && pending.coin(entry.getKey()) != null)
                .sorted(Map.Entry.comparingByValue(Comparator.comparingInt(Coin::height)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isSpendable(Coin coin, int height) {
        return coin.coinbase()
                && coin.height() <= ChainPrefix.BLOCKS
                && coin.output().script().equals(Script.P2WSH_OP_TRUE)
                && height - coin.height() >= SpendRules.COINBASE_MATURITY;
    }
}
