package org.stratumj.app.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Bounds the log lines of each kind, so that no peer can fill the log or hide other lines. Any thread.
///
/// A token bucket per kind, [#BURST] lines at once and then one per [#REFILL], bounds the total. Kinds are named by the
/// code, so they are few. In front of it a smaller bucket per source, [#SOURCE_BURST] lines at once and then one per
/// [#SOURCE_REFILL], keeps one peer from emptying the bucket of its kind: it takes ten to use up what refills.
/// The most recent [#SOURCES_MAX] sources are kept; one that was evicted starts with a full bucket, and the
/// kind's bucket still bounds it. What is refused is counted by kind for [#summaries].
public final class LineLimiter {
    static final int BURST = 50;
    static final int SOURCE_BURST = 10;
    static final int SOURCES_MAX = 1024;
    static final Duration REFILL = Duration.ofMillis(200);
    static final Duration SOURCE_REFILL = REFILL.multipliedBy(10);

    /// Interval between two summaries.
    static final Duration SUMMARY_EVERY = Duration.ofSeconds(10);

    private final Map<String, Kind> kinds = new TreeMap<>();
    private final Map<String, Bucket> sources = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > SOURCES_MAX;
        }
    };
    private final long startedAt;
    private long summarisedAt;
    private long refused;

    /// A limiter with full buckets.
    ///
    /// @param now monotonic, in nanoseconds
    public LineLimiter(long now) {
        startedAt = now;
        summarisedAt = now;
    }

    /// Whether a line of this kind may be written.
    ///
    /// @param kind as a summary names it
    public synchronized boolean admit(String kind, long now) {
        return admit(kind, "", now);
    }

    /// Whether a line of this kind about this source may be written.
    ///
    /// @param source the address of a peer; empty for none
    public synchronized boolean admit(String kind, String source, long now) {
        Kind of = kinds.computeIfAbsent(kind, any -> new Kind());
        boolean admitted = (source.isEmpty() || bucketOf(kind, source).take(now)) && of.bucket.take(now);
        if (!admitted) {
            refused++;
            of.refused++;
            of.last = source;
        }
        return admitted;
    }

    /// What was refused since the last summaries, a line per kind; nothing before [#SUMMARY_EVERY] has passed.
    public synchronized List<String> summaries(long now) {
        if (now - summarisedAt < SUMMARY_EVERY.toNanos()) {
            return List.of();
        }
        summarisedAt = now;
        List<String> lines = new ArrayList<>();
        kinds.forEach((name, kind) -> {
            if (kind.refused > 0) {
                lines.add(kind.refused + " more lines about " + name + " left out"
                        + (kind.last.isEmpty() ? "" : ", the last from " + kind.last));
                kind.refused = 0;
            }
        });
        return lines;
    }

    /// Lines refused so far.
    public synchronized long refused() {
        return refused;
    }

    synchronized int sources() {
        return sources.size();
    }

    private Bucket bucketOf(String kind, String source) {
        return sources.computeIfAbsent(kind + " " + source, any -> new Bucket(SOURCE_BURST, SOURCE_REFILL));
    }

    private final class Kind {
        private final Bucket bucket = new Bucket(BURST, REFILL);
        private long refused;
        private String last = "";
    }

    private final class Bucket {
        private final int size;
        private final long refill;
        private long tokens;
        private long refilledAt = startedAt;

        Bucket(int size, Duration refill) {
            this.size = size;
            this.refill = refill.toNanos();
            this.tokens = size;
        }

        boolean take(long now) {
            long refills = (now - refilledAt) / refill;
            tokens = Math.min(size, tokens + refills);
            refilledAt += refills * refill;
            if (tokens == 0) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
