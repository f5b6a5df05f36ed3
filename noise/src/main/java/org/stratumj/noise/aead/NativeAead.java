package org.stratumj.noise.aead;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.stratumj.noise.library.NativeLibrary;
import org.stratumj.noise.library.UnavailableException;

/// libsodium through the Foreign Function & Memory API: no garbage, and the keys stay off the heap.
///
/// The calls are *critical* ones, which saves 25 ns each; in turn the virtual machine cannot stop the thread in them.
/// That is why messages are bounded: the longest takes some 50 µs.
///
/// Pointers are handed over as numbers, which is the same for the callee. They come from segments that the callers keep
/// alive; as arguments, segments become garbage whenever the compiler does not see through the call.
final class NativeAead implements Aead {
    private static final String ENCRYPT = "crypto_aead_chacha20poly1305_ietf_encrypt";
    private static final String DECRYPT = "crypto_aead_chacha20poly1305_ietf_decrypt";

    // ciphertext, its length (out), message and length, associated data and length, secret nonce (unused), nonce, key;
    // to decrypt: message, its length (out), secret nonce (unused), ciphertext and length, the others as above
    private static final FunctionDescriptor SIGNATURE = FunctionDescriptor.of(
            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG);
    private static final long NULL = 0;

    private NativeAead() {}

    /// Loads the library and lets it choose its code for this processor.
    ///
    /// @throws UnavailableException if it cannot be used here
    static NativeAead load() {
        MethodHandle initialise = NativeLibrary.SODIUM.function("sodium_init", FunctionDescriptor.of(JAVA_INT));
        bound(ENCRYPT);
        bound(DECRYPT);
        try {
            if ((int) initialise.invokeExact() < 0) {
                throw new UnavailableException("libsodium cannot be initialised");
            }
        } catch (Throwable e) {
            throw propagated(e);
        }
        return new NativeAead();
    }

    @Override
    public String name() {
        return "libsodium";
    }

    @Override
    public AeadKey key(byte[] bytes) {
        return new NativeAeadKey(bytes);
    }

    /// Encrypts in place: `length` bytes at `text` become `length + 16`. All but the lengths are addresses.
    static void encrypt(long text, long length, long data, long dataLength, long nonce, long key) {
        try {
            int failed =
                    (int) Functions.ENCRYPT.invokeExact(text, NULL, text, length, data, dataLength, NULL, nonce, key);
            if (failed != 0) {
                throw new IllegalStateException("libsodium does not encrypt");
            }
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    /// Decrypts in place: `length` bytes at `text` become `length − 16`, if they are authentic. All but the lengths are
    /// addresses.
    static boolean decrypt(long text, long length, long data, long dataLength, long nonce, long key) {
        try {
            int failed =
                    (int) Functions.DECRYPT.invokeExact(text, NULL, NULL, text, length, data, dataLength, nonce, key);
            return failed == 0;
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    private static MethodHandle bound(String symbol) {
        return NativeLibrary.SODIUM.function(symbol, SIGNATURE, Linker.Option.critical(false));
    }

    /// Calling a function declares every throwable, but only unchecked ones come.
    private static RuntimeException propagated(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("native call failed", thrown);
        };
    }

    /// The compiler makes a plain call only of a method handle that is a constant. Touched once [#load()] has
    /// succeeded.
    private static final class Functions {
        static final MethodHandle ENCRYPT = bound(NativeAead.ENCRYPT);
        static final MethodHandle DECRYPT = bound(NativeAead.DECRYPT);
    }
}
