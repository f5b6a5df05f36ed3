package org.stratumj.app.template;

import java.util.List;
import java.util.Optional;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.node.BlockTemplate;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// A node's template as clients know it: under an id, and as the messages of the Template Distribution
/// Protocol. Immutable, shared by all clients with the same room in their coinbase. Spec: 07 §7.2.
///
/// The coinbase is one that Bitcoin Core would make: version 2, the lock time one below the height and a
/// sequence that puts it in force (BIP54), so that no two coinbases have the same id.
final class ProvidedTemplate {
    static final long COINBASE_VERSION = 2;
    static final long COINBASE_SEQUENCE = 0xffff_fffeL;

    private final TemplateId id;
    private final BlockTemplate template;
    private final MerklePath merklePath;
    private final List<TxOut> outputs;

    /// Maps `template`; hashes all of its transactions' ids.
    ///
    /// @param template with the client's room already left free
    ProvidedTemplate(TemplateId id, BlockTemplate template) {
        this(id, template, template.merklePath(), template.requiredOutputs());
    }

    private ProvidedTemplate(TemplateId id, BlockTemplate template, MerklePath merklePath, List<TxOut> outputs) {
        this.id = id;
        this.template = template;
        this.merklePath = merklePath;
        this.outputs = outputs;
    }

    /// The same for a client that asked again, without hashing anew.
    ProvidedTemplate repeated(int repeat) {
        TemplateId other = new TemplateId(id.edition(), repeat, id.transactions());
        return repeat == id.repeat() ? this : new ProvidedTemplate(other, template, merklePath, outputs);
    }

    /// What messages name it by.
    long id() {
        return id.value();
    }

    BlockTemplate template() {
        return template;
    }

    /// @param future whether a SetNewPrevHash will name it; otherwise it is for the tip that the client has
    NewTemplate newTemplate(boolean future) {
        return new NewTemplate(
                id(),
                future,
                template.version(),
                COINBASE_VERSION,
                Bytes.of(template.coinbasePrefix().bytes()),
                COINBASE_SEQUENCE,
                template.coinbaseValue(),
                outputs.size(),
                outputs.stream().map(output -> Bytes.of(output.bytes())).reduce(Bytes.EMPTY, Bytes::concat),
                template.height() - 1,
                merklePath.siblings().stream().map(ProvidedTemplate::u256).toList());
    }

    /// The reserved value that the outputs commit to; empty if they have no commitment to witnesses.
    Optional<U256> coinbaseWitness() {
        return outputs.isEmpty() ? Optional.empty() : Optional.of(u256(WitnessCommitment.RESERVED_VALUE));
    }

    /// Spec: 07 §7.3.
    SetNewPrevHash setNewPrevHash() {
        return new SetNewPrevHash(
                id(),
                u256(template.prevHash()),
                Math.max(template.currentTime(), template.minTime()),
                template.nBits(),
                U256.of(template.target().littleEndian()));
    }

    /// All transactions but the coinbase, in template order. Spec: 07 §7.5.
    RequestTransactionDataSuccess transactionData() {
        return new RequestTransactionDataSuccess(
                id(),
                Bytes.EMPTY,
                template.transactions().stream()
                        .map(transaction -> Bytes.of(transaction.raw().bytes()))
                        .toList());
    }

    /// What a client found, put back together. Spec: 07 §7.7.
    ///
    /// @throws org.stratumj.bitcoin.BitcoinFormatException if the coinbase is no transaction
    Solution solution(SubmitSolution found) {
        RawTransaction coinbase = RawTransaction.of(found.coinbaseTx().bytes());
        Transaction parsed = coinbase.parse();
        BlockHeader header = new BlockHeader(
                found.version(),
                template.prevHash(),
                merklePath.root(parsed.txid()),
                found.headerTimestamp(),
                template.nBits(),
                found.headerNonce());
        return new Solution(this, header, coinbase);
    }

    private static U256 u256(Hash256 hash) {
        return U256.of(hash.bytes());
    }
}
