package org.stratumj.noise.library;

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

/// A native library as this artifact carries it. The bytes are compared with their known digest, copied to a directory
/// that only the own user can enter, loaded, and deleted from there. Loaded at the first use, once for the life of the
/// process, by any thread.
public final class NativeLibrary {
    /// libsecp256k1: the curve of the handshake.
    public static final NativeLibrary SECP256K1 = new NativeLibrary(
            "libsecp256k1",
            Map.of(
                    "linux-x86_64",
                    new Build("linux-x86_64", "25f0f0bfd3e4b202563f772963ea803f0f949e5593476d3cd4b755f800bf7704"),
                    "linux-aarch64",
                    new Build("linux-aarch64", "4e9c780ba134d130799c5f2d15ba90bf9fb477b34fc78d0f5b55fee90a734e37"),
                    // one file for both processors
                    "darwin-x86_64",
                    new Build("darwin", "ecb3e4e368fea39d26698a82d1de60bb550f24679d551b76bec55c92a5fa5453"),
                    "darwin-aarch64",
                    new Build("darwin", "ecb3e4e368fea39d26698a82d1de60bb550f24679d551b76bec55c92a5fa5453")));

    /// libsodium: the cipher of the transport.
    public static final NativeLibrary SODIUM = new NativeLibrary(
            "libsodium",
            Map.of(
                    "linux-x86_64",
                    new Build("linux-x86_64", "ec4a681bdc8e8635efb5c47f53458c7adfa5234dc0367611ddfa38d0d4305894"),
                    "linux-aarch64",
                    new Build("linux-aarch64", "dcb6b3a9e10614d9f80a4a3729df2cab5a4c99851d3ca426c9a7fd64b622d2ea"),
                    "darwin-x86_64",
                    new Build("darwin-x86_64", "15db21a581a164feba6e5e12e70c53a3fad842268d217a7e5eb9462547cff38c"),
                    "darwin-aarch64",
                    new Build("darwin-aarch64", "f44a9e331997c4af1a0e325b23379750598d65bb56a974d7f34307f474a74f22")));

    private final String name;
    private final Map<String, Build> builds;
    private @Nullable SymbolLookup loaded;

    NativeLibrary(String name, Map<String, Build> builds) {
        this.name = name;
        this.builds = builds;
    }

    /// Binds a function of the library.
    ///
    /// @throws UnavailableException if the library cannot be used here, or lacks the function
    @SuppressWarnings("restricted") // calling native code is what this class is for
    public MethodHandle function(String symbol, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment address = address(symbol);
        try {
            return Linker.nativeLinker().downcallHandle(address, descriptor, options);
        } catch (UnsupportedOperationException e) {
            throw new UnavailableException("this Java cannot call native code", e);
        }
    }

    /// Reads an exported variable that holds the address of a function.
    ///
    /// @throws UnavailableException if the library cannot be used here, or lacks the variable
    @SuppressWarnings("restricted") // calling native code is what this class is for
    public MemorySegment functionPointer(String symbol) {
        return address(symbol).reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
    }

    /// Returns how a platform is called here.
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String processor = switch (osArch) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> osArch;
        };
        if (os.startsWith("mac")) {
            return "darwin-" + processor;
        }
        return (os.startsWith("windows") ? "windows" : os) + "-" + processor;
    }

    Map<String, Build> builds() {
        return builds;
    }

    /// Returns the bytes of the library for a platform, checked against their digest.
    byte[] verifiedBytes(String platform) {
        Build build = builds.get(platform);
        if (build == null) {
            throw new UnavailableException("no " + name + " for " + platform);
        }
        byte[] library = resource("native/" + build.directory() + "/" + name);
        requirePinned(build, library);
        return library;
    }

    void requirePinned(Build build, byte[] library) {
        if (!sha256(library).equals(build.sha256())) {
            throw new UnavailableException(name + " for " + build.directory() + " is not the pinned one");
        }
    }

    private MemorySegment address(String symbol) {
        return symbols().find(symbol).orElseThrow(() -> new UnavailableException(name + " has no " + symbol));
    }

    private synchronized SymbolLookup symbols() {
        if (loaded == null) {
            loaded = load(verifiedBytes(platform(System.getProperty("os.name"), System.getProperty("os.arch"))));
        }
        return loaded;
    }

    @SuppressWarnings("restricted") // loading native code is what this class is for
    private SymbolLookup load(byte[] library) {
        try {
            Path directory = Files.createTempDirectory("stratumj-");
            Path file = directory.resolve(name);
            try {
                Files.write(file, library);
                return SymbolLookup.libraryLookup(file, Arena.global());
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IllegalCallerException e) {
            throw new UnavailableException("native access is denied, start Java with --enable-native-access", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnavailableException(name + " cannot be loaded: " + e, e);
        }
    }

    private byte[] resource(String path) {
        try (InputStream in = NativeLibrary.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new UnavailableException("no " + path + " in this artifact");
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

    /// One file: the directory of the artifact that it lies in, and its SHA-256. A file that is not listed is not part
    /// of the artifact.
    record Build(String directory, String sha256) {}
}
