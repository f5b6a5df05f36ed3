package org.stratumj.app.proxy;

import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Script;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.protocol.wire.Bytes;

/// The tip of the chain as jobs tell of it.
///
/// @param height of the tip, 0 if the coinbase of the job does not say
record ChainHead(long height, Hash256 hash) {
    /// Version, number of inputs, previous output, and the length of the scriptSig, which is one byte up to 252.
    private static final int SCRIPT_SIG_AT = 4 + 1 + 36 + 1;

    /// The tip that this work builds on. Its coinbase begins with the height of the next block (BIP34).
    static ChainHead of(MiningWork work) {
        long next =
                work.job() instanceof ExtendedJob job ? height(job.coinbase().prefix()) : 0;
        return new ChainHead(Math.max(0, next - 1), work.tip().prevHash());
    }

    private static long height(Bytes coinbasePrefix) {
        return coinbasePrefix.size() <= SCRIPT_SIG_AT
                ? 0
                : Coinbase.height(Script.of(coinbasePrefix
                                .slice(SCRIPT_SIG_AT, coinbasePrefix.size())
                                .bytes()))
                        .orElse(0);
    }
}
