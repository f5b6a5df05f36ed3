package org.stratumj.node;

/// Room that a template leaves for what the template's user adds: header, transaction count and coinbase.
///
/// @param weight weight units
/// @param sigops signature operations, scaled as in [org.stratumj.bitcoin.Block#SIGOPS_MAX]
public record CoinbaseReserve(long weight, int sigops) {
    /// Weight of what is there besides the extra outputs: header 320, transaction count 12, the fixed coinbase
    /// fields 236, scriptSig 400, output count 12, witness commitment 188. Spec: 07 §7.1.
    public static final int WEIGHT_FIXED = 1168;

    /// The least that Bitcoin Core reserves.
    public static final int WEIGHT_MIN = 2000;

    /// Checks the signs.
    public CoinbaseReserve {
        if (weight < 0 || sigops < 0) {
            throw new IllegalArgumentException("a reserve is not negative: " + weight + " and " + sigops);
        }
    }

    /// The reserve for a coinbase whose outputs, besides the template's own, take this much. Spec: 07 §7.1.
    ///
    /// @param outputBytes bytes of the additional outputs, U32
    /// @param sigops      their signature operations, U16
    public static CoinbaseReserve forOutputs(long outputBytes, int sigops) {
        return new CoinbaseReserve(Math.max(WEIGHT_MIN, WEIGHT_FIXED + 4 * outputBytes), sigops);
    }
}
