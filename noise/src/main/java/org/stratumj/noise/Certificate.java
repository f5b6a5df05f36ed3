package org.stratumj.noise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.stratumj.noise.HandshakeException.Fault;
import org.stratumj.noise.secp256k1.Secp256k1;

/// What a server proves itself with: the period in which its static key may be trusted, signed by the authority.
/// Travels as SIGNATURE_NOISE_MESSAGE, 74 bytes, in act 2. The static key is signed, but not part of it.
/// Spec: 04 §4.5.2, §4.5.3.
public final class Certificate {
    /// Bytes of the certificate on the wire.
    public static final int BYTES = 74;

    /// The version that is issued, the only one in use.
    public static final int VERSION = 0;

    private static final int SIGNED_FIELDS_BYTES = 10;

    private final int version;
    private final long validFrom;
    private final long notValidAfter;
    private final byte[] signature;

    private Certificate(int version, long validFrom, long notValidAfter, byte[] signature) {
        this.version = version;
        this.validFrom = validFrom;
        this.notValidAfter = notValidAfter;
        this.signature = signature;
    }

    /// Issues a certificate for a static key.
    ///
    /// @param staticKey     the x-only public key of the server, 32 bytes
    /// @param validFrom     first moment of validity; cut to seconds, 1970 to 2106
    /// @param notValidAfter last moment of validity; cut to seconds, 1970 to 2106
    public static Certificate issue(
            AuthoritySecretKey authority,
            byte[] staticKey,
            Instant validFrom,
            Instant notValidAfter,
            Secp256k1 curve,
            SecureRandom random) {
        long from = u32("validFrom", validFrom);
        long after = u32("notValidAfter", notValidAfter);
        byte[] digest = signedDigest(VERSION, from, after, staticKey);
        return new Certificate(VERSION, from, after, authority.sign(digest, curve, random));
    }

    /// Reads the 74 bytes; nothing is checked but their number.
    ///
    /// @throws IllegalArgumentException if they are not 74
    public static Certificate parse(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("certificate of " + bytes.length + " bytes, not " + BYTES);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int version = Short.toUnsignedInt(in.getShort());
        long validFrom = Integer.toUnsignedLong(in.getInt());
        long notValidAfter = Integer.toUnsignedLong(in.getInt());
        return new Certificate(
                version, validFrom, notValidAfter, Arrays.copyOfRange(bytes, SIGNED_FIELDS_BYTES, BYTES));
    }

    /// Checks that a policy accepts this certificate for a server. Spec: 04 §4.5.3.
    ///
    /// @param staticKey the x-only key the server proved to own, 32 bytes
    /// @throws HandshakeException if not, with the reason as its fault
    public void verify(byte[] staticKey, CertificatePolicy policy, Instant now, Secp256k1 curve) {
        if (!policy.versions().contains(version)) {
            throw new HandshakeException(
                    Fault.CERTIFICATE_VERSION,
                    "certificate has version " + version + ", accepted are " + policy.versions());
        }
        policy.authority().ifPresent(key -> verifySignature(staticKey, key, curve));
        long leeway = policy.leeway().toSeconds();
        if (now.getEpochSecond() < validFrom - leeway) {
            throw new HandshakeException(
                    Fault.CERTIFICATE_NOT_YET_VALID,
                    "certificate is valid from " + Instant.ofEpochSecond(validFrom) + ", the clock here says " + now);
        }
        if (now.getEpochSecond() > notValidAfter + leeway) {
            throw new HandshakeException(
                    Fault.CERTIFICATE_EXPIRED,
                    "certificate expired at " + Instant.ofEpochSecond(notValidAfter) + ", the clock here says " + now);
        }
    }

    /// Returns the 74 bytes of the wire.
    public byte[] bytes() {
        return signedFields(version, validFrom, notValidAfter, BYTES)
                .put(signature)
                .array();
    }

    /// Returns the version, U16.
    public int version() {
        return version;
    }

    /// Returns the first second of validity, seconds since the Unix epoch, U32.
    public long validFrom() {
        return validFrom;
    }

    /// Returns the last second of validity, seconds since the Unix epoch, U32.
    public long notValidAfter() {
        return notValidAfter;
    }

    /// Returns a copy of the signature, 64 bytes.
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        return "Certificate[version=" + version + ", validFrom=" + Instant.ofEpochSecond(validFrom)
                + ", notValidAfter=" + Instant.ofEpochSecond(notValidAfter)
                + ", signature=" + HexFormat.of().formatHex(signature) + "]";
    }

    private void verifySignature(byte[] staticKey, AuthorityPublicKey authority, Secp256k1 curve) {
        byte[] digest = signedDigest(version, validFrom, notValidAfter, staticKey);
        if (!curve.verify(authority.bytes(), digest, signature)) {
            throw new HandshakeException(
                    Fault.WRONG_AUTHORITY, "certificate is not signed by the configured authority key " + authority);
        }
    }

    private static byte[] signedDigest(int version, long validFrom, long notValidAfter, byte[] staticKey) {
        return Sha256.hash(
                signedFields(version, validFrom, notValidAfter, SIGNED_FIELDS_BYTES)
                        .array(),
                staticKey);
    }

    private static ByteBuffer signedFields(int version, long validFrom, long notValidAfter, int capacity) {
        return ByteBuffer.allocate(capacity)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) version)
                .putInt((int) validFrom)
                .putInt((int) notValidAfter);
    }

    private static long u32(String what, Instant moment) {
        long seconds = moment.getEpochSecond();
        if (seconds < 0 || seconds > 0xffff_ffffL) {
            throw new IllegalArgumentException(what + " " + moment + " is not between 1970 and 2106");
        }
        return seconds;
    }
}
