package org.stratumj.bitcoin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The witness stack of one input (BIP141): byte strings, bottom first. Immutable, compared by value.
public final class Witness {
    /// No items: the input has no witness.
    public static final Witness EMPTY = new Witness(List.of());

    /// The witness that spends [Script#P2WSH_OP_TRUE].
    public static final Witness OP_TRUE = of(new byte[] {0x51});

    private final List<byte[]> items;

    private Witness(List<byte[]> owned) {
        items = owned;
    }

    /// The stack of copies of these items.
    public static Witness of(byte[]... items) {
        return new Witness(Arrays.stream(items).map(byte[]::clone).toList());
    }

    /// Number of items.
    public int size() {
        return items.size();
    }

    /// Whether there are no items.
    public boolean isEmpty() {
        return items.isEmpty();
    }

    /// A copy of the item at `index`, counted from the bottom.
    public byte[] item(int index) {
        return items.get(index).clone();
    }

    static Witness read(Reader in) {
        int count = in.count(1);
        if (count == 0) {
            return EMPTY;
        }
        List<byte[]> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(in.bytes());
        }
        return new Witness(items);
    }

    void write(Writer out) {
        out.compactSize(items.size());
        items.forEach(out::bytes);
    }

    int serializedSize() {
        int size = CompactSize.size(items.size());
        for (byte[] item : items) {
            size += CompactSize.size(item.length) + item.length;
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Witness witness && Arrays.deepEquals(items.toArray(), witness.items.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(items.toArray());
    }

    /// The items in hexadecimal.
    @Override
    public String toString() {
        return items.stream().map(HexFormat.of()::formatHex).toList().toString();
    }
}
