package org.stratumj.noise.secp256k1;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/// Arithmetic modulo the field prime, and numbers as 32 bytes. Elements are integers from 0 to p − 1.
final class FieldElements {
    static final BigInteger P = new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);
    static final BigInteger SEVEN = BigInteger.valueOf(7);

    private static final BigInteger SQRT_EXPONENT = P.add(BigInteger.ONE).shiftRight(2);

    private FieldElements() {}

    static BigInteger mod(BigInteger number) {
        return number.mod(P);
    }

    static BigInteger multiply(BigInteger a, BigInteger b) {
        return a.multiply(b).mod(P);
    }

    static BigInteger square(BigInteger a) {
        return a.multiply(a).mod(P);
    }

    static BigInteger divide(BigInteger a, BigInteger b) {
        return multiply(a, b.modInverse(P));
    }

    static BigInteger half(BigInteger a) {
        return (a.testBit(0) ? a.add(P) : a).shiftRight(1);
    }

    /// Returns the square root that is itself a square, or empty if there is none.
    static Optional<BigInteger> sqrt(BigInteger a) {
        BigInteger root = a.modPow(SQRT_EXPONENT, P);
        return square(root).equals(a) ? Optional.of(root) : Optional.empty();
    }

    /// Returns x³ + 7, the right side of the curve's equation.
    static BigInteger curveEquation(BigInteger x) {
        return mod(square(x).multiply(x).add(SEVEN));
    }

    /// Tells whether a point with this x coordinate exists.
    static boolean isOnCurve(BigInteger x) {
        return sqrt(curveEquation(x)).isPresent();
    }

    static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    /// Returns the 32 bytes of a number below 2^256, big-endian.
    static byte[] bytes(BigInteger number) {
        byte[] minimal = number.toByteArray();
        byte[] result = new byte[32];
        int used = Math.min(minimal.length, 32);
        System.arraycopy(minimal, minimal.length - used, result, 32 - used, used);
        Arrays.fill(minimal, (byte) 0);
        return result;
    }
}
