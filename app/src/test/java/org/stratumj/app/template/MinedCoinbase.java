package org.stratumj.app.template;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;

/// What a pool makes of NewTemplate and SetNewPrevHash, from nothing but the two messages.
final class MinedCoinbase {
    private MinedCoinbase() {}

    /// A solution that meets the target (or, on purpose, one that misses it), found by counting up the nonce.
    static SubmitSolution solve(NewTemplate template, SetNewPrevHash prevHash, boolean meetsTarget) {
        return solve(template, prevHash, meetsTarget, 0);
    }

    /// The same with the first nonce to try.
    static SubmitSolution solve(NewTemplate template, SetNewPrevHash prevHash, boolean meetsTarget, long firstNonce) {
        Transaction coinbase = coinbase(template);
        Hash256 root = new MerklePath(template.merklePath().stream()
                        .map(sibling -> Hash256.of(sibling.bytes()))
                        .toList())
                .root(coinbase.txid());
        Target target = Target.ofLittleEndian(prevHash.target().bytes());
        for (long nonce = firstNonce; ; nonce++) {
            BlockHeader header = new BlockHeader(
                    template.version(),
                    Hash256.of(prevHash.prevHash().bytes()),
                    root,
                    prevHash.headerTimestamp(),
                    prevHash.nBits(),
                    nonce);
            if (target.isMetBy(header.hash()) == meetsTarget) {
                return new SubmitSolution(
                        template.templateId(), header.version(), header.time(), nonce, Bytes.of(coinbase.bytes()));
            }
        }
    }

    /// Pays everything to one output; the template's outputs come last.
    static Transaction coinbase(NewTemplate template) {
        ByteArrayOutputStream scriptSig = new ByteArrayOutputStream();
        scriptSig.writeBytes(template.coinbasePrefix().bytes());
        scriptSig.writeBytes(new byte[] {4, 's', 't', 'j', '1'});
        List<TxOut> outputs = new ArrayList<>();
        outputs.add(new TxOut(template.coinbaseTxValueRemaining(), Script.P2WSH_OP_TRUE));
        if (template.coinbaseTxOutputsCount() == 1) {
            outputs.add(TxOut.parse(template.coinbaseTxOutputs().bytes()));
        }
        TxIn input = new TxIn(
                OutPoint.NULL,
                Script.of(scriptSig.toByteArray()),
                template.coinbaseTxInputSequence(),
                WitnessCommitment.COINBASE_WITNESS);
        return new Transaction(template.coinbaseTxVersion(), List.of(input), outputs, template.coinbaseTxLocktime());
    }
}
