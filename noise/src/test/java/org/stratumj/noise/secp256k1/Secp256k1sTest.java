package org.stratumj.noise.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.noise.secp256k1.Secp256k1s.UnavailableException;

class Secp256k1sTest {

    @Test
    void bestIsTheNativeOneWhereThereIsOne() {
        Secp256k1 best = Secp256k1s.best(new SecureRandom());
        assertThat(best.name()).isEqualTo("libsecp256k1");
        assertThat(best.constantTime()).isTrue();
    }

    @Test
    void pureJavaIsChosenByName() {
        Secp256k1 curve = Secp256k1s.select(Secp256k1Policy.PURE_JAVA, new SecureRandom());
        assertThat(curve.name()).isEqualTo("pure Java");
        assertThat(curve.constantTime()).isFalse();
    }

    @Test
    void platformWithoutLibraryGetsPureJavaOnlyIfThatIsAllowed() {
        assertThat(Secp256k1s.select(Secp256k1Policy.PREFER_CONSTANT_TIME, Secp256k1sTest::missing)
                        .constantTime())
                .isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> Secp256k1s.select(Secp256k1Policy.REQUIRE_CONSTANT_TIME, Secp256k1sTest::missing))
                .withMessage("no constant-time secp256k1 here: no native library for plan9-mips;"
                        + " the pure Java provider has to be allowed explicitly");
    }

    /// Wraps a right provider and falsifies the results of one method.
    @ParameterizedTest
    @ValueSource(
            strings = {"isValid", "xOnlyPublicKey", "ellswiftCreate", "ellswiftDecode", "sharedSecret", "sign", "verify"
            })
    void selfTestFindsAProviderThatErrs(String method) {
        Secp256k1 lying = lyingIn(method);
        assertThatIllegalStateException()
                .isThrownBy(() -> Secp256k1s.select(Secp256k1Policy.REQUIRE_CONSTANT_TIME, () -> lying))
                .withMessageContaining("fails its self-test");
        assertThat(Secp256k1s.select(Secp256k1Policy.PREFER_CONSTANT_TIME, () -> lying)
                        .name())
                .isEqualTo("pure Java");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Linux, riscv64, linux-riscv64",
        "Mac OS X, aarch64, darwin",
        "Mac OS X, x86_64, darwin",
        "Windows 11, amd64, windows-x86_64"
    })
    void namesPlatforms(String osName, String osArch, String platform) {
        assertThat(NativeLibrary.platform(osName, osArch)).isEqualTo(platform);
    }

    @Test
    void everyPinnedLibraryIsInTheArtifact() {
        assertThat(NativeLibrary.PINNED).hasSize(3);
        NativeLibrary.PINNED
                .keySet()
                .forEach(platform -> assertThat(NativeLibrary.verifiedBytes(platform).length)
                        .as(platform)
                        .isGreaterThan(1_000_000));
    }

    @Test
    void refusesALibraryThatIsNotThePinnedOne() {
        byte[] library = NativeLibrary.verifiedBytes("linux-x86_64");
        library[library.length / 2] ^= 1;
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> NativeLibrary.requirePinned("linux-x86_64", library))
                .withMessageContaining("not the pinned one");
    }

    @Test
    void saysWhichPlatformHasNone() {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> NativeLibrary.verifiedBytes("windows-x86_64"))
                .withMessage("no native library for windows-x86_64");
    }

    @Test
    void saysWhichFunctionIsMissing() {
        NativeLibrary library = NativeLibrary.load();
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> library.functionPointer("secp256k1_no_such_thing"))
                .withMessageContaining("secp256k1_no_such_thing");
    }

    private static Secp256k1 missing() {
        throw new UnavailableException("no native library for plan9-mips");
    }

    private static Secp256k1 lyingIn(String method) {
        Secp256k1 honest = Secp256k1s.select(Secp256k1Policy.PURE_JAVA, new SecureRandom());
        return (Secp256k1) Proxy.newProxyInstance(
                Secp256k1.class.getClassLoader(), new Class<?>[] {Secp256k1.class}, (proxy, called, arguments) -> {
                    Object result = called.invoke(honest, arguments);
                    return called.getName().equals(method) ? falsified(result) : result;
                });
    }

    private static Object falsified(Object result) {
        return switch (result) {
            case Boolean holds -> !holds;
            case byte[] bytes -> {
                bytes[bytes.length - 1] ^= 1;
                yield bytes;
            }
            default -> result;
        };
    }
}
