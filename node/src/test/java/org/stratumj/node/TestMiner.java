package org.stratumj.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.Witness;
import org.stratumj.bitcoin.WitnessCommitment;

/// Makes blocks of templates, the way a template provider's user does, and finds nonces for them.
public final class TestMiner {
    private static final long SEQUENCE = 0xfffffffeL;

    private TestMiner() {}

    /// A block of all of the template's transactions, with proof of work.
    public static Block mine(BlockTemplate template) {
        return withWork(block(template));
    }

    /// The same without proof of work.
    public static Block block(BlockTemplate template) {
        return block(template, transactions(template));
    }

    /// A block of these transactions instead; the coinbase takes the subsidy and the template's fees.
    public static Block block(BlockTemplate template, List<Transaction> transactions) {
        return block(template, coinbaseFor(template, transactions), transactions);
    }

    /// A block of these transactions with this coinbase.
    public static Block block(BlockTemplate template, Transaction coinbase, List<Transaction> transactions) {
        List<Transaction> all = new ArrayList<>(List.of(coinbase));
        all.addAll(transactions);
        Block block = new Block(header(template), all);
        return withRoot(block, block.computeMerkleRoot());
    }

    public static List<Transaction> transactions(BlockTemplate template) {
        return template.transactions().stream()
                .map(transaction -> transaction.raw().parse())
                .toList();
    }

    /// A coinbase that pays everything to P2WSH(OP_TRUE) and commits to these transactions.
    public static Transaction coinbaseFor(BlockTemplate template, List<Transaction> transactions) {
        List<Hash256> wtxids = transactions.stream().map(Transaction::wtxid).toList();
        return coinbase(
                template,
                List.of(new TxOut(template.coinbaseValue(), Script.P2WSH_OP_TRUE), WitnessCommitment.output(wtxids)));
    }

    public static Transaction coinbase(BlockTemplate template, List<TxOut> outputs) {
        return coinbase(template, extended(template.coinbasePrefix(), 8), outputs);
    }

    public static Transaction coinbase(BlockTemplate template, Script scriptSig, List<TxOut> outputs) {
        TxIn input = new TxIn(OutPoint.NULL, scriptSig, SEQUENCE, WitnessCommitment.COINBASE_WITNESS);
        return new Transaction(2, List.of(input), outputs, template.height() - 1L);
    }

    /// The script with zero bytes after it.
    public static Script extended(Script script, int count) {
        return Script.of(Arrays.copyOf(script.bytes(), script.size() + count));
    }

    /// Spends a P2WSH(OP_TRUE) coin to the same script.
    public static Transaction spend(OutPoint coin, long value) {
        return spend(coin, value, 0xfffffffdL, 0);
    }

    public static Transaction spend(OutPoint coin, long value, long sequence, long lockTime) {
        return new Transaction(
                2,
                List.of(new TxIn(coin, Script.EMPTY, sequence, Witness.OP_TRUE)),
                List.of(new TxOut(value, Script.P2WSH_OP_TRUE)),
                lockTime);
    }

    public static Block withHeader(Block block, BlockHeader header) {
        return new Block(header, block.transactions());
    }

    public static Block withRoot(Block block, Hash256 root) {
        BlockHeader h = block.header();
        return withHeader(block, new BlockHeader(h.version(), h.prevHash(), root, h.time(), h.nBits(), h.nonce()));
    }

    public static Block withTime(Block block, long time) {
        BlockHeader h = block.header();
        return withHeader(
                block, new BlockHeader(h.version(), h.prevHash(), h.merkleRoot(), time, h.nBits(), h.nonce()));
    }

    public static Block withVersion(Block block, long version) {
        BlockHeader h = block.header();
        return withHeader(
                block, new BlockHeader(version, h.prevHash(), h.merkleRoot(), h.time(), h.nBits(), h.nonce()));
    }

    public static Block withBits(Block block, long nBits) {
        BlockHeader h = block.header();
        return withHeader(
                block, new BlockHeader(h.version(), h.prevHash(), h.merkleRoot(), h.time(), nBits, h.nonce()));
    }

    public static Block withPrevious(Block block, Hash256 prevHash) {
        BlockHeader h = block.header();
        return withHeader(
                block, new BlockHeader(h.version(), prevHash, h.merkleRoot(), h.time(), h.nBits(), h.nonce()));
    }

    /// The block with the first nonce that meets the target of its `nBits`.
    public static Block withWork(Block block) {
        Target target = Target.fromCompact(block.header().nBits());
        return withNonce(block, target::isMetBy);
    }

    /// The block with the first nonce that does not.
    public static Block withoutWork(Block block) {
        Target target = Target.fromCompact(block.header().nBits());
        return withNonce(block, hash -> !target.isMetBy(hash));
    }

    public static RawBlock raw(Block block) {
        return RawBlock.of(block.bytes());
    }

    private static BlockHeader header(BlockTemplate template) {
        return new BlockHeader(
                template.version(), template.prevHash(), Hash256.ZERO, template.currentTime(), template.nBits(), 0);
    }

    private static Block withNonce(Block block, Predicate<Hash256> wanted) {
        BlockHeader h = block.header();
        for (long nonce = 0; ; nonce++) {
            BlockHeader tried = new BlockHeader(h.version(), h.prevHash(), h.merkleRoot(), h.time(), h.nBits(), nonce);
            if (wanted.test(tried.hash())) {
                return withHeader(block, tried);
            }
        }
    }
}
