package org.stratumj.connection.sim;

import java.util.function.BooleanSupplier;

/// A simulation: waiting runs it.
public record SimBed(SimNetwork network) implements TestBed {
    @Override
    public void await(BooleanSupplier condition) {
        network.runUntil(condition);
    }

    @Override
    public void close() {
        network.close();
    }

    @Override
    public String toString() {
        return network.toString();
    }
}
