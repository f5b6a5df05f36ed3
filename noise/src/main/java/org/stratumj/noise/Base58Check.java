package org.stratumj.noise;

import java.security.MessageDigest;
import java.util.Arrays;

/// Bytes as text with a checksum: base58 of the bytes followed by the first 4 bytes of their double SHA-256.
final class Base58Check {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int CHECKSUM_BYTES = 4;
    private static final int TEXT_LENGTH_MAX = 128;

    private Base58Check() {}

    static String encode(byte[] payload) {
        byte[] number = Arrays.copyOf(payload, payload.length + CHECKSUM_BYTES);
        System.arraycopy(checksum(payload), 0, number, payload.length, CHECKSUM_BYTES);
        StringBuilder reversed = new StringBuilder();
        int zeros = leadingZeros(number);
        for (int start = zeros; start < number.length; ) {
            reversed.append(ALPHABET.charAt(divideBy58(number, start)));
            start += number[start] == 0 ? 1 : 0;
        }
        Arrays.fill(number, (byte) 0);
        return reversed.append("1".repeat(zeros)).reverse().toString();
    }

    /// @throws IllegalArgumentException if the text is not base58check; the message does not repeat the text, which may
    ///     be a secret
    static byte[] decode(String text) {
        if (text.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException("longer than " + TEXT_LENGTH_MAX + " characters");
        }
        byte[] number = new byte[text.length()];
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("character " + (i + 1) + " is not base58");
            }
            multiplyBy58AndAdd(number, digit);
            zeros += digit == 0 && zeros == i ? 1 : 0;
        }
        byte[] bytes = Arrays.copyOfRange(number, leadingZeros(number) - zeros, number.length);
        Arrays.fill(number, (byte) 0);
        return withoutChecksum(bytes);
    }

    private static byte[] withoutChecksum(byte[] bytes) {
        if (bytes.length < CHECKSUM_BYTES) {
            throw new IllegalArgumentException("too short to have a checksum");
        }
        byte[] payload = Arrays.copyOf(bytes, bytes.length - CHECKSUM_BYTES);
        byte[] sum = Arrays.copyOfRange(bytes, payload.length, bytes.length);
        Arrays.fill(bytes, (byte) 0);
        if (!Arrays.equals(sum, checksum(payload))) {
            throw new IllegalArgumentException("the checksum is wrong: a character is missing or mistyped");
        }
        return payload;
    }

    private static byte[] checksum(byte[] payload) {
        MessageDigest sha256 = Sha256.digest();
        return Arrays.copyOf(sha256.digest(sha256.digest(payload)), CHECKSUM_BYTES);
    }

    private static int leadingZeros(byte[] number) {
        int zeros = 0;
        while (zeros < number.length && number[zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    /// Divides the big-endian number in place and returns the remainder.
    private static int divideBy58(byte[] number, int start) {
        int remainder = 0;
        for (int i = start; i < number.length; i++) {
            int value = remainder * 256 + Byte.toUnsignedInt(number[i]);
            number[i] = (byte) (value / 58);
            remainder = value % 58;
        }
        return remainder;
    }

    /// Never overflows: a base58 digit is less than a byte, and the number has a byte for each digit.
    private static void multiplyBy58AndAdd(byte[] number, int digit) {
        int carry = digit;
        for (int i = number.length - 1; i >= 0; i--) {
            int value = Byte.toUnsignedInt(number[i]) * 58 + carry;
            number[i] = (byte) value;
            carry = value >>> 8;
        }
    }
}
