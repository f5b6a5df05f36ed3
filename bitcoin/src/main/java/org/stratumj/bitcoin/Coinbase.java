package org.stratumj.bitcoin;

import java.util.Arrays;
import java.util.OptionalInt;

/// The parts of a coinbase transaction that mining works with: the height at the start of its scriptSig (BIP34),
/// and the BIP141 fields around it, which miners must not see (their hash is the id, without them) and blocks
/// must have.
///
/// A coinbase comes as one byte string or as a prefix and a suffix around the extranonce; the BIP141 fields are
/// a marker and flag after the version, in the prefix, and one witness item of 32 zero bytes before the lock
/// time, in the suffix.
public final class Coinbase {
    /// The fewest bytes a coinbase scriptSig may have.
    public static final int SCRIPT_SIG_MIN = 2;

    /// The most bytes a coinbase scriptSig may have.
    public static final int SCRIPT_SIG_MAX = 100;

    private static final int VERSION_SIZE = 4;
    private static final int LOCK_TIME_SIZE = 4;
    private static final byte[] MARKER_AND_FLAG = {0, 1};
    private static final byte[] WITNESS = zeroWitness();

    private Coinbase() {}

    /// The shortest push of the height, with which the scriptSig of a block at that height starts (BIP34): one
    /// byte up to height 16, else a length byte and the height in as few little-endian bytes as a signed number
    /// takes.
    public static Script heightPush(int height) {
        if (height < 0) {
            throw new IllegalArgumentException("a height is not negative: " + height);
        }
        if (height == 0) {
            return Script.of(new byte[] {0});
        }
        if (height <= 16) {
            return Script.of(new byte[] {(byte) (Script.OP_1 + height - 1)});
        }
        byte[] push = new byte[5];
        int size = 0;
        for (int rest = height; rest > 0; rest >>>= 8) {
            push[++size] = (byte) rest;
        }
        // A set top bit would make the number negative.
        if (push[size] < 0) {
            size++;
        }
        push[0] = (byte) size;
        return Script.of(Arrays.copyOf(push, size + 1));
    }

    /// The height with which a scriptSig starts; empty if it starts with something else.
    public static OptionalInt height(Script scriptSig) {
        int size = scriptSig.size();
        if (size == 0) {
            return OptionalInt.empty();
        }
        int first = scriptSig.at(0);
        if (first == 0) {
            return OptionalInt.of(0);
        }
        if (first >= Script.OP_1 && first <= Script.OP_16) {
            return OptionalInt.of(first - Script.OP_1 + 1);
        }
        if (first > 5 || size <= first) {
            return OptionalInt.empty();
        }
        long height = 0;
        for (int i = first; i > 0; i--) {
            height = (height << 8) | scriptSig.at(i);
        }
        boolean shortest = height <= Integer.MAX_VALUE && scriptSig.startsWith(heightPush((int) height));
        return shortest ? OptionalInt.of((int) height) : OptionalInt.empty();
    }

    /// Whether a whole coinbase, or the part of one before the extranonce, has the marker and flag.
    public static boolean hasWitnessMarker(byte[] transactionOrPrefix) {
        return transactionOrPrefix.length >= VERSION_SIZE + MARKER_AND_FLAG.length
                && transactionOrPrefix[VERSION_SIZE] == MARKER_AND_FLAG[0]
                && transactionOrPrefix[VERSION_SIZE + 1] == MARKER_AND_FLAG[1];
    }

    /// The prefix without marker and flag.
    ///
    /// @throws BitcoinFormatException if it has none
    public static byte[] stripPrefix(byte[] prefix) {
        if (!hasWitnessMarker(prefix)) {
            throw new BitcoinFormatException("coinbase prefix has no witness marker and flag");
        }
        return without(prefix, VERSION_SIZE, MARKER_AND_FLAG.length);
    }

    /// The prefix with marker and flag.
    ///
    /// @throws BitcoinFormatException if it has them already or is shorter than a version
    public static byte[] unstripPrefix(byte[] prefix) {
        if (prefix.length < VERSION_SIZE || hasWitnessMarker(prefix)) {
            throw new BitcoinFormatException("coinbase prefix has a witness marker already, or no version");
        }
        return inserted(prefix, VERSION_SIZE, MARKER_AND_FLAG);
    }

    /// The suffix without the witness, which must be one item of 32 zero bytes.
    ///
    /// @throws BitcoinFormatException if it has none
    public static byte[] stripSuffix(byte[] suffix) {
        int at = suffix.length - LOCK_TIME_SIZE - WITNESS.length;
        if (at < 0 || !Arrays.equals(suffix, at, at + WITNESS.length, WITNESS, 0, WITNESS.length)) {
            throw new BitcoinFormatException("coinbase suffix has no witness of 32 zero bytes before its lock time");
        }
        return without(suffix, at, WITNESS.length);
    }

    /// The suffix with a witness of one item of 32 zero bytes.
    ///
    /// @throws BitcoinFormatException if it is shorter than a lock time
    public static byte[] unstripSuffix(byte[] suffix) {
        if (suffix.length < LOCK_TIME_SIZE) {
            throw new BitcoinFormatException("coinbase suffix has no lock time");
        }
        return inserted(suffix, suffix.length - LOCK_TIME_SIZE, WITNESS);
    }

    /// The whole coinbase without BIP141 fields.
    ///
    /// @throws BitcoinFormatException if it has none
    public static byte[] strip(byte[] transaction) {
        return stripSuffix(stripPrefix(transaction));
    }

    /// The whole coinbase with BIP141 fields.
    ///
    /// @throws BitcoinFormatException if it has them already
    public static byte[] unstrip(byte[] transaction) {
        return unstripSuffix(unstripPrefix(transaction));
    }

    private static byte[] without(byte[] bytes, int at, int length) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, result, at, bytes.length - at - length);
        return result;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] piece) {
        byte[] result = Arrays.copyOf(bytes, bytes.length + piece.length);
        System.arraycopy(piece, 0, result, at, piece.length);
        System.arraycopy(bytes, at, result, at + piece.length, bytes.length - at);
        return result;
    }

    private static byte[] zeroWitness() {
        byte[] witness = new byte[2 + Hash256.SIZE];
        witness[0] = 1;
        witness[1] = Hash256.SIZE;
        return witness;
    }
}
