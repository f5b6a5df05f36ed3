package org.stratumj.noise.secp256k1;

import static org.stratumj.noise.secp256k1.FieldElements.mod;
import static org.stratumj.noise.secp256k1.FieldElements.multiply;
import static org.stratumj.noise.secp256k1.FieldElements.square;

import java.math.BigInteger;
import java.util.Optional;

/// A point of the curve y² = x³ + 7 in Jacobian coordinates, which need a single division at the end: the affine point
/// is (x / z², y / z³), and z = 0 is the point at infinity. Formulas: "Guide to Elliptic Curve Cryptography", §3.2.2.
record CurvePoint(BigInteger x, BigInteger y, BigInteger z) {
    static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    static final CurvePoint INFINITY = new CurvePoint(BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

    static final CurvePoint GENERATOR = new CurvePoint(
            new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16),
            new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16),
            BigInteger.ONE);

    /// Returns the point with this x and an even y, or empty if x is not on the curve.
    static Optional<CurvePoint> withEvenY(BigInteger x) {
        if (x.compareTo(FieldElements.P) >= 0) {
            return Optional.empty();
        }
        return FieldElements.sqrt(FieldElements.curveEquation(x))
                .map(y -> new CurvePoint(x, y.testBit(0) ? FieldElements.P.subtract(y) : y, BigInteger.ONE));
    }

    /// Double and add, from the highest bit.
    CurvePoint times(BigInteger factor) {
        CurvePoint result = INFINITY;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            result = result.doubled();
            if (factor.testBit(bit)) {
                result = result.plus(this);
            }
        }
        return result;
    }

    CurvePoint plus(CurvePoint other) {
        if (isInfinity()) {
            return other;
        }
        if (other.isInfinity()) {
            return this;
        }
        BigInteger zz = square(z);
        BigInteger otherZz = square(other.z);
        BigInteger u1 = multiply(x, otherZz);
        BigInteger u2 = multiply(other.x, zz);
        BigInteger s1 = multiply(y, multiply(otherZz, other.z));
        BigInteger s2 = multiply(other.y, multiply(zz, z));
        if (u1.equals(u2)) {
            return s1.equals(s2) ? doubled() : INFINITY;
        }
        BigInteger h = mod(u2.subtract(u1));
        BigInteger r = mod(s2.subtract(s1));
        BigInteger hh = square(h);
        BigInteger hhh = multiply(h, hh);
        BigInteger v = multiply(u1, hh);
        BigInteger sumX = mod(square(r).subtract(hhh).subtract(v.shiftLeft(1)));
        BigInteger sumY = mod(r.multiply(v.subtract(sumX)).subtract(s1.multiply(hhh)));
        return new CurvePoint(sumX, sumY, multiply(h, multiply(z, other.z)));
    }

    /// There is no point with y = 0 on this curve, since its order is odd.
    CurvePoint doubled() {
        BigInteger yy = square(y);
        BigInteger s = mod(multiply(x, yy).shiftLeft(2));
        BigInteger m = mod(square(x).multiply(BigInteger.valueOf(3)));
        BigInteger doubleX = mod(square(m).subtract(s.shiftLeft(1)));
        BigInteger doubleY =
                mod(m.multiply(s.subtract(doubleX)).subtract(square(yy).shiftLeft(3)));
        return new CurvePoint(doubleX, doubleY, mod(multiply(y, z).shiftLeft(1)));
    }

    boolean isInfinity() {
        return z.signum() == 0;
    }

    /// Returns the same point with z = 1.
    CurvePoint affine() {
        BigInteger inverse = z.modInverse(FieldElements.P);
        BigInteger inverseSquare = square(inverse);
        return new CurvePoint(
                multiply(x, inverseSquare), multiply(y, multiply(inverseSquare, inverse)), BigInteger.ONE);
    }
}
