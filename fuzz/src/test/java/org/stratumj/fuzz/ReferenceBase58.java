package org.stratumj.fuzz;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.stratumj.bitcoin.Sha256d;

/// Base58check with big integers: slow, plain, and nothing in common with the code that it judges.
final class ReferenceBase58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final int CHECKSUM_BYTES = 4;

    private ReferenceBase58() {}

    static String encode(byte[] payload) {
        var bytes = Arrays.copyOf(payload, payload.length + CHECKSUM_BYTES);
        System.arraycopy(Sha256d.hash(payload).bytes(), 0, bytes, payload.length, CHECKSUM_BYTES);
        var text = new StringBuilder();
        for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
            text.insert(0, ALPHABET.charAt(rest.mod(BASE).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.insert(0, '1');
        }
        return text.toString();
    }

    /// The payload; empty if the text is not base58check.
    static Optional<byte[]> decode(String text) {
        var number = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
            zeros += digit == 0 && zeros == i ? 1 : 0;
        }
        int size = zeros + (number.bitLength() + 7) / 8;
        if (size < CHECKSUM_BYTES) {
            return Optional.empty();
        }
        var payload = number.toByteArray();
        var bytes = new byte[size];
        int digits = size - zeros;
        System.arraycopy(payload, payload.length - digits, bytes, zeros, digits);
        var content = Arrays.copyOf(bytes, size - CHECKSUM_BYTES);
        return encode(content).equals(text) ? Optional.of(content) : Optional.empty();
    }
}
