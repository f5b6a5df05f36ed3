package org.stratumj.connection;

import java.util.OptionalInt;
import org.stratumj.protocol.wire.Range;

/// The versions of the protocol that one end speaks. Spec: 03 §3.6.1.
///
/// @param min the oldest, U16
/// @param max the newest, U16
public record VersionRange(int min, int max) {
    /// The only version there is: 2.
    public static final VersionRange CURRENT = new VersionRange(2, 2);

    /// @throws IllegalArgumentException if a version is outside its range, or the newest below the oldest
    public VersionRange {
        Range.u16(min, "min");
        Range.u16(max, "max");
        if (min > max) {
            throw new IllegalArgumentException("versions are upside down: " + min + " to " + max);
        }
    }

    boolean contains(int version) {
        return min <= version && version <= max;
    }

    /// The newest version that is also between `oldest` and `newest`; empty if there is none, or they are upside down.
    OptionalInt newestWith(int oldest, int newest) {
        int version = Math.min(max, newest);
        return contains(version) && oldest <= version ? OptionalInt.of(version) : OptionalInt.empty();
    }

    /// `2 to 2`.
    @Override
    public String toString() {
        return min + " to " + max;
    }
}
