package org.stratumj.node.embedded;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;

/// What transactions do to the coins of a view under them, which stays as it is: a view of its own while they are
/// gathered, then a record to apply or to take back.
final class CoinChanges implements CoinView {
    private static final int OP_RETURN = 0x6a;
    private static final int SCRIPT_SIZE_MAX = 10_000;

    private final CoinView below;
    private final Map<OutPoint, Coin> spent = new HashMap<>();
    private final Map<OutPoint, Coin> created = new LinkedHashMap<>();

    CoinChanges(CoinView below) {
        this.below = below;
    }

    @Override
    public @Nullable Coin coin(OutPoint where) {
        Coin own = created.get(where);
        if (own != null) {
            return own;
        }
        return spent.containsKey(where) ? null : below.coin(where);
    }

    /// Spends the inputs, which must be there, and creates the outputs that can ever be spent.
    void add(Transaction transaction, Hash256 txid, int height) {
        boolean coinbase = transaction.isCoinbase();
        if (!coinbase) {
            transaction.inputs().forEach(this::spend);
        }
        for (int i = 0; i < transaction.outputs().size(); i++) {
            TxOut output = transaction.outputs().get(i);
            if (!isUnspendable(output.script())) {
                created.put(new OutPoint(txid, i), new Coin(output, height, coinbase));
            }
        }
    }

    /// Coins of the view below that are spent.
    Map<OutPoint, Coin> spent() {
        return spent;
    }

    /// Coins that are new and not spent.
    Map<OutPoint, Coin> created() {
        return created;
    }

    private void spend(TxIn in) {
        if (created.remove(in.previous()) == null) {
            Coin coin = below.coin(in.previous());
            if (coin == null) {
                throw new IllegalStateException("spends a coin that is not there: " + in.previous());
            }
            spent.put(in.previous(), coin);
        }
    }

    private static boolean isUnspendable(Script script) {
        return script.size() > SCRIPT_SIZE_MAX || (script.size() > 0 && script.at(0) == OP_RETURN);
    }
}
