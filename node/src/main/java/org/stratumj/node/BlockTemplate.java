package org.stratumj.node;

import java.util.List;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;

/// A block to mine: everything but the coinbase, the time and the nonce. Immutable.
///
/// @param version       header version, U32; a miner may roll the general-purpose bits
/// @param prevHash      id of the block to build on
/// @param height        height of the block to mine
/// @param nBits         target in compact form, U32
/// @param minTime       smallest header time that is valid, seconds since the Unix epoch
/// @param currentTime   header time to begin with
/// @param coinbaseValue most that the coinbase may pay: subsidy and fees, in satoshis
/// @param segwit        whether SegWit is in force, so that the coinbase carries a witness commitment
/// @param weightLimit   most weight of the whole block
/// @param sigopsLimit   most signature operations of the whole block, scaled
/// @param transactions  in block order, each after those it spends from, the least wanted last; without the
///     coinbase
public record BlockTemplate(
        long version,
        Hash256 prevHash,
        int height,
        long nBits,
        long minTime,
        long currentTime,
        long coinbaseValue,
        boolean segwit,
        int weightLimit,
        int sigopsLimit,
        List<TemplateTransaction> transactions) {
    /// Copies the list and checks what can be checked without the chain.
    public BlockTemplate {
        transactions = List.copyOf(transactions);
        if (height < 1) {
            throw new IllegalArgumentException("the first block to mine has height 1, not " + height);
        }
        if (coinbaseValue < 0) {
            throw new IllegalArgumentException("the coinbase value is not negative: " + coinbaseValue);
        }
    }

    /// This template with transactions dropped from its end, and their fees from the coinbase value, until the
    /// rest leaves the reserve free. Dropping the end orphans nothing, since no transaction stands before one it
    /// spends from.
    ///
    /// @throws IllegalArgumentException if even a block without transactions would not leave it free
    public BlockTemplate withReserved(CoinbaseReserve reserve) {
        long weight = reserve.weight();
        long sigops = reserve.sigops();
        if (weight > weightLimit || sigops > sigopsLimit) {
            throw new IllegalArgumentException("a block has %d weight units and %d sigops, fewer than %s"
                    .formatted(weightLimit, sigopsLimit, reserve));
        }
        int kept = 0;
        for (TemplateTransaction transaction : transactions) {
            weight += transaction.weight();
            sigops += transaction.sigops();
            if (weight > weightLimit || sigops > sigopsLimit) {
                break;
            }
            kept++;
        }
        return kept == transactions.size() ? this : withFirst(kept);
    }

    /// This template with its first `count` transactions only, and without the fees of the others.
    ///
    /// @throws IllegalArgumentException if there are not as many
    public BlockTemplate withFirst(int count) {
        if (count < 0 || count > transactions.size()) {
            throw new IllegalArgumentException(
                    "there are %d transactions, not %d".formatted(transactions.size(), count));
        }
        long dropped = transactions.stream()
                .skip(count)
                .mapToLong(TemplateTransaction::fee)
                .sum();
        return new BlockTemplate(
                version,
                prevHash,
                height,
                nBits,
                minTime,
                currentTime,
                coinbaseValue - dropped,
                segwit,
                weightLimit,
                sigopsLimit,
                transactions.subList(0, count));
    }

    /// What [#nBits] stands for.
    public Target target() {
        return Target.fromCompact(nBits);
    }

    /// Fees of all transactions, in satoshis.
    public long fees() {
        return transactions.stream().mapToLong(TemplateTransaction::fee).sum();
    }

    /// What the coinbase's scriptSig has to begin with: the height (BIP34). At most 5 bytes.
    public Script coinbasePrefix() {
        return Coinbase.heightPush(height);
    }

    /// Outputs that the coinbase must have: the witness commitment, or none before SegWit. Computed on each call.
    public List<TxOut> requiredOutputs() {
        if (!segwit) {
            return List.of();
        }
        return List.of(WitnessCommitment.output(
                transactions.stream().map(TemplateTransaction::wtxid).toList()));
    }

    /// The merkle path of the coinbase. Computed on each call.
    public MerklePath merklePath() {
        return MerklePath.of(
                transactions.stream().map(TemplateTransaction::txid).toList());
    }

    /// The block of this template with a header and a coinbase; nothing is checked.
    ///
    /// @param coinbase with its BIP141 fields if the template has SegWit
    public RawBlock block(BlockHeader header, RawTransaction coinbase) {
        return RawBlock.of(
                header,
                coinbase,
                transactions.stream().map(TemplateTransaction::raw).toList());
    }
}
