package org.stratumj.fuzz;

import java.util.Arrays;

/// The writing half of BIP173 and BIP350, so that fuzzing gets behind the checksum.
final class ReferenceBech32 {
    static final int BECH32 = 1;
    static final int BECH32M = 0x2bc830a3;

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private ReferenceBech32() {}

    /// @param values five bits each, the SegWit version first
    static String encode(String prefix, byte[] values, int constant) {
        var all = Arrays.copyOf(values, values.length + 6);
        int checksum = polymod(prefix, all) ^ constant;
        for (int i = 0; i < 6; i++) {
            all[values.length + i] = (byte) (checksum >>> (5 * (5 - i)) & 31);
        }
        var text = new StringBuilder(prefix).append('1');
        for (byte value : all) {
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    private static int polymod(String prefix, byte[] values) {
        int state = 1;
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) >>> 5);
        }
        state = step(state, 0);
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) & 31);
        }
        for (byte value : values) {
            state = step(state, value);
        }
        return state;
    }

    private static int step(int state, int value) {
        int next = (state & 0x1ff_ffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            if ((state >>> (25 + i) & 1) != 0) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
