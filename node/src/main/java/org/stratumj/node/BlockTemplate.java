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
/// @param height        height of the block to mine, at least 1
/// @param nBits         target in compact form, U32; not zero
/// @param minTime       smallest header time that is valid, seconds since the Unix epoch, U32
/// @param currentTime   header time to begin with, U32
/// @param coinbaseValue most that the coinbase may pay: subsidy and fees, in satoshis; at most all coins there are
/// @param segwit        whether SegWit is in force, so that the coinbase carries a witness commitment
/// @param weightLimit   most weight of the whole block
/// @param sigopsLimit   most signature operations of the whole block, scaled
/// @param transactions  in block order, each after those it spends from, the least wanted last; without the
///     coinbase, with fees that the coinbase value covers, and without witnesses before SegWit
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
    private static final long MONEY_MAX = 21_000_000L * 1_0000_0000L;
    private static final long U32_MAX = 0xffff_ffffL;

    /// Copies the list and checks what can be checked without the chain.
    public BlockTemplate {
        transactions = List.copyOf(transactions);
        check("version", version, 0, U32_MAX);
        check("height", height, 1, Integer.MAX_VALUE);
        check("mintime", minTime, 0, U32_MAX);
        check("curtime", currentTime, 0, U32_MAX);
        check("coinbasevalue", coinbaseValue, 0, MONEY_MAX);
        check("weightlimit", weightLimit, 0, Integer.MAX_VALUE);
        check("sigoplimit", sigopsLimit, 0, Integer.MAX_VALUE);
        if (Target.fromCompact(nBits).equals(Target.ZERO)) {
            throw new IllegalArgumentException("bits %08x are a target of zero, which no hash meets".formatted(nBits));
        }
        long left = coinbaseValue;
        for (TemplateTransaction transaction : transactions) {
            left -= transaction.fee();
            if (left < 0) {
                throw new IllegalArgumentException("coinbasevalue " + coinbaseValue + " does not cover the fees");
            }
            if (!segwit && !transaction.txid().equals(transaction.wtxid())) {
                throw new IllegalArgumentException(
                        "transaction " + transaction.txid() + " has a witness, and segwit is not in force");
            }
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

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s %d is not within %d..%d".formatted(name, value, min, max));
        }
    }
}
