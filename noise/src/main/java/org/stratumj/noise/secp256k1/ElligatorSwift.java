package org.stratumj.noise.secp256k1;

import static org.stratumj.noise.secp256k1.FieldElements.divide;
import static org.stratumj.noise.secp256k1.FieldElements.half;
import static org.stratumj.noise.secp256k1.FieldElements.isOnCurve;
import static org.stratumj.noise.secp256k1.FieldElements.mod;
import static org.stratumj.noise.secp256k1.FieldElements.multiply;
import static org.stratumj.noise.secp256k1.FieldElements.sqrt;
import static org.stratumj.noise.secp256k1.FieldElements.square;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// The map between x coordinates and pairs (u, t) of field elements, by which a public key looks like 64 random bytes.
/// Every pair stands for one x; every x has about 2^256 pairs, found by choosing u and solving for t. BIP 324,
/// "ElligatorSwift encoding of curve X coordinates", has the mathematics and the numbering of the cases.
final class ElligatorSwift {
    private static final BigInteger SQRT_MINUS_3 =
            new BigInteger("0a2d2ba93507f1df233770c2a797962cc61f6d15da14ecd47d8d27ae1cd5f852", 16);
    private static final BigInteger FOUR = BigInteger.valueOf(4);
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private ElligatorSwift() {}

    /// Decodes a pair (XSwiftEC). Both may be any integer; they count modulo p.
    static BigInteger decode(BigInteger encodedU, BigInteger encodedT) {
        BigInteger u = nonZero(mod(encodedU));
        BigInteger t = nonZero(mod(encodedT));
        BigInteger g = FieldElements.curveEquation(u);
        if (mod(g.add(square(t))).signum() == 0) {
            t = mod(t.shiftLeft(1));
        }
        BigInteger x = divide(g.subtract(square(t)), t.shiftLeft(1));
        BigInteger y = divide(x.add(t), multiply(SQRT_MINUS_3, u));
        BigInteger quotient = divide(x, y);
        // One of the three is always on the curve, and if all are, the order decides.
        return List.of(
                        mod(u.add(FOUR.multiply(square(y)))),
                        half(mod(quotient.negate().subtract(u))),
                        half(mod(quotient.subtract(u))))
                .stream()
                .filter(FieldElements::isOnCurve)
                .findFirst()
                .orElseThrow();
    }

    /// Finds a t with which u stands for x (XSwiftECInv), or empty if this case has none.
    ///
    /// @param kase which of up to eight solutions, 0 to 7
    static Optional<BigInteger> encode(BigInteger x, BigInteger u, int kase) {
        return (kase & 2) == 0 ? encodeAsSecondOrThird(x, u, kase) : encodeAsFirst(x, u, kase);
    }

    /// Solves for the second and third candidate of the decoder, which must not be beaten by the first.
    private static Optional<BigInteger> encodeAsSecondOrThird(BigInteger x, BigInteger u, int kase) {
        if (isOnCurve(mod(x.add(u).negate()))) {
            return Optional.empty();
        }
        BigInteger denominator = mod(square(u).add(u.multiply(x)).add(square(x)));
        BigInteger s = divide(FieldElements.curveEquation(u).negate(), denominator);
        return solution(s, u, x, kase);
    }

    /// Solves for the first candidate of the decoder.
    private static Optional<BigInteger> encodeAsFirst(BigInteger x, BigInteger u, int kase) {
        BigInteger s = mod(x.subtract(u));
        if (s.signum() == 0) {
            return Optional.empty();
        }
        BigInteger g = FieldElements.curveEquation(u);
        BigInteger radicand =
                mod(s.negate().multiply(FOUR.multiply(g).add(THREE.multiply(s).multiply(square(u)))));
        return sqrt(radicand)
                .filter(r -> (kase & 1) == 0 || r.signum() != 0)
                .flatMap(r -> solution(s, u, half(mod(divide(r, s).subtract(u))), kase));
    }

    /// Two bits of the case choose the sign of √−3 and the sign of the result.
    private static Optional<BigInteger> solution(BigInteger s, BigInteger u, BigInteger v, int kase) {
        boolean plusRoot = (kase & 1) != 0;
        boolean negative = plusRoot == ((kase & 4) != 0);
        BigInteger factor = plusRoot ? BigInteger.ONE.add(SQRT_MINUS_3) : BigInteger.ONE.subtract(SQRT_MINUS_3);
        BigInteger sum = half(multiply(u, factor)).add(v);
        return sqrt(s).map(w -> multiply(negative ? w.negate() : w, sum));
    }

    private static BigInteger nonZero(BigInteger element) {
        return element.signum() == 0 ? BigInteger.ONE : element;
    }
}
