package org.stratumj.noise.aead;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// ChaCha20-Poly1305 from the security providers of the JDK, in their configured order: one cipher per thread.
///
/// A JDK cipher is given its key anew for every message, and keeps 2 KB from one to the next. With one for each
/// direction of each connection, those would be most of what an idle connection costs.
final class ThreadCipher {
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(ThreadCipher::create);

    private ThreadCipher() {}

    /// Returns the cipher of this thread, ready for one message.
    static Cipher ready(int mode, JdkAeadKey key, long nonce) throws GeneralSecurityException {
        IvParameterSpec iv = new IvParameterSpec(nonceBytes(key.noncePrefix(), nonce));
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(mode, key, iv);
            return cipher;
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            // A cipher refuses the key and nonce that it saw last. Two states may well have the same key, as the two
            // ends of a connection have; that each uses a nonce once is for its own counter to see to.
            forget();
            Cipher cipher = CIPHER.get();
            cipher.init(mode, key, iv);
            return cipher;
        }
    }

    /// Drops the cipher of this thread, and with it the key it saw last.
    static void forget() {
        CIPHER.remove();
    }

    /// The prefix and the counter, both little-endian.
    private static byte[] nonceBytes(int prefix, long nonce) {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(prefix)
                .putLong(nonce)
                .array();
    }

    private static Cipher create() {
        try {
            return Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no security provider offers ChaCha20-Poly1305", e);
        }
    }
}
