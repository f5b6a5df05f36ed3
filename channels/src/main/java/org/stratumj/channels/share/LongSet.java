package org.stratumj.channels.share;

/// A growing set of longs that are already uniformly distributed, such as parts of digests: open addressing, at
/// most half full, 16 to 32 bytes per element.
final class LongSet {
    private static final int CAPACITY_AT_FIRST = 16;

    private long[] slots = new long[CAPACITY_AT_FIRST];
    private int used;
    /// Zero marks an empty slot, so the element zero is kept apart.
    private boolean hasZero;

    /// Adds an element; false if it was there.
    boolean add(long element) {
        if (element == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        if (!insert(slots, element)) {
            return false;
        }
        used++;
        if (used > slots.length / 2) {
            grow();
        }
        return true;
    }

    int size() {
        return used + (hasZero ? 1 : 0);
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long element : slots) {
            if (element != 0) {
                insert(larger, element);
            }
        }
        slots = larger;
    }

    private static boolean insert(long[] slots, long element) {
        int mask = slots.length - 1;
        int at = (int) element & mask;
        while (slots[at] != 0) {
            if (slots[at] == element) {
                return false;
            }
            at = (at + 1) & mask;
        }
        slots[at] = element;
        return true;
    }
}
