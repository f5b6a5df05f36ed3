package org.stratumj.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Counts the connections of one listener against its limits. Any thread.
///
/// When the half-open places are taken, a newcomer gets that of the oldest, unless that is younger than
/// [#UNDISTURBED]. An honest client is set up long before, so a storm that keeps others out has to take all
/// places again every second, and from several sources: at the bound of its own source a newcomer gets the
/// place of the oldest of that source.
final class Admission {
    /// How long a half-open connection keeps its place in any case. With none, a crowd of honest clients that all
    /// come back at once would push each other out before any is done.
    static final Duration UNDISTURBED = Duration.ofSeconds(1);

    private final ConnectionLimits limits;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger halfOpen = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> perSource = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InetAddress, Integer> halfOpenPerSource = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Integer> perDevice = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Slot> halfOpenByAge = new ConcurrentSkipListMap<>();
    private final AtomicLong arrivals = new AtomicLong();

    Admission(ConnectionLimits limits) {
        this.limits = limits;
    }

    /// Either a [Slot], to be given back, or the [Refusal].
    sealed interface Decision {}

    record Refusal(CloseReason.TooManyConnections reason) implements Decision {}

    /// @param now monotonic, in nanoseconds
    Decision admit(InetSocketAddress remote, long now) {
        InetAddress source = source(remote.getAddress());
        if (!take(open, limits.connectionsMax())) {
            return refusal("connectionsMax of " + limits.connectionsMax() + " reached");
        }
        if (!enter(perSource, source, limits.perSourceMax())) {
            open.decrementAndGet();
            return refusal("perSourceMax of " + limits.perSourceMax() + " reached for " + source.getHostAddress());
        }
        // Last, so that nobody is pushed out for somebody who is refused.
        Optional<String> full = takeHalfOpen(source, now);
        if (full.isPresent()) {
            open.decrementAndGet();
            leave(perSource, source);
            return refusal(full.get());
        }
        return new Slot(source, now);
    }

    /// Takes a half-open place, or that of another.
    ///
    /// @return why there is none
    private Optional<String> takeHalfOpen(InetAddress source, long now) {
        if (!enter(halfOpenPerSource, source, limits.halfOpenPerSourceMax())) {
            String full = "halfOpenPerSourceMax of " + limits.halfOpenPerSourceMax() + " reached for "
                    + source.getHostAddress();
            return oldestOf(source).filter(slot -> slot.pushOut(full, now)).isPresent()
                    ? Optional.empty()
                    : Optional.of(full);
        }
        if (take(halfOpen, limits.halfOpenMax())) {
            return Optional.empty();
        }
        String full = "halfOpenMax of " + limits.halfOpenMax() + " reached";
        Optional<Slot> out = oldest().filter(slot -> slot.pushOut(full, now));
        leave(halfOpenPerSource, out.map(slot -> slot.source).orElse(source));
        return out.isPresent() ? Optional.empty() : Optional.of(full);
    }

    private Optional<Slot> oldest() {
        return Optional.ofNullable(halfOpenByAge.firstEntry()).map(Map.Entry::getValue);
    }

    private Optional<Slot> oldestOf(InetAddress source) {
        return halfOpenByAge.values().stream()
                .filter(slot -> slot.source.equals(source))
                .findFirst();
    }

    int open() {
        return open.get();
    }

    int halfOpen() {
        return halfOpen.get();
    }

    int devices() {
        return perDevice.size();
    }

    int sources() {
        return perSource.size();
    }

    int halfOpenSources() {
        return halfOpenPerSource.size();
    }

    private static <K> boolean enter(ConcurrentHashMap<K, Integer> counts, K key, int max) {
        if (counts.merge(key, 1, Integer::sum) <= max) {
            return true;
        }
        leave(counts, key);
        return false;
    }

    private static <K> void leave(ConcurrentHashMap<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
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
        private final long since;
        private final long number = arrivals.incrementAndGet();
        private final AtomicBoolean setUp = new AtomicBoolean();
        private final AtomicBoolean released = new AtomicBoolean();
        private volatile @Nullable Consumer<CloseReason> closer;
        private volatile @Nullable String device;

        private Slot(InetAddress source, long now) {
            this.source = source;
            this.since = now;
        }

        /// From now on the connection can be pushed out, by `closer`.
        void occupy(Consumer<CloseReason> closer) {
            this.closer = closer;
            halfOpenByAge.put(number, this);
            if (setUp.get()) { // or released, in the meantime
                halfOpenByAge.remove(number);
            }
        }

        /// Counts it for a device that it says it is. Once, before it is released.
        boolean identify(String deviceId) {
            if (deviceId.isEmpty() || limits.perDeviceMax() == Integer.MAX_VALUE) {
                return true;
            }
            boolean entered = enter(perDevice, deviceId, limits.perDeviceMax());
            device = entered ? deviceId : null;
            return entered;
        }

        void setUp() {
            if (setUp.compareAndSet(false, true)) {
                halfOpenByAge.remove(number);
                halfOpen.decrementAndGet();
                leave(halfOpenPerSource, source);
            }
        }

        /// Leaves the half-open place to another, which counts it from then on, if it is old enough.
        private boolean pushOut(String full, long now) {
            Consumer<CloseReason> close = closer;
            if (close == null || now - since < UNDISTURBED.toNanos() || !setUp.compareAndSet(false, true)) {
                return false;
            }
            halfOpenByAge.remove(number);
            close.accept(new CloseReason.TooManyConnections(
                    full + ", and not set up after " + UNDISTURBED.toMillis() + " ms"));
            return true;
        }

        void release() {
            if (released.compareAndSet(false, true)) {
                setUp();
                open.decrementAndGet();
                leave(perSource, source);
                String counted = device;
                if (counted != null) {
                    leave(perDevice, counted);
                }
            }
        }
    }
}
