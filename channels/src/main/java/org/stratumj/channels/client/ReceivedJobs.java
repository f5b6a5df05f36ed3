package org.stratumj.channels.client;

import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningJob.StandardJob;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;

/// Reads jobs out of their messages.
final class ReceivedJobs {
    /// The largest coinbase, bytes: what the messages that carry a whole one have room for.
    static final int COINBASE_SIZE_MAX = Range.U16_MAX;

    /// Version, number of inputs, null outpoint, and the length of the scriptSig, which is one byte.
    private static final int SCRIPT_SIG_AT = 4 + 1 + 36 + 1;

    private ReceivedJobs() {}

    static StandardJob standard(NewMiningJob message, boolean versionRollingAllowed) {
        return new StandardJob(
                message.jobId(),
                message.version(),
                versionRollingAllowed,
                Hash256.of(message.merkleRoot().bytes()));
    }

    /// The job on a channel with extranonces of this layout.
    ///
    /// @throws PeerViolationException if its coinbase cannot be one
    static ExtendedJob extended(NewExtendedMiningJob message, Bytes extranoncePrefix, int extranonceSize) {
        CoinbaseParts coinbase = coinbase(message);
        checkCoinbase(message.jobId(), coinbase, extranoncePrefix.concat(Bytes.of(new byte[extranonceSize])));
        MerklePath path = new MerklePath(message.merklePath().stream()
                .map(sibling -> Hash256.of(sibling.bytes()))
                .toList());
        return new ExtendedJob(
                message.jobId(),
                message.version(),
                message.versionRollingAllowed(),
                path,
                coinbase,
                extranoncePrefix,
                extranonceSize);
    }

    /// Some servers forget to strip the BIP141 fields (05 §5.3.16), without which no share would be good.
    private static CoinbaseParts coinbase(NewExtendedMiningJob message) {
        byte[] prefix = message.coinbaseTxPrefix().bytes();
        if (!Coinbase.hasWitnessMarker(prefix)) {
            return new CoinbaseParts(message.coinbaseTxPrefix(), message.coinbaseTxSuffix(), false);
        }
        try {
            byte[] suffix = message.coinbaseTxSuffix().bytes();
            return new CoinbaseParts(
                    Bytes.of(Coinbase.stripPrefix(prefix)), Bytes.of(Coinbase.stripSuffix(suffix)), true);
        } catch (BitcoinFormatException e) {
            throw new PeerViolationException("the coinbase of job " + message.jobId() + " has half of a witness", e);
        }
    }

    /// A block with any other coinbase is invalid, so its shares are worth nothing. The extranonce has to lie within
    /// the scriptSig, or rolling it would change what the transaction is. Spec: 05 §5.1.2.1, §5.3.16.
    private static void checkCoinbase(long jobId, CoinbaseParts parts, Bytes extranonce) {
        int size = parts.prefix().size() + extranonce.size() + parts.suffix().size();
        if (size > COINBASE_SIZE_MAX) {
            throw broken(jobId, "takes " + size + " bytes, more than " + COINBASE_SIZE_MAX, null);
        }
        Script scriptSig =
                coinbase(jobId, parts, extranonce).inputs().getFirst().scriptSig();
        if (scriptSig.size() < Coinbase.SCRIPT_SIG_MIN || scriptSig.size() > Coinbase.SCRIPT_SIG_MAX) {
            throw broken(jobId, "has a scriptSig of " + scriptSig.size() + " bytes, not 2 to 100", null);
        }
        int start = parts.prefix().size();
        if (start < SCRIPT_SIG_AT || start + extranonce.size() > SCRIPT_SIG_AT + scriptSig.size()) {
            throw broken(jobId, "has its extranonce outside the scriptSig", null);
        }
    }

    private static Transaction coinbase(long jobId, CoinbaseParts parts, Bytes extranonce) {
        try {
            Transaction coinbase = Transaction.parse(parts.stripped(extranonce));
            if (!coinbase.isCoinbase() || coinbase.outputs().isEmpty() || coinbase.hasWitness()) {
                throw broken(jobId, "does not have one null input, outputs, and no witness", null);
            }
            return coinbase;
        } catch (BitcoinFormatException e) {
            throw broken(jobId, "with an extranonce of " + extranonce.size() + " bytes is no transaction", e);
        }
    }

    private static PeerViolationException broken(long jobId, String what, @Nullable Throwable cause) {
        String detail = cause == null ? "" : ": " + cause.getMessage();
        return new PeerViolationException("the coinbase of job " + jobId + " " + what + detail, cause);
    }
}
