package org.stratumj.connection.sim;

import java.util.Comparator;

/// A task waiting for its time; those of one time are due in the order they were made.
record SimTimer(long at, long number, SimLane lane, Runnable task) implements Comparable<SimTimer> {
    private static final Comparator<SimTimer> ORDER =
            Comparator.comparingLong(SimTimer::at).thenComparingLong(SimTimer::number);

    void fire() {
        lane.execute(task);
    }

    @Override
    public int compareTo(SimTimer other) {
        return ORDER.compare(this, other);
    }
}
