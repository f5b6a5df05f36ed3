package org.stratumj.channels.extranonce;

import org.stratumj.protocol.wire.Bytes;

/// How the extranonce of every channel of a server is laid out: bytes that this server was given (by an upstream,
/// or as its own number among several servers), then an index that differs from channel to channel, then bytes
/// that the miner rolls. Spec: 05 §5.1.2.1.
///
/// ```text
/// | given | index | rolled by the miner     |   extended channel: prefix = given + index
/// | given | index | zeros                   |   standard channel: prefix = all of it
/// |<------------- fullSize ---------------->|
/// ```
///
/// All channels have one full size, so that they may share a group and the scriptSig length in its jobs.
///
/// @param given     bytes that all channels start with
/// @param indexSize bytes of the index, 1 to [#INDEX_SIZE_MAX]
/// @param fullSize  bytes of the whole extranonce, at most [#FULL_SIZE_MAX]
public record ExtranonceSpace(Bytes given, int indexSize, int fullSize) {
    /// The longest extranonce: what the fields of the messages hold.
    public static final int FULL_SIZE_MAX = 32;

    /// The longest index.
    public static final int INDEX_SIZE_MAX = 4;

    /// @throws IllegalArgumentException if the parts do not fit
    public ExtranonceSpace {
        if (indexSize < 1 || indexSize > INDEX_SIZE_MAX) {
            throw new IllegalArgumentException("index of " + indexSize + " bytes, not 1.." + INDEX_SIZE_MAX);
        }
        if (fullSize > FULL_SIZE_MAX || given.size() + indexSize > fullSize) {
            throw new IllegalArgumentException(
                    "extranonce of %d bytes, not %d..%d".formatted(fullSize, given.size() + indexSize, FULL_SIZE_MAX));
        }
    }

    /// Bytes in the prefix of an extended channel.
    public int prefixSize() {
        return given.size() + indexSize;
    }

    /// Bytes that the miner of an extended channel rolls.
    public int rollableSize() {
        return fullSize - prefixSize();
    }

    /// How many indexes there are.
    public long capacity() {
        return 1L << (8 * indexSize);
    }

    /// The prefix of the extended channel with this index.
    ///
    /// @throws IllegalArgumentException if the index has more than [#indexSize] bytes
    public Bytes extendedPrefix(long index) {
        return prefix(index, prefixSize());
    }

    /// The prefix of the standard channel with this index: its full extranonce.
    ///
    /// @throws IllegalArgumentException if the index has more than [#indexSize] bytes
    public Bytes standardPrefix(long index) {
        return prefix(index, fullSize);
    }

    private Bytes prefix(long index, int size) {
        if (index < 0 || index >= capacity()) {
            throw new IllegalArgumentException("index " + index + " does not fit " + indexSize + " bytes");
        }
        byte[] prefix = new byte[size];
        given.writeTo(prefix, 0);
        for (int i = 0; i < indexSize; i++) {
            prefix[given.size() + i] = (byte) (index >>> (8 * (indexSize - 1 - i)));
        }
        return Bytes.of(prefix);
    }
}
