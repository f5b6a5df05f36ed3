package org.stratumj.channels.server;

/// How many closed channels of one connection still keep their part of the search space from others: each does until
/// the tip has changed twice, as [org.stratumj.channels.extranonce.ExtranonceLeases] has it.
///
/// For one thread at a time.
final class RestingSpace {
    private long tipNumber;
    private int closedOnThisTip;
    private int closedOnTheTipBefore;

    /// A channel was closed.
    ///
    /// @param tip the number of the present tip
    void add(long tip) {
        moveTo(tip);
        closedOnThisTip++;
    }

    /// How many rest.
    ///
    /// @param tip the number of the present tip
    int size(long tip) {
        moveTo(tip);
        return closedOnThisTip + closedOnTheTipBefore;
    }

    private void moveTo(long tip) {
        if (tip != tipNumber) {
            closedOnTheTipBefore = tip == tipNumber + 1 ? closedOnThisTip : 0;
            closedOnThisTip = 0;
            tipNumber = tip;
        }
    }
}
