package org.stratumj.app.cli;

import org.stratumj.app.view.Figures;

/// Hashes a second.
public record Hashrate(double hashesPerSecond) {

    public Hashrate {
        if (!(hashesPerSecond >= 0) || Double.isInfinite(hashesPerSecond)) {
            throw new IllegalArgumentException("hashrate must be a finite number from 0, is " + hashesPerSecond);
        }
    }

    /// With the unit that fits: `1.02 MH/s`.
    @Override
    public String toString() {
        return Figures.hashrate(hashesPerSecond);
    }
}
