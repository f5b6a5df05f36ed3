package org.stratumj.bitcoin;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Bech32 (BIP173) and Bech32m (BIP350): a human-readable part, the separator `1`, characters of five bits each,
/// and a checksum of six of them.
final class Bech32 {
    static final int LENGTH_MAX = 90;

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM_LENGTH = 6;

    private Bech32() {}

    /// Which checksum a text has.
    enum Variant {
        BECH32(1),
        BECH32M(0x2bc830a3);

        private final int constant;

        Variant(int constant) {
            this.constant = constant;
        }
    }

    /// What a text says.
    ///
    /// @param prefix human-readable part, lower case
    /// @param values five bits each, without the checksum
    record Decoded(String prefix, List<Integer> values, Variant variant) {}

    /// Decodes `text`, which must have its separator, in one case.
    static Decoded decode(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
            throw new BitcoinFormatException("'" + text + "' mixes upper and lower case: write it in lower case");
        }
        int separator = lower.lastIndexOf('1');
        if (text.length() > LENGTH_MAX || lower.length() - separator - 1 < CHECKSUM_LENGTH) {
            throw new BitcoinFormatException("'" + text + "' is too long or too short: copy the whole address again");
        }
        int[] values = values(text, lower.substring(separator + 1));
        String prefix = lower.substring(0, separator);
        int checksum = polymod(prefix, values);
        for (Variant variant : Variant.values()) {
            if (checksum == variant.constant) {
                return new Decoded(prefix, withoutChecksum(values), variant);
            }
        }
        throw new BitcoinFormatException("'" + text + "' has a wrong checksum: copy the address again");
    }

    static String encode(String prefix, int[] values, Variant variant) {
        int[] all = Arrays.copyOf(values, values.length + CHECKSUM_LENGTH);
        int checksum = polymod(prefix, all) ^ variant.constant;
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            all[values.length + i] = (checksum >>> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31;
        }
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (int value : all) {
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    /// Five-bit values as bytes; fails on padding of five bits or more, or that is not zero.
    static byte[] toBytes(String text, List<Integer> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (int value : values) {
            buffer = ((buffer << 5) | value) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(buffer >>> bits);
            }
        }
        if (bits >= 5 || (buffer & ((1 << bits) - 1)) != 0) {
            throw new BitcoinFormatException("'" + text + "' has wrong padding: copy the address again");
        }
        return bytes.toByteArray();
    }

    /// Bytes as five-bit values, padded with zero bits, after one first value.
    static int[] toValues(int first, byte[] bytes, int offset) {
        int length = bytes.length - offset;
        int[] values = new int[1 + (8 * length + 4) / 5];
        values[0] = first;
        for (int bit = 0; bit < 8 * length; bit++) {
            int set = (bytes[offset + bit / 8] >>> (7 - bit % 8)) & 1;
            values[1 + bit / 5] |= set << (4 - bit % 5);
        }
        return values;
    }

    private static List<Integer> withoutChecksum(int[] values) {
        return Arrays.stream(values, 0, values.length - CHECKSUM_LENGTH).boxed().toList();
    }

    private static int[] values(String text, String data) {
        int[] values = new int[data.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ALPHABET.indexOf(data.charAt(i));
            if (values[i] < 0) {
                throw new BitcoinFormatException(
                        "'%s' has the character '%s', which addresses never contain: copy the address again"
                                .formatted(text, data.charAt(i)));
            }
        }
        return values;
    }

    /// The BCH checksum over the prefix's high bits, a zero, its low bits, and the values.
    private static int polymod(String prefix, int[] values) {
        int checksum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) >>> 5);
        }
        checksum = step(checksum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) & 31);
        }
        for (int value : values) {
            checksum = step(checksum, value);
        }
        return checksum;
    }

    private static int step(int checksum, int value) {
        int top = checksum >>> 25;
        int next = ((checksum & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            if (((top >>> i) & 1) != 0) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
