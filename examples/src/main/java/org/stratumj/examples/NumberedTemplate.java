package org.stratumj.examples;

import java.util.List;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// A template of a node under the number that clients know it by, and the messages about it.
record NumberedTemplate(long id, BlockTemplate template) {
    NumberedTemplate withReserved(CoinbaseReserve room) {
        return new NumberedTemplate(id, template.withReserved(room));
    }

    /// For the next tip, until [#tipMessage] makes it the present one.
    NewTemplate message() {
        var outputs = template.requiredOutputs();
        return new NewTemplate(
                id,
                true,
                template.version(),
                2,
                Bytes.of(template.coinbasePrefix().bytes()),
                0xffff_fffeL,
                template.coinbaseValue(),
                outputs.size(),
                outputs.stream().map(output -> Bytes.of(output.bytes())).reduce(Bytes.EMPTY, Bytes::concat),
                template.height() - 1,
                template.merklePath().siblings().stream()
                        .map(NumberedTemplate::u256)
                        .toList());
    }

    SetNewPrevHash tipMessage() {
        U256 target = U256.of(template.target().littleEndian());
        return new SetNewPrevHash(id, u256(template.prevHash()), template.currentTime(), template.nBits(), target);
    }

    List<Bytes> transactions() {
        return template.transactions().stream()
                .map(transaction -> Bytes.of(transaction.raw().bytes()))
                .toList();
    }

    /// The block that a client has found.
    ///
    /// @throws BitcoinFormatException if its coinbase is none
    RawBlock solved(SubmitSolution found) throws BitcoinFormatException {
        var coinbase = RawTransaction.of(found.coinbaseTx().bytes());
        Hash256 root = template.merklePath().root(coinbase.parse().txid());
        var header = new BlockHeader(
                found.version(),
                template.prevHash(),
                root,
                found.headerTimestamp(),
                template.nBits(),
                found.headerNonce());
        return template.block(header, coinbase);
    }

    private static U256 u256(Hash256 hash) {
        return U256.of(hash.bytes());
    }
}
