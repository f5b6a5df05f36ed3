package org.stratumj.protocol.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;

/// An immutable byte string, compared by value.
///
/// It owns its bytes: whatever goes in or comes out is a copy.
public final class Bytes {
    /// No bytes.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int BYTES_SHOWN_MAX = 64;

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /// A copy of `source`.
    public static Bytes of(byte[] source) {
        return of(source, 0, source.length);
    }

    /// A copy of `length` bytes of `source` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if the range is not inside `source`
    public static Bytes of(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(source, offset, offset + length));
    }

    /// The bytes written in hexadecimal.
    ///
    /// @param hex an even number of hexadecimal digits
    /// @throws IllegalArgumentException if it is anything else
    public static Bytes ofHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /// The `size` bytes that `body` writes.
    ///
    /// @param body fills the writer to the last byte and does not keep it
    /// @throws IllegalStateException if it wrote fewer
    public static Bytes written(int size, Consumer<WireWriter> body) {
        var writer = new WireWriter(new byte[size], 0, size);
        body.accept(writer);
        return writer.finished();
    }

    /// Takes over `content` without a copy; nobody else may hold it.
    static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /// How many bytes there are.
    public int size() {
        return content.length;
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return content.length == 0;
    }

    /// The byte at `index`, 0..255.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    public int at(int index) {
        return content[index] & 0xff;
    }

    /// All bytes, a fresh copy.
    public byte[] bytes() {
        return content.clone();
    }

    /// Writes all bytes into `target` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if `target` is too short
    public void writeTo(byte[] target, int offset) {
        System.arraycopy(content, 0, target, offset, content.length);
    }

    /// Writes the bytes from index `from` up to but not including index `to` into `target` from `offset` on.
    ///
    /// @throws IndexOutOfBoundsException if the range is not inside, or `target` is too short
    public void writeTo(int from, int to, byte[] target, int offset) {
        Objects.checkFromToIndex(from, to, content.length);
        System.arraycopy(content, from, target, offset, to - from);
    }

    /// The bytes from index `from` up to but not including index `to`.
    ///
    /// @throws IndexOutOfBoundsException if the range is not inside
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, content.length);
        return of(content, from, to - from);
    }

    /// These bytes followed by those of `next`.
    public Bytes concat(Bytes next) {
        var joined = Arrays.copyOf(content, Math.addExact(content.length, next.content.length));
        next.writeTo(joined, content.length);
        return wrap(joined);
    }

    /// All bytes in hexadecimal.
    public String toHex() {
        return HexFormat.of().formatHex(content);
    }

    /// A reader over these bytes.
    ///
    /// @param message the name errors give to what is read
    public WireReader reader(String message) {
        return new WireReader(message, content, 0, content.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /// The bytes in hexadecimal, the first 64 and the size where there are more: fit for a log.
    @Override
    public String toString() {
        if (content.length <= BYTES_SHOWN_MAX) {
            return toHex();
        }
        return HexFormat.of().formatHex(content, 0, BYTES_SHOWN_MAX) + "… (" + content.length + " bytes)";
    }
}
