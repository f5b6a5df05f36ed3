package org.stratumj.app.template;

import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;

/// A header and a coinbase that a client put on a template.
record Solution(ProvidedTemplate template, BlockHeader header, RawTransaction coinbase) {

    Hash256 hash() {
        return header.hash();
    }

    /// Whether the work is done; whether the node likes the block is for the node to say.
    boolean meetsTarget() {
        return template.template().target().isMetBy(hash());
    }

    RawBlock block() {
        return template.template().block(header, coinbase);
    }
}
