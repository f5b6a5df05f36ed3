package org.stratumj.node.embedded;

import java.math.BigInteger;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Target;

/// The rules that differ between the chains that can be embedded. All soft forks up to taproot are in force from
/// height 1 on both.
public enum ChainProfile {
    /// `bitcoind -regtest`: every second hash is a block, for ever.
    REGTEST(Network.REGTEST, 0x207fffffL, false, 150, 1296688602, 2),
    /// `bitcoind -signet -signetchallenge=51`: a signet whose challenge is OP_TRUE, so that blocks need no
    /// signature. About 4.8 million hashes a block at first, then as mainnet's retarget says every 2016 blocks.
    SIGNET(Network.SIGNET, 0x1e0377aeL, true, 210_000, 1598918400, 52613770),
    /// As regtest, but a block takes 16,384 hashes on average, so that shares and blocks differ and yet both can be
    /// found by the thousand; no real node has such a chain. For simulations.
    SIMULATION(Network.REGTEST, 0x1f03ffffL, false, 210_000, 1296688602, 0);

    /// Blocks between two retargets.
    static final int RETARGET_INTERVAL = 2016;

    private static final long RETARGET_SECONDS = 14 * 24 * 60 * 60;
    private static final long FIRST_SUBSIDY = 50_0000_0000L;
    private static final Hash256 GENESIS_MERKLE_ROOT =
            Hash256.fromDisplayHex("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");

    private final Network network;
    private final long limitBits;
    private final boolean retargets;
    private final int halvingInterval;
    private final long genesisTime;
    private final long genesisNonce;

    ChainProfile(
            Network network,
            long limitBits,
            boolean retargets,
            int halvingInterval,
            long genesisTime,
            long genesisNonce) {
        this.network = network;
        this.limitBits = limitBits;
        this.retargets = retargets;
        this.halvingInterval = halvingInterval;
        this.genesisTime = genesisTime;
        this.genesisNonce = genesisNonce;
    }

    /// The network whose addresses and RPC names the chain uses.
    public Network network() {
        return network;
    }

    /// The easiest target a block may have.
    public Target limit() {
        return Target.fromCompact(limitBits);
    }

    /// Satoshis that the block at this height may create.
    public long subsidy(int height) {
        int halvings = height / halvingInterval;
        return halvings > 63 ? 0 : FIRST_SUBSIDY >> halvings;
    }

    BlockHeader genesis() {
        return new BlockHeader(1, Hash256.ZERO, GENESIS_MERKLE_ROOT, genesisTime, limitBits, genesisNonce);
    }

    /// Whether a block must have a witness commitment even without witnesses: a signet's signature is kept there.
    boolean commitmentRequired() {
        return network == Network.SIGNET;
    }

    /// The `nBits` of the block after `last`.
    long bitsAfter(ChainEntry last) {
        if (!retargets || (last.height() + 1) % RETARGET_INTERVAL != 0) {
            return last.header().nBits();
        }
        // One interval short: mainnet has always measured 2015 block times for 2016 blocks.
        ChainEntry first = last.ancestor(last.height() + 1 - RETARGET_INTERVAL);
        return retarget(
                last.header().nBits(), last.header().time() - first.header().time(), limit());
    }

    /// The `nBits` after an interval that took so many seconds: at most four times as hard or as easy as before.
    static long retarget(long nBits, long seconds, Target limit) {
        long counted = Math.clamp(seconds, RETARGET_SECONDS / 4, RETARGET_SECONDS * 4);
        BigInteger scaled = Target.fromCompact(nBits)
                .toBigInteger()
                .multiply(BigInteger.valueOf(counted))
                .divide(BigInteger.valueOf(RETARGET_SECONDS));
        return Target.of(scaled.min(limit.toBigInteger())).toCompact();
    }
}
