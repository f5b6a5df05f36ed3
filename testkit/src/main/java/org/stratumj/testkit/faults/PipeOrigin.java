package org.stratumj.testkit.faults;

import java.net.InetSocketAddress;

/// Where a pipe of a [FaultyNetwork] comes from.
///
/// @param number  0 for the first pipe that the network opened, then 1, and so on
/// @param dialled whether it was dialled, or else accepted
/// @param remote  the other end
public record PipeOrigin(long number, boolean dialled, InetSocketAddress remote) {
    @Override
    public String toString() {
        return "pipe " + number + (dialled ? " to " : " from ") + remote;
    }
}
