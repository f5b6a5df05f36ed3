package org.stratumj.node.embedded;

import java.util.HashMap;
import java.util.Map;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.SigOps;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;

/// What a transaction must be like with regard to the coins it spends.
final class SpendRules {
    /// Blocks from a coinbase to the first that may spend it.
    static final int COINBASE_MATURITY = 100;

    private static final long SEQUENCE_DISABLED = 1L << 31;
    private static final long SEQUENCE_IS_TIME = 1L << 22;
    private static final long SEQUENCE_MASK = 0xffff;
    private static final int SEQUENCE_TIME_SHIFT = 9;

    private SpendRules() {}

    /// What a transaction costs and brings.
    ///
    /// @param fee    satoshis
    /// @param sigops signature operations, scaled
    record Spend(long fee, int sigops) {}

    /// Checks a transaction that is not a coinbase for a block on top of `previous`.
    static Spend check(Transaction transaction, CoinView coins, ChainEntry previous) {
        transaction.inputs().forEach(input -> find(input, coins));
        int height = previous.height() + 1;
        long in = 0;
        Map<OutPoint, TxOut> spent = new HashMap<>();
        for (TxIn input : transaction.inputs()) {
            Coin coin = find(input, coins);
            RuleViolation.check(
                    !coin.coinbase() || height - coin.height() >= COINBASE_MATURITY,
                    "bad-txns-premature-spend-of-coinbase");
            in += coin.output().value();
            RuleViolation.check(in <= TransactionRules.MONEY_MAX, "bad-txns-inputvalues-outofrange");
            spent.put(input.previous(), coin.output());
        }
        long out = transaction.outputs().stream().mapToLong(TxOut::value).sum();
        RuleViolation.check(in >= out, "bad-txns-in-belowout");
        checkSequences(transaction, coins, previous);
        for (TxIn input : transaction.inputs()) {
            checkScript(input, find(input, coins).output().script());
        }
        return new Spend(in - out, SigOps.cost(transaction, spent));
    }

    /// Relative lock times (BIP68).
    private static void checkSequences(Transaction transaction, CoinView coins, ChainEntry previous) {
        if (transaction.version() < 2) {
            return;
        }
        for (TxIn input : transaction.inputs()) {
            long sequence = input.sequence();
            if ((sequence & SEQUENCE_DISABLED) == 0) {
                int coinHeight = find(input, coins).height();
                long value = sequence & SEQUENCE_MASK;
                boolean passed = (sequence & SEQUENCE_IS_TIME) == 0
                        ? previous.height() + 1 >= coinHeight + value
                        : previous.medianTimePast()
                                >= previous.ancestor(Math.max(coinHeight - 1, 0))
                                                .medianTimePast()
                                        + (value << SEQUENCE_TIME_SHIFT);
                RuleViolation.check(passed, "bad-txns-nonfinal");
            }
        }
    }

    /// There is no interpreter here: a coin anybody may spend must be spent just so, and no other coin can be.
    private static void checkScript(TxIn input, Script script) {
        if (!script.equals(Script.P2WSH_OP_TRUE)) {
            throw scriptFailure("the embedded chain can spend only P2WSH(OP_TRUE)");
        }
        if (input.scriptSig().size() > 0) {
            throw scriptFailure("Witness requires empty scriptSig");
        }
        if (input.witness().isEmpty()) {
            throw scriptFailure("Witness program was passed an empty witness");
        }
        if (!input.witness().equals(Witness.OP_TRUE)) {
            throw scriptFailure("Witness program hash mismatch");
        }
    }

    private static RuleViolation scriptFailure(String why) {
        return new RuleViolation("mandatory-script-verify-flag-failed (" + why + ")");
    }

    private static Coin find(TxIn input, CoinView coins) {
        Coin coin = coins.coin(input.previous());
        if (coin == null) {
            throw new RuleViolation("bad-txns-inputs-missingorspent");
        }
        return coin;
    }
}
