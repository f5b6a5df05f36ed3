package org.stratumj.bitcoin;

import java.math.BigInteger;
import java.util.Arrays;

/// Base58 with a checksum: a number in base 58, leading zero bytes as `1`s, the last four bytes the start of the
/// double hash of the others.
final class Base58Check {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final int CHECKSUM_SIZE = 4;

    private Base58Check() {}

    /// The bytes before the checksum.
    static byte[] decode(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new BitcoinFormatException(
                        "'%s' has the character '%s', which addresses never contain: copy the address again"
                                .formatted(text, text.charAt(i)));
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] bytes = withLeadingZeros(number, leadingOnes(text));
        if (bytes.length <= CHECKSUM_SIZE || !checksumMatches(bytes)) {
            throw new BitcoinFormatException("'" + text + "' has a wrong checksum: copy the address again");
        }
        return Arrays.copyOf(bytes, bytes.length - CHECKSUM_SIZE);
    }

    static String encode(byte[] payload) {
        byte[] bytes = Arrays.copyOf(payload, payload.length + CHECKSUM_SIZE);
        System.arraycopy(Sha256d.hash(payload).bytes(), 0, bytes, payload.length, CHECKSUM_SIZE);
        StringBuilder reversed = new StringBuilder();
        for (BigInteger rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
            reversed.append(ALPHABET.charAt(rest.mod(BASE).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            reversed.append(ALPHABET.charAt(0));
        }
        return reversed.reverse().toString();
    }

    private static boolean checksumMatches(byte[] bytes) {
        int end = bytes.length - CHECKSUM_SIZE;
        byte[] expected = Sha256d.hash(Arrays.copyOf(bytes, end)).bytes();
        return Arrays.equals(bytes, end, bytes.length, expected, 0, CHECKSUM_SIZE);
    }

    private static int leadingOnes(String text) {
        int count = 0;
        while (count < text.length() && text.charAt(count) == ALPHABET.charAt(0)) {
            count++;
        }
        return count;
    }

    private static byte[] withLeadingZeros(BigInteger number, int zeros) {
        byte[] digits = number.toByteArray();
        int sign = digits[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + digits.length - sign];
        System.arraycopy(digits, sign, bytes, zeros, digits.length - sign);
        return bytes;
    }
}
