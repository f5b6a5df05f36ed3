package org.stratumj.app.mining;

import java.util.Map;
import java.util.TreeMap;

/// How often each reason was given, where a peer makes them up. Any thread.
public final class Reasons {
    /// The most reasons told apart.
    public static final int REASONS_MAX = 32;

    /// What further reasons are counted as.
    public static final String OTHER = "other";

    private final Map<String, Long> counts = new TreeMap<>();

    /// Once more.
    public synchronized void add(String reason) {
        boolean known = counts.containsKey(reason) || counts.size() < REASONS_MAX;
        counts.merge(known ? reason : OTHER, 1L, Long::sum);
    }

    /// The reasons with their numbers.
    public synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
