package org.stratumj.noise.secp256k1;

import java.util.Arrays;
import java.util.HexFormat;
import org.stratumj.noise.library.UnavailableException;
import org.stratumj.noise.secp256k1.Secp256k1.Side;

/// Questions with known answers, asked before a provider is trusted with real keys: a library that was damaged, built
/// for another machine or replaced by another version must not compute anything. The values are those of BIP 324 and
/// BIP 340.
final class KnownAnswers {
    private static final byte[] SECRET = hex("61062ea5071d800bbfd59e2e8b53d47d194b095ae5a4df04936b49772ef0d4d7");
    private static final byte[] OURS = hex("ec0adff257bbfe500c188c80b4fdd640f6b45a482bbc15fc7cef5931deff0aa1"
            + "86f6eb9bba7b85dc4dcc28b28722de1e3d9108b985e2967045668f66098e475b");
    private static final byte[] THEIRS = hex("a4a94dfce69b4a2a0a099313d10f9f7e7d649d60501c9e1d274c300e0d89aafa"
            + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff8faf88d5");
    private static final byte[] X_OURS = hex("19e965bc20fc40614e33f2f82d4eeff81b5e7516b12a5c6c0d6053527eba0923");
    private static final byte[] SHARED = hex("c6992a117f5edbea70c3f511d32d26b9798be4b81a62eaee1a5acaa8459a3592");

    private static final byte[] SIGNER = hex("b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef");
    private static final byte[] SIGNER_KEY = hex("dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659");
    private static final byte[] AUXILIARY = hex("0000000000000000000000000000000000000000000000000000000000000001");
    private static final byte[] MESSAGE = hex("243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89");
    private static final byte[] SIGNATURE = hex("6896bd60eeae296db48a229ff71dfe071bde413e6d43f917dc8dcf8c78de3341"
            + "8906d11ac976abccb20b091292bff4ea897efcb639ea871cfa95f6de339e4b0a");

    private KnownAnswers() {}

    /// @throws UnavailableException if the provider gives a wrong answer
    static void check(Secp256k1 curve) {
        SecretKey secret = SecretKey.of(SECRET);
        expect(curve, "validity of a secret", curve.isValid(secret) && !curve.isValid(SecretKey.of(new byte[32])));
        expect(curve, "public key", Arrays.equals(X_OURS, curve.xOnlyPublicKey(secret)));
        expect(curve, "ElligatorSwift decoding", Arrays.equals(X_OURS, curve.ellswiftDecode(OURS)));
        byte[] created = curve.ellswiftCreate(secret, AUXILIARY);
        expect(curve, "ElligatorSwift encoding", Arrays.equals(X_OURS, curve.ellswiftDecode(created)));
        byte[] shared = curve.sharedSecret(OURS, THEIRS, secret, Side.INITIATOR);
        expect(curve, "shared secret", Arrays.equals(SHARED, shared));

        byte[] signature = curve.sign(SecretKey.of(SIGNER), MESSAGE, AUXILIARY);
        expect(curve, "signature", Arrays.equals(SIGNATURE, signature));
        expect(curve, "verification", curve.verify(SIGNER_KEY, MESSAGE, signature));
        signature[63] ^= 1;
        expect(curve, "refusal of an altered signature", !curve.verify(SIGNER_KEY, MESSAGE, signature));
    }

    private static void expect(Secp256k1 curve, String what, boolean holds) {
        if (!holds) {
            throw new UnavailableException(curve.name() + " fails its self-test: " + what);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
