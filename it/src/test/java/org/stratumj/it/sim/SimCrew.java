package org.stratumj.it.sim;

import java.util.List;
import org.stratumj.app.miner.Crew;
import org.stratumj.app.miner.Hasher;

/// The simulated hashers of a miner.
record SimCrew(List<Hasher> hashers) implements Crew {
    SimCrew {
        hashers = List.copyOf(hashers);
    }

    @Override
    public void close() {
        hashers.forEach(Hasher::idle);
    }

    @Override
    public String toString() {
        return hashers.size() + " simulated hashers";
    }
}
