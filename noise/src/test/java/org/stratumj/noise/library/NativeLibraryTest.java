package org.stratumj.noise.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Linux, riscv64, linux-riscv64",
        "Mac OS X, aarch64, darwin-aarch64",
        "Mac OS X, x86_64, darwin-x86_64",
        "Windows 11, amd64, windows-x86_64"
    })
    void namesPlatforms(String osName, String osArch, String platform) {
        assertThat(NativeLibrary.platform(osName, osArch)).isEqualTo(platform);
    }

    @Test
    void everyPinnedLibraryIsInTheArtifact() {
        assertEachIsThere(NativeLibrary.SECP256K1, 1_000_000);
        assertEachIsThere(NativeLibrary.SODIUM, 250_000);
    }

    @Test
    void refusesALibraryThatIsNotThePinnedOne() {
        byte[] library = NativeLibrary.SODIUM.verifiedBytes("linux-x86_64");
        library[library.length / 2] ^= 1;
        var build = NativeLibrary.SODIUM.builds().get("linux-x86_64");
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> NativeLibrary.SODIUM.requirePinned(build, library))
                .withMessage("libsodium for linux-x86_64 is not the pinned one");
    }

    /// What is loaded is what was compared with the pin.
    @Test
    void readsNoLibraryWithoutComparingItWithItsPin() {
        var otherPin = new NativeLibrary.Build("linux-x86_64", "00".repeat(32));
        var library = new NativeLibrary("libsodium", Map.of("linux-x86_64", otherPin));
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> library.verifiedBytes("linux-x86_64"))
                .withMessage("libsodium for linux-x86_64 is not the pinned one");
    }

    @Test
    void saysWhichPlatformHasNone() {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> NativeLibrary.SECP256K1.verifiedBytes("windows-x86_64"))
                .withMessage("no libsecp256k1 for windows-x86_64");
    }

    @Test
    void saysWhichFunctionIsMissing() {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> NativeLibrary.SECP256K1.functionPointer("secp256k1_no_such_thing"))
                .withMessage("libsecp256k1 has no secp256k1_no_such_thing");
    }

    private static void assertEachIsThere(NativeLibrary library, int bytesMin) {
        assertThat(library.builds())
                .containsOnlyKeys("linux-x86_64", "linux-aarch64", "darwin-x86_64", "darwin-aarch64");
        library.builds()
                .keySet()
                .forEach(platform -> assertThat(library.verifiedBytes(platform).length)
                        .as(platform)
                        .isGreaterThan(bytesMin));
    }
}
