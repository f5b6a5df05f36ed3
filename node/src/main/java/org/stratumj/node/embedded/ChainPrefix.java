package org.stratumj.node.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerkleTree;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;

/// The first blocks of an embedded chain, the same in every process, with coins in them that are mature. All but
/// their nonces follows from their heights. On regtest the nonces are searched anew, a couple of hashes each;
/// those of the others, five million hashes each on signet, are in a resource, one per line in hexadecimal, which
/// `PrefixMiner` in the tests of this module writes.
final class ChainPrefix {
    /// Blocks after genesis: the coinbases of the first 28 are mature at the end.
    static final int BLOCKS = 128;

    /// 2025-01-01T00:00:00Z, the time of the last block; those before it are ten minutes apart, so that it is
    /// always in the past and a retarget finds nothing odd in it.
    private static final long LAST_BLOCK_TIME = 1735689600;

    private static final long SECONDS_PER_BLOCK = 600;
    private static final long VERSION = 0x20000000L;
    private static final long COINBASE_SEQUENCE = 0xfffffffeL;

    private ChainPrefix() {}

    /// The blocks from height 1 on.
    static List<HashedBlock> blocks(ChainProfile profile) {
        if (profile == ChainProfile.REGTEST) {
            return blocks(profile, ChainPrefix::search);
        }
        List<HashedBlock> blocks = new ArrayList<>();
        for (long nonce : nonces(profile)) {
            blocks.add(next(profile, blocks, header -> nonce));
        }
        return blocks;
    }

    /// The blocks from height 1 on, with the nonces that `miner` finds for their headers.
    static List<HashedBlock> blocks(ChainProfile profile, ToLongFunction<BlockHeader> miner) {
        List<HashedBlock> blocks = new ArrayList<>();
        while (blocks.size() < BLOCKS) {
            blocks.add(next(profile, blocks, miner));
        }
        return blocks;
    }

    private static HashedBlock next(ChainProfile profile, List<HashedBlock> before, ToLongFunction<BlockHeader> miner) {
        int height = before.size() + 1;
        Hash256 prevHash =
                before.isEmpty() ? profile.genesis().hash() : before.getLast().hash();
        Transaction coinbase = coinbase(height, profile.subsidy(height));
        BlockHeader header = new BlockHeader(
                VERSION,
                prevHash,
                MerkleTree.root(List.of(coinbase.txid())),
                LAST_BLOCK_TIME - SECONDS_PER_BLOCK * (BLOCKS - height),
                profile.genesis().nBits(),
                0);
        return HashedBlock.of(new Block(withNonce(header, miner.applyAsLong(header)), List.of(coinbase)));
    }

    private static Transaction coinbase(int height, long value) {
        byte[] push = Coinbase.heightPush(height).bytes();
        // One byte more, since the push of a small height is shorter than a coinbase's scriptSig may be.
        byte[] scriptSig = Arrays.copyOf(push, push.length + 1);
        TxIn input =
                new TxIn(OutPoint.NULL, Script.of(scriptSig), COINBASE_SEQUENCE, WitnessCommitment.COINBASE_WITNESS);
        List<TxOut> outputs = List.of(new TxOut(value, Script.P2WSH_OP_TRUE), WitnessCommitment.output(List.of()));
        return new Transaction(2, List.of(input), outputs, height - 1);
    }

    private static long search(BlockHeader header) {
        Target target = Target.fromCompact(header.nBits());
        long nonce = 0;
        while (!target.isMetBy(withNonce(header, nonce).hash())) {
            nonce++;
        }
        return nonce;
    }

    private static BlockHeader withNonce(BlockHeader header, long nonce) {
        return new BlockHeader(
                header.version(), header.prevHash(), header.merkleRoot(), header.time(), header.nBits(), nonce);
    }

    private static List<Long> nonces(ChainProfile profile) {
        String resource = profile.name().toLowerCase(Locale.ROOT) + "-prefix-nonces.txt";
        try (InputStream in = ChainPrefix.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> Long.parseLong(line, 16))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
