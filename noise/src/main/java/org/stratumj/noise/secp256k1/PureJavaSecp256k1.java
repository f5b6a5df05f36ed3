package org.stratumj.noise.secp256k1;

import static org.stratumj.noise.secp256k1.FieldElements.bytes;
import static org.stratumj.noise.secp256k1.FieldElements.number;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/// The curve on any platform, on `BigInteger`. Simple rather than fast, and *not constant-time*: how long an operation
/// takes depends on the secret, and copies of secrets stay on the heap until they are collected.
final class PureJavaSecp256k1 implements Secp256k1 {
    private static final TaggedHash SHARED_SECRET = new TaggedHash("bip324_ellswift_xonly_ecdh");
    private static final TaggedHash ENCODING = new TaggedHash("stratumj/ellswift/create");
    private static final TaggedHash AUX = new TaggedHash("BIP0340/aux");
    private static final TaggedHash NONCE = new TaggedHash("BIP0340/nonce");
    private static final TaggedHash CHALLENGE = new TaggedHash("BIP0340/challenge");

    @Override
    public String name() {
        return "pure Java";
    }

    @Override
    public boolean constantTime() {
        return false;
    }

    @Override
    public boolean isValid(SecretKey secret) {
        return isScalar(scalar(secret));
    }

    @Override
    public byte[] xOnlyPublicKey(SecretKey secret) {
        return bytes(publicPoint(secret).x());
    }

    @Override
    public byte[] ellswiftCreate(SecretKey secret, byte[] auxiliaryRandom) {
        Sizes.requireScalar("auxiliary randomness", auxiliaryRandom);
        BigInteger x = publicPoint(secret).x();
        byte[] seed = secret.bytes();
        try {
            return encode(x, seed, auxiliaryRandom);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public byte[] ellswiftDecode(byte[] encoding) {
        return bytes(decode(encoding));
    }

    @Override
    public byte[] sharedSecret(byte[] initiator, byte[] responder, SecretKey secret, Side own) {
        Sizes.requireEllswift(initiator);
        Sizes.requireEllswift(responder);
        BigInteger theirX = decode(own == Side.INITIATOR ? responder : initiator);
        BigInteger factor = requireScalar(scalar(secret));
        CurvePoint shared =
                CurvePoint.withEvenY(theirX).orElseThrow().times(factor).affine();
        return SHARED_SECRET.of(initiator, responder, bytes(shared.x()));
    }

    @Override
    public byte[] sign(SecretKey secret, byte[] message, byte[] auxiliaryRandom) {
        Sizes.requireScalar("auxiliary randomness", auxiliaryRandom);
        CurvePoint publicPoint = publicPoint(secret);
        byte[] publicKey = bytes(publicPoint.x());
        BigInteger d = negatedIf(hasOddY(publicPoint), scalar(secret));
        byte[] masked = bytes(d.xor(number(AUX.of(auxiliaryRandom))));
        BigInteger k0 =
                requireScalar(number(NONCE.of(masked, publicKey, message)).mod(CurvePoint.ORDER));
        Arrays.fill(masked, (byte) 0);
        CurvePoint commitment = CurvePoint.GENERATOR.times(k0).affine();
        BigInteger k = negatedIf(hasOddY(commitment), k0);
        byte[] r = bytes(commitment.x());
        BigInteger s = k.add(challenge(r, publicKey, message).multiply(d)).mod(CurvePoint.ORDER);
        byte[] signature = Arrays.copyOf(r, SIGNATURE_BYTES);
        System.arraycopy(bytes(s), 0, signature, SCALAR_BYTES, SCALAR_BYTES);
        return signature;
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Sizes.requireScalar("public key", publicKey);
        Sizes.requireSignature(signature);
        Optional<CurvePoint> key = CurvePoint.withEvenY(number(publicKey));
        byte[] r = Arrays.copyOf(signature, SCALAR_BYTES);
        BigInteger s = number(Arrays.copyOfRange(signature, SCALAR_BYTES, SIGNATURE_BYTES));
        if (key.isEmpty() || s.compareTo(CurvePoint.ORDER) >= 0) {
            return false;
        }
        BigInteger minusE = challenge(r, publicKey, message).negate().mod(CurvePoint.ORDER);
        CurvePoint commitment = CurvePoint.GENERATOR.times(s).plus(key.get().times(minusE));
        if (commitment.isInfinity()) {
            return false;
        }
        CurvePoint affine = commitment.affine();
        return !hasOddY(affine) && affine.x().equals(number(r));
    }

    /// Tries u and a case, both drawn from a hash of the secret and the randomness, until there is a t: about 4 times.
    private static byte[] encode(BigInteger x, byte[] secret, byte[] auxiliaryRandom) {
        for (int attempt = 0; ; attempt++) {
            byte[] counter = bytes(BigInteger.valueOf(attempt));
            byte[] drawnU = ENCODING.of(secret, auxiliaryRandom, counter, new byte[] {0});
            byte[] drawnCase = ENCODING.of(secret, auxiliaryRandom, counter, new byte[] {1});
            BigInteger u = FieldElements.mod(number(drawnU));
            if (u.signum() == 0) {
                continue; // decoded as 1, for which the equations were not solved
            }
            Optional<BigInteger> t = ElligatorSwift.encode(x, u, drawnCase[0] & 7);
            if (t.isPresent() && t.get().signum() != 0) {
                byte[] encoding = Arrays.copyOf(bytes(u), ELLSWIFT_BYTES);
                System.arraycopy(bytes(t.get()), 0, encoding, SCALAR_BYTES, SCALAR_BYTES);
                return encoding;
            }
        }
    }

    private static BigInteger decode(byte[] encoding) {
        Sizes.requireEllswift(encoding);
        return ElligatorSwift.decode(
                number(Arrays.copyOf(encoding, SCALAR_BYTES)),
                number(Arrays.copyOfRange(encoding, SCALAR_BYTES, ELLSWIFT_BYTES)));
    }

    private static BigInteger challenge(byte[] r, byte[] publicKey, byte[] message) {
        return number(CHALLENGE.of(r, publicKey, message)).mod(CurvePoint.ORDER);
    }

    private static CurvePoint publicPoint(SecretKey secret) {
        return CurvePoint.GENERATOR.times(requireScalar(scalar(secret))).affine();
    }

    private static BigInteger scalar(SecretKey secret) {
        byte[] bytes = secret.bytes();
        BigInteger scalar = number(bytes);
        Arrays.fill(bytes, (byte) 0);
        return scalar;
    }

    private static BigInteger requireScalar(BigInteger scalar) {
        if (!isScalar(scalar)) {
            throw new IllegalArgumentException("secret key is not a number between 1 and n − 1");
        }
        return scalar;
    }

    private static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(CurvePoint.ORDER) < 0;
    }

    private static boolean hasOddY(CurvePoint affine) {
        return affine.y().testBit(0);
    }

    private static BigInteger negatedIf(boolean condition, BigInteger scalar) {
        return condition ? CurvePoint.ORDER.subtract(scalar) : scalar;
    }
}
