package org.stratumj.node.embedded;

import java.util.List;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.CompactSize;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerkleTree;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.SigOps;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.Witness;
import org.stratumj.bitcoin.WitnessCommitment;

/// What a block must be like, apart from the coins it spends. The order of the checks is Bitcoin Core's, so that
/// a block that breaks several rules is refused for the same one.
final class BlockRules {
    private static final long FUTURE_SECONDS_MAX = 2 * 60 * 60;
    private static final int VERSION_MIN = 4;

    private BlockRules() {}

    /// Proof of work for the block's own `nBits`, within the limit of the chain.
    static void checkProofOfWork(HashedBlock block, ChainProfile profile) {
        RuleViolation.check(meetsOwnTarget(block, profile), "high-hash");
        boolean signable = !profile.commitmentRequired()
                || WitnessCommitment.find(block.block().coinbase()).isPresent();
        RuleViolation.check(signable, "bad-signet-blksig");
    }

    /// Checks everything that needs no other block; proof of work aside.
    static void checkAlone(HashedBlock hashed) {
        Block block = hashed.block();
        RuleViolation.check(
                MerkleTree.root(hashed.txids()).equals(block.header().merkleRoot()), "bad-txnmrklroot");
        RuleViolation.check(!MerkleTree.isMutated(hashed.txids()), "bad-txns-duplicate");
        RuleViolation.check(
                (long) Transaction.WITNESS_SCALE * strippedSize(block) <= Block.WEIGHT_MAX, "bad-blk-length");
        List<Transaction> transactions = block.transactions();
        RuleViolation.check(transactions.getFirst().isCoinbase(), "bad-cb-missing");
        RuleViolation.check(transactions.stream().skip(1).noneMatch(Transaction::isCoinbase), "bad-cb-multiple");
        transactions.forEach(TransactionRules::check);
        int sigops = transactions.stream().mapToInt(SigOps::legacyCost).sum();
        RuleViolation.check(sigops <= Block.SIGOPS_MAX, "bad-blk-sigops");
    }

    /// Checks the header against the chain before it.
    ///
    /// @param now seconds since the Unix epoch
    static void checkHeader(BlockHeader header, ChainEntry previous, ChainProfile profile, long now) {
        RuleViolation.check(header.nBits() == profile.bitsAfter(previous), "bad-diffbits");
        RuleViolation.check(header.time() > previous.medianTimePast(), "time-too-old");
        RuleViolation.check(header.time() <= now + FUTURE_SECONDS_MAX, "time-too-new");
        // The version is a signed number: the top bit makes it too small.
        RuleViolation.check((int) header.version() >= VERSION_MIN, "bad-version(0x%08x)".formatted(header.version()));
    }

    /// Checks the body against the chain before it.
    static void checkBody(Block block, ChainEntry previous) {
        int height = previous.height() + 1;
        long time = previous.medianTimePast();
        for (Transaction transaction : block.transactions()) {
            RuleViolation.check(TransactionRules.isFinal(transaction, height, time), "bad-txns-nonfinal");
        }
        Script scriptSig = block.coinbase().inputs().getFirst().scriptSig();
        RuleViolation.check(scriptSig.startsWith(Coinbase.heightPush(height)), "bad-cb-height");
        checkWitness(block);
        RuleViolation.check(block.weight() <= Block.WEIGHT_MAX, "bad-blk-weight");
    }

    private static void checkWitness(Block block) {
        Transaction coinbase = block.coinbase();
        int position = WitnessCommitment.find(coinbase).orElse(-1);
        if (position < 0) {
            if (block.transactions().stream().anyMatch(Transaction::hasWitness)) {
                throw RuleViolation.ofMutation("unexpected-witness");
            }
            return;
        }
        Witness witness = coinbase.inputs().getFirst().witness();
        if (witness.size() != 1 || witness.item(0).length != Hash256.SIZE) {
            throw RuleViolation.ofMutation("bad-witness-nonce-size");
        }
        List<Hash256> wtxids =
                block.transactions().stream().skip(1).map(Transaction::wtxid).toList();
        Hash256 expected = WitnessCommitment.hash(wtxids, Hash256.of(witness.item(0)));
        Script commitment = coinbase.outputs().get(position).script();
        if (!WitnessCommitment.committedHash(commitment).equals(expected)) {
            throw RuleViolation.ofMutation("bad-witness-merkle-match");
        }
    }

    private static boolean meetsOwnTarget(HashedBlock block, ChainProfile profile) {
        try {
            Target target = Target.fromCompact(block.block().header().nBits());
            return !target.equals(Target.ZERO)
                    && target.compareTo(profile.limit()) <= 0
                    && target.isMetBy(block.hash());
        } catch (BitcoinFormatException negativeOrTooLarge) {
            return false;
        }
    }

    private static int strippedSize(Block block) {
        int size = BlockHeader.SIZE + CompactSize.size(block.transactions().size());
        for (Transaction transaction : block.transactions()) {
            size += transaction.strippedSize();
        }
        return size;
    }
}
