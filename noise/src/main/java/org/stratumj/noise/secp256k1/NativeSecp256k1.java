package org.stratumj.noise.secp256k1;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.security.SecureRandom;
import java.util.Arrays;
import org.stratumj.noise.library.NativeLibrary;

/// libsecp256k1 through the Foreign Function & Memory API: constant-time, fast, and the secrets stay off the heap.
///
/// The library aborts the process when it is handed what its contract excludes, so every size and every result it
/// depends on is checked here first. The context is written to once, at construction, and only read afterwards.
final class NativeSecp256k1 implements Secp256k1 {
    // Sizes of the library's opaque structs, from its headers.
    private static final long PUBLIC_KEY_BYTES = 64;
    private static final long KEY_PAIR_BYTES = 96;
    private static final int CONTEXT_NONE = 1;
    private static final int PARTY_A = 0;
    private static final int PARTY_B = 1;

    private final MemorySegment context;
    private final MemorySegment bip324Hash;
    private final MethodHandle secretKeyVerify;
    private final MethodHandle keyPairCreate;
    private final MethodHandle keyPairXOnly;
    private final MethodHandle xOnlyFromPublicKey;
    private final MethodHandle xOnlyParse;
    private final MethodHandle xOnlySerialize;
    private final MethodHandle ellswiftCreate;
    private final MethodHandle ellswiftDecode;
    private final MethodHandle ellswiftXdh;
    private final MethodHandle schnorrSign;
    private final MethodHandle schnorrVerify;

