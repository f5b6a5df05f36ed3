package org.stratumj.node.embedded;

import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.OutPoint;

/// Unspent outputs, seen from some point.
@FunctionalInterface
interface CoinView {
    /// The coin at `where`; none if there never was one or it is spent.
    @Nullable
    Coin coin(OutPoint where);
}
