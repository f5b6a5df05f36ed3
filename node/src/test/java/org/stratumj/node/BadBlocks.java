package org.stratumj.node;

import static org.stratumj.node.TestMiner.block;
import static org.stratumj.node.TestMiner.coinbase;
import static org.stratumj.node.TestMiner.coinbaseFor;
import static org.stratumj.node.TestMiner.extended;
import static org.stratumj.node.TestMiner.spend;
import static org.stratumj.node.TestMiner.withBits;
import static org.stratumj.node.TestMiner.withPrevious;
import static org.stratumj.node.TestMiner.withRoot;
import static org.stratumj.node.TestMiner.withTime;
import static org.stratumj.node.TestMiner.withVersion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;
import org.stratumj.bitcoin.WitnessCommitment;

/// Blocks that break one rule each, with the reason for which Bitcoin Core refuses them. Every backend's node is
/// asked the same: what the embedded chain takes, a real node must take.
///
/// @param name   what is wrong
/// @param reason how the answer to `submitblock` begins
/// @param proposable whether a proposal is refused for it too
/// @param maker  makes the block, without a nonce yet
public record BadBlocks(String name, String reason, boolean proposable, Function<Scene, Block> maker) {
    private static final long MONEY_MAX = 21_000_000_0000_0000L;
    private static final long MANY = 20_001;

    /// What bad blocks are made from: a template of a regtest node without transactions in it, and coins.
    ///
    /// @param coins    mature P2WSH(OP_TRUE) coins, at least two
    /// @param immature the coinbase output of the block before, P2WSH(OP_TRUE) too
    /// @param now      the node's time, seconds since the Unix epoch
    public record Scene(BlockTemplate template, List<NodeBackendContract.TestCoin> coins, OutPoint immature, long now) {
        Block with(Transaction... transactions) {
            return block(template, List.of(transactions));
        }

        Block withOutputs(TxOut... outputs) {
            return block(template, coinbase(template, List.of(outputs)), List.of());
        }

        Transaction spendFirst() {
            return coins.get(0).spendWithFee(0);
        }

        Transaction spendSecond() {
            return coins.get(1).spendWithFee(0);
        }

        TxOut pay(long satoshis) {
            return new TxOut(satoshis, Script.P2WSH_OP_TRUE);
        }

        TxOut commitment() {
            return WitnessCommitment.output(List.of());
        }
    }

    /// All of them.
    public static List<BadBlocks> all() {
        List<BadBlocks> all = new ArrayList<>(headers());
        all.addAll(coinbases());
        all.addAll(witnesses());
        all.addAll(limits());
        all.addAll(transactions());
        return all;
    }

    private static List<BadBlocks> headers() {
        return List.of(
                bad(
                        "unknown parent",
                        "prev-blk-not-found",
                        false,
                        scene -> withPrevious(scene.with(), Hash256.fromDisplayHex("01".repeat(32)))),
                bad("harder target than the chain's", "bad-diffbits", scene -> withBits(scene.with(), 0x207ffffeL)),
                bad(
                        "time at the median of the last eleven",
                        "time-too-old",
                        scene -> withTime(scene.with(), scene.template.minTime() - 1)),
                bad(
                        "time more than two hours ahead",
                        "time-too-new",
                        scene -> withTime(scene.with(), scene.now + 2 * 60 * 60 + 60)),
                bad("version below the soft forks", "bad-version(0x00000003)", scene -> withVersion(scene.with(), 3)),
                bad(
                        "merkle root of other transactions",
                        "bad-txnmrklroot",
                        scene -> withRoot(scene.with(), Hash256.ZERO)),
                bad("last transaction repeated under the same root", "bad-txns-duplicate", scene -> {
                    Block three = scene.with(scene.spendFirst(), scene.spendSecond());
                    List<Transaction> four = new ArrayList<>(three.transactions());
                    four.add(four.getLast());
                    return new Block(three.header(), four);
                }));
    }

