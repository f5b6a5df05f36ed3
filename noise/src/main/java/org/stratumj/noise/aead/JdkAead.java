package org.stratumj.noise.aead;

/// The cipher of the JDK's security providers: everywhere, slower for short messages, and with about 2 KB of
/// garbage for each. Copies that it makes of a key while it works are out of reach; they are garbage soon
/// after.
final class JdkAead implements Aead {
    @Override
    public String name() {
        return "JDK";
    }

    @Override
    public AeadKey key(byte[] bytes) {
        return new JdkAeadKey(bytes);
    }
}
