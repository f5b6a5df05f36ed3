package org.stratumj.it.sim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the wire shows of one mining server, from its start to its end: its connections and the search space of all
/// open channels.
final class MiningBooks {
    private final String name;
    private final Grants grants;
    private final Optional<String> grantee;
    private final Chronicle chronicle;
    private final NavigableMap<String, String> prefixes = new TreeMap<>();
    private final Set<MiningTap> taps = new LinkedHashSet<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Map<String, Long> creditedBySource = new LinkedHashMap<>();

    /// @param grants  what servers gave their clients, of all servers
    /// @param grantee the address of a server that has its search space from others; empty for a pool
    MiningBooks(String name, Grants grants, Optional<String> grantee, Chronicle chronicle) {
        this.name = name;
        this.grants = grants;
        this.grantee = grantee;
        this.chronicle = chronicle;
    }

    /// Refused shares by error code.
    Map<String, Long> refusals() {
        return refusals;
    }

    Chronicle chronicle() {
        return chronicle;
    }

    Set<MiningTap> taps() {
        return taps;
    }

    /// Shares acknowledged to clients from this address.
    long credited(String source) {
        return creditedBySource.getOrDefault(source, 0L);
    }

    void credit(String source, long shares) {
        creditedBySource.merge(source, shares, Long::sum);
    }

    int channels() {
        return taps.stream().mapToInt(MiningTap::channels).sum();
    }

    /// A channel got this search space. Nobody else may have it, or a part of it, or more that it is a part of; and a
    /// proxy can only give what it was given.
    ///
    /// @param source of the client
    void occupy(String prefix, String source, String owner) {
        grants.add(source, prefix);
        chronicle.check(
                grantee.isEmpty() || grants.cover(grantee.get(), prefix),
                name,
                () -> owner + " got what was never given to this proxy: " + prefix);
        Map.Entry<String, String> shorter = prefixes.floorEntry(prefix);
        Map.Entry<String, String> longer = prefixes.ceilingEntry(prefix);
        chronicle.check(
                shorter == null || !prefix.startsWith(shorter.getKey()),
                name,
                () -> owner + " and " + shorter + " have one extranonce: " + prefix);
        chronicle.check(
                longer == null || !longer.getKey().startsWith(prefix),
                name,
                () -> owner + " and " + longer + " have one extranonce: " + prefix);
        prefixes.put(prefix, owner);
    }

    void vacate(String prefix) {
        prefixes.remove(prefix);
    }

    @Override
    public String toString() {
        return name;
    }
}
