package org.stratumj.noise.secp256k1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stratumj.noise.secp256k1.Secp256k1s.UnavailableException;

/// libsecp256k1 as this artifact carries it. The bytes are compared with their known digest, copied to a directory that
/// only the own user can enter, loaded, and deleted from there. Loaded once for the life of the process.
final class NativeLibrary {

    /// The platforms and the SHA-256 of their library. A library is part of the artifact only if it is listed here.
    static final Map<String, String> PINNED = Map.of(
            "linux-x86_64", "25f0f0bfd3e4b202563f772963ea803f0f949e5593476d3cd4b755f800bf7704",
            "linux-aarch64", "4e9c780ba134d130799c5f2d15ba90bf9fb477b34fc78d0f5b55fee90a734e37",
            "darwin", "ecb3e4e368fea39d26698a82d1de60bb550f24679d551b76bec55c92a5fa5453");

    private static @Nullable NativeLibrary loaded;

    private final SymbolLookup symbols;

    private NativeLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /// @throws UnavailableException if there is none for this platform, or it cannot be loaded
    static synchronized NativeLibrary load() {
        if (loaded == null) {
            String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
            loaded = new NativeLibrary(lookup(verifiedBytes(platform)));
        }
        return loaded;
    }

    /// Binds a function of the library.
    @SuppressWarnings("restricted") // calling native code is what this class is for
    MethodHandle function(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbol(name), descriptor);
    }

    /// Reads an exported variable that holds the address of a function.
    @SuppressWarnings("restricted") // calling native code is what this class is for
    MemorySegment functionPointer(String name) {
        return symbol(name).reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
    }

    /// Returns how the library of a platform is called here.
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return "darwin"; // one library for both processors
        }
        String processor = switch (osArch) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> osArch;
        };
        return (os.startsWith("windows") ? "windows" : os) + "-" + processor;
    }

    /// Returns the bytes of the library of a platform, checked against their digest.
    static byte[] verifiedBytes(String platform) {
        if (!PINNED.containsKey(platform)) {
            throw new UnavailableException("no native library for " + platform);
        }
        byte[] library = resource(platform);
        requirePinned(platform, library);
        return library;
    }

    static void requirePinned(String platform, byte[] library) {
        if (!sha256(library).equals(PINNED.get(platform))) {
            throw new UnavailableException("the native library for " + platform + " is not the pinned one");
        }
    }

    private MemorySegment symbol(String name) {
        return symbols.find(name).orElseThrow(() -> new UnavailableException("the native library has no " + name));
    }

    @SuppressWarnings("restricted") // loading native code is what this class is for
    private static SymbolLookup lookup(byte[] library) {
        try {
            Path directory = Files.createTempDirectory("stratumj-secp256k1-");
            Path file = directory.resolve("libsecp256k1");
            try {
                Files.write(file, library);
                return SymbolLookup.libraryLookup(file, Arena.global());
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnavailableException("the native library cannot be loaded: " + e, e);
        }
    }

    private static byte[] resource(String platform) {
        try (InputStream in = NativeLibrary.class.getResourceAsStream("native/" + platform + "/libsecp256k1")) {
            if (in == null) {
                throw new UnavailableException("no native library for " + platform + " in this artifact");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no security provider offers SHA-256", e);
        }
    }
}
