package org.stratumj.it.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The extranonce prefixes that servers gave to each address, at any time, in hexadecimal.
final class Grants {
    private final Map<String, Set<String>> byAddress = new HashMap<>();

    void add(String address, String prefix) {
        byAddress.computeIfAbsent(address, _ -> new HashSet<>()).add(prefix);
    }

    /// Whether what begins with `prefix` is within something that was given to this address.
    boolean cover(String address, String prefix) {
        Set<String> given = byAddress.getOrDefault(address, Set.of());
        for (int length = prefix.length(); length > 0; length--) {
            if (given.contains(prefix.substring(0, length))) {
                return true;
            }
        }
        return false;
    }
}