    NativeSecp256k1(SecureRandom random) {
        NativeLibrary library = NativeLibrary.SECP256K1;
        context = blindedContext(library, random);
        bip324Hash = library.functionPointer("secp256k1_ellswift_xdh_hash_function_bip324");
        secretKeyVerify = library.function("secp256k1_ec_seckey_verify", pointers(2));
        keyPairCreate = library.function("secp256k1_keypair_create", pointers(3));
        keyPairXOnly = library.function("secp256k1_keypair_xonly_pub", pointers(4));
        xOnlyFromPublicKey = library.function("secp256k1_xonly_pubkey_from_pubkey", pointers(4));
        xOnlyParse = library.function("secp256k1_xonly_pubkey_parse", pointers(3));
        xOnlySerialize = library.function("secp256k1_xonly_pubkey_serialize", pointers(3));
        ellswiftCreate = library.function("secp256k1_ellswift_create", pointers(4));
        ellswiftDecode = library.function("secp256k1_ellswift_decode", pointers(3));
        ellswiftXdh = library.function(
                "secp256k1_ellswift_xdh",
                FunctionDescriptor.of(
                        JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
        schnorrSign = library.function(
                "secp256k1_schnorrsig_sign_custom",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
        schnorrVerify = library.function(
                "secp256k1_schnorrsig_verify",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    @Override
    public String name() {
        return "libsecp256k1";
    }

    @Override
    public boolean constantTime() {
        return true;
    }

    @Override
    public boolean isValid(SecretKey secret) {
        return call(secretKeyVerify, context, secret.segment()) == 1;
    }

    @Override
    public byte[] xOnlyPublicKey(SecretKey secret) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyPair = keyPair(secret, arena);
            MemorySegment xOnly = arena.allocate(PUBLIC_KEY_BYTES);
            int ok = call(keyPairXOnly, context, xOnly, MemorySegment.NULL, keyPair);
            keyPair.fill((byte) 0);
            require("keypair_xonly_pub", ok);
            return serialized(xOnly, arena);
        }
    }

    @Override
    public byte[] ellswiftCreate(SecretKey secret, byte[] auxiliaryRandom) {
        Sizes.requireScalar("auxiliary randomness", auxiliaryRandom);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment encoding = arena.allocate(ELLSWIFT_BYTES);
            MemorySegment random = copy(auxiliaryRandom, arena);
            requireSecret(call(ellswiftCreate, context, encoding, secret.segment(), random));
            return encoding.toArray(JAVA_BYTE);
        }
    }

    @Override
    public byte[] ellswiftDecode(byte[] encoding) {
        Sizes.requireEllswift(encoding);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment publicKey = arena.allocate(PUBLIC_KEY_BYTES);
            MemorySegment xOnly = arena.allocate(PUBLIC_KEY_BYTES);
            require("ellswift_decode", call(ellswiftDecode, context, publicKey, copy(encoding, arena)));
            require(
                    "xonly_pubkey_from_pubkey",
                    call(xOnlyFromPublicKey, context, xOnly, MemorySegment.NULL, publicKey));
            return serialized(xOnly, arena);
        }
    }

    @Override
    public byte[] sharedSecret(byte[] initiator, byte[] responder, SecretKey secret, Side own) {
        Sizes.requireEllswift(initiator);
        Sizes.requireEllswift(responder);
        requireSecret(call(secretKeyVerify, context, secret.segment())); // xdh itself reduces numbers above n silently
        int party = own == Side.INITIATOR ? PARTY_A : PARTY_B;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment shared = arena.allocate(SCALAR_BYTES);
            MemorySegment a = copy(initiator, arena);
            MemorySegment b = copy(responder, arena);
            requireSecret((int) ellswiftXdh.invokeExact(
                    context, shared, a, b, secret.segment(), party, bip324Hash, MemorySegment.NULL));
            byte[] result = shared.toArray(JAVA_BYTE);
            shared.fill((byte) 0);
            return result;
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    @Override
    public byte[] sign(SecretKey secret, byte[] message, byte[] auxiliaryRandom) {
        Sizes.requireScalar("auxiliary randomness", auxiliaryRandom);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment signature = arena.allocate(SIGNATURE_BYTES);
            MemorySegment messageCopy = copy(message, arena);
            MemorySegment parameters = signParameters(copy(auxiliaryRandom, arena), arena);
            MemorySegment keyPair = keyPair(secret, arena);
            int ok = (int) schnorrSign.invokeExact(
                    context, signature, messageCopy, (long) message.length, keyPair, parameters);
            keyPair.fill((byte) 0);
            require("schnorrsig_sign_custom", ok);
            return signature.toArray(JAVA_BYTE);
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Sizes.requireScalar("public key", publicKey);
        Sizes.requireSignature(signature);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment xOnly = arena.allocate(PUBLIC_KEY_BYTES);
            if (call(xOnlyParse, context, xOnly, copy(publicKey, arena)) != 1) {
                return false;
            }
            MemorySegment signatureCopy = copy(signature, arena);
            MemorySegment messageCopy = copy(message, arena);
            return (int) schnorrVerify.invokeExact(context, signatureCopy, messageCopy, (long) message.length, xOnly)
                    == 1;
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    private MemorySegment keyPair(SecretKey secret, Arena arena) {
        MemorySegment keyPair = arena.allocate(KEY_PAIR_BYTES);
        requireSecret(call(keyPairCreate, context, keyPair, secret.segment()));
        return keyPair;
    }

    private byte[] serialized(MemorySegment xOnly, Arena arena) {
        MemorySegment x = arena.allocate(SCALAR_BYTES);
        require("xonly_pubkey_serialize", call(xOnlySerialize, context, x, xOnly));
        return x.toArray(JAVA_BYTE);
    }

    /// A context lives in memory that is freed with this object. Blinding guards against side channels.
    private static MemorySegment blindedContext(NativeLibrary library, SecureRandom random) {
        MethodHandle size =
                library.function("secp256k1_context_preallocated_size", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
        MethodHandle create = library.function(
                "secp256k1_context_preallocated_create", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        MethodHandle randomize = library.function("secp256k1_context_randomize", pointers(2));
        byte[] seed = new byte[SCALAR_BYTES];
        random.nextBytes(seed);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment context = Arena.ofAuto().allocate((long) size.invokeExact(CONTEXT_NONE), 16);
            MemorySegment created = (MemorySegment) create.invokeExact(context, CONTEXT_NONE);
            require("context_preallocated_create", created.address() == context.address() ? 1 : 0);
            require("context_randomize", call(randomize, context, copy(seed, arena)));
            return context;
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    /// The struct secp256k1_schnorrsig_extraparams: its magic bytes, the default nonce function, its 32 random bytes.
    private static MemorySegment signParameters(MemorySegment auxiliaryRandom, Arena arena) {
        MemorySegment parameters = arena.allocate(MemoryLayout.structLayout(
                MemoryLayout.sequenceLayout(4, JAVA_BYTE), MemoryLayout.paddingLayout(4), ADDRESS, ADDRESS));
        MemorySegment.copy(
                new byte[] {(byte) 0xda, (byte) 0x6f, (byte) 0xb3, (byte) 0x8c}, 0, parameters, JAVA_BYTE, 0, 4);
        parameters.set(ADDRESS, 16, auxiliaryRandom);
        return parameters;
    }

    private static MemorySegment copy(byte[] bytes, Arena arena) {
        return arena.allocateFrom(JAVA_BYTE, bytes);
    }

    private static int call(MethodHandle function, MemorySegment a, MemorySegment b) {
        try {
            return (int) function.invokeExact(a, b);
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    private static int call(MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            return (int) function.invokeExact(a, b, c);
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    private static int call(MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment d) {
        try {
            return (int) function.invokeExact(a, b, c, d);
        } catch (Throwable e) {
            throw propagated(e);
        }
    }

    /// Most functions take pointers and return 1 for success.
    private static FunctionDescriptor pointers(int count) {
        MemoryLayout[] arguments = new MemoryLayout[count];
        Arrays.fill(arguments, ADDRESS);
        return FunctionDescriptor.of(JAVA_INT, arguments);
    }

    private static void requireSecret(int ok) {
        if (ok != 1) {
            throw new IllegalArgumentException("secret key is not a number between 1 and n − 1");
        }
    }

    private static void require(String function, int ok) {
        if (ok != 1) {
            throw new IllegalStateException("secp256k1_" + function + " failed");
        }
    }

    /// Calling a function declares every throwable, but only unchecked ones come.
    private static RuntimeException propagated(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("native call failed", thrown);
        };
    }
}
