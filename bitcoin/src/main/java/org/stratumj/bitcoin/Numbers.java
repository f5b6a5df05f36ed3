package org.stratumj.bitcoin;

/// Range checks of the records here.
final class Numbers {
    static final long U32_MAX = 0xffff_ffffL;

    private Numbers() {}

    static void checkU32(String name, long value) {
        if (value < 0 || value > U32_MAX) {
            throw new IllegalArgumentException(name + " is an unsigned 32-bit number, not " + value);
        }
    }
}
