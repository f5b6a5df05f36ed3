package org.stratumj.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the connections of one listener against its limits. Any thread.
final class Admission {
    private final ConnectionLimits limits;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger halfOpen = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> perSource = new ConcurrentHashMap<>();

    Admission(ConnectionLimits limits) {
        this.limits = limits;
    }

    /// Either a [Slot], to be given back, or the [Refusal].
    sealed interface Decision {}

    record Refusal(CloseReason.TooManyConnections reason) implements Decision {}

    Decision admit(InetSocketAddress remote) {
        InetAddress source = source(remote.getAddress());
        if (!take(open, limits.connectionsMax())) {
            return refusal("connectionsMax of " + limits.connectionsMax() + " reached");
        }
        if (!take(halfOpen, limits.halfOpenMax())) {
            open.decrementAndGet();
            return refusal("halfOpenMax of " + limits.halfOpenMax() + " reached");
        }
        Slot slot = new Slot(source);
        if (perSource.merge(source, 1, Integer::sum) > limits.perSourceMax()) {
            slot.release();
            return refusal("perSourceMax of " + limits.perSourceMax() + " reached for " + source.getHostAddress());
        }
        return slot;
    }

    int open() {
        return open.get();
    }

    int halfOpen() {
        return halfOpen.get();
    }

    int sources() {
        return perSource.size();
    }

    private static boolean take(AtomicInteger counter, int max) {
        return counter.getAndUpdate(n -> n < max ? n + 1 : n) < max;
    }

    private static Refusal refusal(String text) {
        return new Refusal(new CloseReason.TooManyConnections(text));
    }

    /// One customer of an IPv6 provider has a /64, so single addresses would be no bound at all.
    private static InetAddress source(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /// The place of one connection in the counts, from accepting on.
    final class Slot implements Decision {
        private final InetAddress source;
        private final AtomicBoolean setUp = new AtomicBoolean();
        private final AtomicBoolean released = new AtomicBoolean();

        private Slot(InetAddress source) {
            this.source = source;
        }

        void setUp() {
            if (setUp.compareAndSet(false, true)) {
                halfOpen.decrementAndGet();
            }
        }

        void release() {
            if (released.compareAndSet(false, true)) {
                setUp();
                open.decrementAndGet();
                perSource.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
