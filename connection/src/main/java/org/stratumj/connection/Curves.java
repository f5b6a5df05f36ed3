package org.stratumj.connection;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;

/// One curve implementation per policy for the whole process: loading and testing one is much more work than a
/// handshake.
final class Curves {
    private static final Map<Secp256k1Policy, Secp256k1> LOADED = new EnumMap<>(Secp256k1Policy.class);

    private Curves() {}

    /// @throws IllegalStateException if the platform has none that the policy accepts
    static synchronized Secp256k1 of(Secp256k1Policy policy, SecureRandom random) {
        return LOADED.computeIfAbsent(policy, p -> Secp256k1s.select(p, random));
    }
}
