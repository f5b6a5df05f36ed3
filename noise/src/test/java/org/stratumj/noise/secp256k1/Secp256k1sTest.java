package org.stratumj.noise.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.noise.library.UnavailableException;

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