    private static List<BadBlocks> coinbases() {
        return List.of(
                bad("no coinbase", "bad-cb-missing", scene -> block(scene.template, scene.spendFirst(), List.of())),
                bad(
                        "two coinbases",
                        "bad-cb-multiple",
                        scene -> scene.with(coinbase(scene.template, List.of(scene.commitment())))),
                bad(
                        "scriptSig of 101 bytes",
                        "bad-cb-length",
                        scene -> withScriptSig(
                                scene,
                                extended(
                                        scene.template.coinbasePrefix(),
                                        101 - scene.template.coinbasePrefix().size()))),
                bad("scriptSig of one byte", "bad-cb-length", scene -> withScriptSig(scene, Script.ofHex("51"))),
                bad(
                        "another height",
                        "bad-cb-height",
                        scene -> withScriptSig(scene, extended(Coinbase.heightPush(scene.template.height() + 1), 4))),
                bad(
                        "height in a longer form",
                        "bad-cb-height",
                        scene -> withScriptSig(
                                scene,
                                Script.ofHex("04%02x%02x0000"
                                        .formatted(scene.template.height() & 0xff, scene.template.height() >> 8)))),
                bad(
                        "one satoshi too many",
                        "bad-cb-amount",
                        scene -> scene.withOutputs(scene.pay(scene.template.coinbaseValue() + 1), scene.commitment())),
                bad(
                        "fees of a transaction that has none",
                        "bad-cb-amount",
                        scene -> block(
                                scene.template,
                                coinbase(
                                        scene.template,
                                        List.of(
                                                scene.pay(scene.template.coinbaseValue() + 1),
                                                WitnessCommitment.output(List.of(
                                                        scene.spendFirst().wtxid())))),
                                List.of(scene.spendFirst()))),
                bad(
                        "negative output",
                        "bad-txns-vout-negative",
                        scene -> scene.withOutputs(scene.pay(-1), scene.commitment())),
                bad(
                        "output above all money",
                        "bad-txns-vout-toolarge",
                        scene -> scene.withOutputs(scene.pay(MONEY_MAX + 1), scene.commitment())),
                bad(
                        "outputs together above all money",
                        "bad-txns-txouttotal-toolarge",
                        scene -> scene.withOutputs(scene.pay(MONEY_MAX), scene.pay(1), scene.commitment())));
    }

    private static List<BadBlocks> witnesses() {
        return List.of(
                bad(
                        "commitment to other transactions",
                        "bad-witness-merkle-match",
                        scene -> block(
                                scene.template,
                                coinbase(scene.template, List.of(WitnessCommitment.output(List.of(Hash256.ZERO)))),
                                List.of())),
                bad(
                        "commitment to the transactions in another order",
                        "bad-witness-merkle-match",
                        scene -> block(
                                scene.template,
                                coinbaseFor(scene.template, List.of(scene.spendSecond(), scene.spendFirst())),
                                List.of(scene.spendFirst(), scene.spendSecond()))),
                bad(
                        "witness without commitment",
                        "unexpected-witness",
                        scene -> block(
                                scene.template,
                                coinbase(scene.template, List.of(scene.pay(1))),
                                List.of(scene.spendFirst()))),
                bad(
                        "reserved value of 31 bytes",
                        "bad-witness-nonce-size",
                        scene -> withReservedValue(scene, Witness.of(new byte[31]))),
                bad(
                        "two reserved values",
                        "bad-witness-nonce-size",
                        scene -> withReservedValue(scene, Witness.of(new byte[32], new byte[32]))));
    }

    private static List<BadBlocks> limits() {
        return List.of(
                bad(
                        "more than a million bytes without witnesses",
                        "bad-blk-length",
                        scene -> scene.withOutputs(scene.commitment(), new TxOut(0, Script.of(new byte[1_000_000])))),
                bad(
                        "more than four million weight units",
                        "bad-blk-weight",
                        scene -> scene.with(
                                withWitness(scene.spendFirst(), Witness.of(new byte[3_999_000], new byte[] {0x51})))),
                bad("more than 20,000 signature operations", "bad-blk-sigops", scene -> {
                    byte[] script = new byte[(int) MANY];
                    Arrays.fill(script, (byte) 0xac);
                    return scene.withOutputs(scene.commitment(), new TxOut(0, Script.of(script)));
                }));
    }

