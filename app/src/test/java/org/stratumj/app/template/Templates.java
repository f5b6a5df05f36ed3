package org.stratumj.app.template;

import java.util.ArrayList;
import java.util.List;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.TemplateTransaction;

/// Node templates for tests: regtest difficulty, any number of small SegWit transactions of 1000 satoshis each.
final class Templates {
    static final int HEIGHT = 500;
    static final long SUBSIDY = 1_250_000_000L;
    static final long FEE = 1000;

    private Templates() {}

    static BlockTemplate onTip(int tip, int transactions) {
        return onTip(tip, transactions, 4_000_000);
    }

    static BlockTemplate onTip(int tip, int transactions, int weightLimit) {
        List<TemplateTransaction> list = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            list.add(transaction(i));
        }
        return new BlockTemplate(
                0x2000_0000L,
                tipHash(tip),
                HEIGHT + tip,
                0x207f_ffffL,
                1_700_000_000L,
                1_700_000_600L,
                SUBSIDY + FEE * transactions,
                true,
                weightLimit,
                80_000,
                list);
    }

    /// The same with another target.
    static BlockTemplate withBits(BlockTemplate template, long nBits) {
        return new BlockTemplate(
                template.version(),
                template.prevHash(),
                template.height(),
                nBits,
                template.minTime(),
                template.currentTime(),
                template.coinbaseValue(),
                template.segwit(),
                template.weightLimit(),
                template.sigopsLimit(),
                template.transactions());
    }

    static Hash256 tipHash(int tip) {
        return Hash256.fromDisplayHex("%064x".formatted(tip + 1));
    }

    static TemplateTransaction transaction(int number) {
        Transaction transaction = new Transaction(
                2,
                List.of(new TxIn(new OutPoint(tipHash(1000 + number), 0), Script.EMPTY, 0xffff_fffeL, Witness.OP_TRUE)),
                List.of(new TxOut(5000 + number, Script.P2WSH_OP_TRUE)),
                0);
        return new TemplateTransaction(
                RawTransaction.of(transaction.bytes()),
                transaction.txid(),
                transaction.wtxid(),
                FEE,
                transaction.weight(),
                0);
    }
}
