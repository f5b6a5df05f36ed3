package org.stratumj.noise;

import java.util.Arrays;
import javax.crypto.SecretKey;

/// A ChaCha20 key as the JDK's ciphers take it, which can be erased (the JDK's own key class cannot).
@SuppressWarnings("serial") // a key that lives in memory only; the JDK's interface happens to be serializable
final class AeadKey implements SecretKey {
    private final transient byte[] bytes;
    private transient boolean destroyed;

    AeadKey(byte[] bytes) {
        if (bytes.length != CipherState.KEY_BYTES) {
            throw new IllegalArgumentException("key of " + bytes.length + " bytes, not " + CipherState.KEY_BYTES);
        }
        this.bytes = bytes.clone();
    }

    @Override
    public String getAlgorithm() {
        return "ChaCha20";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "AeadKey[redacted]";
    }
}
