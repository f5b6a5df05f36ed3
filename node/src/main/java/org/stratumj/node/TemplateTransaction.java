package org.stratumj.node;

import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawTransaction;

/// A transaction of a template.
///
/// @param raw    its bytes
/// @param txid   its id
/// @param wtxid  the id that commits to its witnesses too
/// @param fee    satoshis
/// @param weight weight units
/// @param sigops signature operations, scaled as in [org.stratumj.bitcoin.Block#SIGOPS_MAX]
public record TemplateTransaction(RawTransaction raw, Hash256 txid, Hash256 wtxid, long fee, int weight, int sigops) {
    /// Checks the signs.
    public TemplateTransaction {
        if (fee < 0 || weight < 0 || sigops < 0) {
            throw new IllegalArgumentException(
                    "fee, weight and sigops are not negative: " + fee + ", " + weight + ", " + sigops);
        }
    }
}
