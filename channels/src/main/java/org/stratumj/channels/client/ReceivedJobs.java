package org.stratumj.channels.client;

import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningJob.StandardJob;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.wire.Bytes;

/// Reads jobs out of their messages.
final class ReceivedJobs {
    private ReceivedJobs() {}

    static StandardJob standard(NewMiningJob message, boolean versionRollingAllowed) {
        return new StandardJob(
                message.jobId(),
                message.version(),
                versionRollingAllowed,
                Hash256.of(message.merkleRoot().bytes()));
    }

    static ExtendedJob extended(NewExtendedMiningJob message, Bytes extranoncePrefix, int extranonceSize) {
        MerklePath path = new MerklePath(message.merklePath().stream()
                .map(sibling -> Hash256.of(sibling.bytes()))
                .toList());
        return new ExtendedJob(
                message.jobId(),
                message.version(),
                message.versionRollingAllowed(),
                path,
                coinbase(message),
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
}
