package org.stratumj.codec.buffer;

import java.util.LinkedHashMap;
import java.util.Map;

/// Where leases were taken, if anybody wants to know.
final class LeaseTrace {
    static final LeaseTrace OFF = new LeaseTrace(false);

    private final boolean on;
    private final Map<Lease, Throwable> takenAt = new LinkedHashMap<>();

    private LeaseTrace(boolean on) {
        this.on = on;
    }

    static LeaseTrace on() {
        return new LeaseTrace(true);
    }

    void remember(Lease lease) {
        if (on) {
            takenAt.put(lease, new Throwable("taken here: " + lease));
        }
    }

    void forget(Lease lease) {
        if (on) {
            takenAt.remove(lease);
        }
    }

    IllegalStateException leak(int count) {
        var leak = new IllegalStateException("leases not released: " + count);
        takenAt.values().forEach(leak::addSuppressed);
        return leak;
    }
}