    private static List<BadBlocks> transactions() {
        return List.of(
                bad(
                        "no outputs",
                        "bad-txns-vout-empty",
                        scene -> scene.with(withOutputs(scene.spendFirst(), List.of()))),
                bad("the same coin twice in one transaction", "bad-txns-inputs-duplicate", scene -> {
                    TxIn input = scene.spendFirst().inputs().getFirst();
                    return scene.with(withInputs(scene.spendFirst(), List.of(input, input)));
                }),
                bad("null input beside another", "bad-txns-prevout-null", scene -> {
                    TxIn input = scene.spendFirst().inputs().getFirst();
                    TxIn nothing = new TxIn(OutPoint.NULL, Script.EMPTY, 0, Witness.EMPTY);
                    return scene.with(withInputs(scene.spendFirst(), List.of(input, nothing)));
                }),
                bad(
                        "coin that never was",
                        "bad-txns-inputs-missingorspent",
                        scene -> scene.with(spend(new OutPoint(Hash256.ZERO, 0), 1))),
                bad(
                        "coin spent twice in the block",
                        "bad-txns-inputs-missingorspent",
                        scene -> scene.with(
                                scene.spendFirst(), scene.coins.getFirst().spendWithFee(1))),
                bad(
                        "child before its parent",
                        "bad-txns-inputs-missingorspent",
                        scene ->
                                scene.with(spend(new OutPoint(scene.spendFirst().txid(), 0), 1), scene.spendFirst())),
                bad(
                        "coinbase spent too soon",
                        "bad-txns-premature-spend-of-coinbase",
                        scene -> scene.with(spend(scene.immature, 1))),
                bad(
                        "outputs worth more than the inputs",
                        "bad-txns-in-belowout",
                        scene -> scene.with(scene.coins.getFirst().spendWithFee(-1))),
                bad(
                        "lock time at the block's height",
                        "bad-txns-nonfinal",
                        scene -> scene.with(scene.coins.getFirst().spendLocked(0xfffffffeL, scene.template.height()))),
                bad(
                        "lock time after the median time",
                        "bad-txns-nonfinal",
                        scene -> scene.with(scene.coins.getFirst().spendLocked(0xfffffffeL, scene.template.minTime()))),
                bad(
                        "relative lock of more blocks than there are",
                        "bad-txns-nonfinal",
                        scene -> scene.with(scene.coins.getFirst().spendLocked(0xffffL, 0))),
                bad(
                        "relative lock on a coin of the same block",
                        "bad-txns-nonfinal",
                        scene -> scene.with(
                                scene.spendFirst(),
                                spend(new OutPoint(scene.spendFirst().txid(), 0), 1, 1, 0))),
                bad(
                        "witness of another script",
                        "mandatory-script-verify-flag-failed",
                        scene -> scene.with(withWitness(scene.spendFirst(), Witness.of(new byte[] {0x52})))),
                bad(
                        "no witness",
                        "mandatory-script-verify-flag-failed",
                        scene -> scene.with(withWitness(scene.spendFirst(), Witness.EMPTY))),
                bad(
                        "one witness item too many",
                        "mandatory-script-verify-flag-failed",
                        scene -> scene.with(
                                withWitness(scene.spendFirst(), Witness.of(new byte[] {1}, new byte[] {0x51})))),
                bad("scriptSig beside the witness", "mandatory-script-verify-flag-failed", scene -> {
                    TxIn input = scene.spendFirst().inputs().getFirst();
                    TxIn odd = new TxIn(input.previous(), Script.ofHex("51"), input.sequence(), input.witness());
                    return scene.with(withInputs(scene.spendFirst(), List.of(odd)));
                }));
    }

    private static BadBlocks bad(String name, String reason, Function<Scene, Block> maker) {
        return bad(name, reason, true, maker);
    }

    private static BadBlocks bad(String name, String reason, boolean proposable, Function<Scene, Block> maker) {
        return new BadBlocks(name, reason, proposable, maker);
    }

    private static Block withScriptSig(Scene scene, Script scriptSig) {
        return block(scene.template, coinbase(scene.template, scriptSig, List.of(scene.commitment())), List.of());
    }

    private static Block withReservedValue(Scene scene, Witness witness) {
        Transaction coinbase = coinbase(scene.template, List.of(scene.commitment()));
        return block(scene.template, withWitness(coinbase, witness), List.of());
    }

    private static Transaction withWitness(Transaction transaction, Witness witness) {
        return withInputs(
                transaction,
                Collections.singletonList(transaction.inputs().getFirst().withWitness(witness)));
    }

    private static Transaction withInputs(Transaction transaction, List<TxIn> inputs) {
        return new Transaction(transaction.version(), inputs, transaction.outputs(), transaction.lockTime());
    }

    private static Transaction withOutputs(Transaction transaction, List<TxOut> outputs) {
        return new Transaction(transaction.version(), transaction.inputs(), outputs, transaction.lockTime());
    }

    @Override
    public String toString() {
        return name + ": " + reason;
    }
}
