package org.stratumj.noise.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.library.UnavailableException;

class AeadsTest {
    private static final byte[] KEY = new byte[Aead.KEY_BYTES];

    @Test
    void bestIsTheNativeOneWhereThereIsOne() {
        assertThat(Aeads.best().name()).isEqualTo("libsodium");
        assertThat(Aeads.best()).isSameAs(Aeads.best());
    }

    @Test
    void platformWithoutLibraryGetsTheJdksCipher() {
        Aead aead = Aeads.select(() -> {
            throw new UnavailableException("no libsodium for plan9-mips");
        });
        assertThat(aead.name()).isEqualTo("JDK");
    }

    @ParameterizedTest
    @EnumSource
    void selfTestFindsAProviderThatErrs(Fault fault) {
        assertThat(Aeads.select(() -> new Erring(Aeads.best(), fault)).name()).isEqualTo("JDK");
        assertThatIllegalStateException()
                .isThrownBy(() -> KnownAnswers.check(new Erring(Aeads.best(), fault)))
                .withMessage("libsodium fails its self-test: " + fault.found);
    }

    /// The bytes right up to the end of the memory that a native call works in.
    @ParameterizedTest
    @MethodSource("providers")
    void takesTheLongestMessageWithTheLongestAssociatedData(Aead aead) {
        AeadKey key = aead.key(KEY);
        byte[] data = new byte[Aead.ASSOCIATED_DATA_BYTES_MAX];
        byte[] text = new byte[Aead.CIPHERTEXT_BYTES_MAX];
        Arrays.fill(text, (byte) 7);
        key.seal(1, data, text, 0, Aead.PLAINTEXT_BYTES_MAX, text, 0);
        assertThat(key.open(1, data, text, 0, text.length, text, 0)).isTrue();
        assertThat(Arrays.copyOf(text, Aead.PLAINTEXT_BYTES_MAX)).containsOnly(7);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void refusesLongerAssociatedData(Aead aead) {
        AeadKey key = aead.key(KEY);
        byte[] data = new byte[Aead.ASSOCIATED_DATA_BYTES_MAX + 1];
        byte[] text = new byte[32];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.seal(1, data, text, 0, 16, text, 0))
                .withMessageContaining("1025");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.open(1, data, text, 0, 32, text, 0))
                .withMessageContaining("1025");
    }

    static List<Aead> providers() {
        return List.of(Aeads.best(), Aeads.jdk());
    }

    @Test
    void erasesANativeKey() {
        byte[] bytes = KEY.clone();
        Arrays.fill(bytes, (byte) 7);
        NativeAeadKey key = new NativeAeadKey(bytes);
        assertThat(key.bytes()).containsOnly(7);
        key.destroy();
        assertThat(key.bytes()).containsOnly(0);
    }

    @Test
    void erasesAKeyForTheJdk() {
        byte[] bytes = KEY.clone();
        Arrays.fill(bytes, (byte) 7);
        JdkAeadKey key = new JdkAeadKey(bytes);
        assertThat(key.getEncoded()).containsOnly(7);
        key.destroy();
        assertThat(key.getEncoded()).containsOnly(0);
    }

    /// What is wrong with a provider, and what the self-test says of it.
    enum Fault {
        SEALS_OTHER_BYTES("encryption"),
        OPENS_OTHER_BYTES("decryption"),
        OPENS_NOTHING("decryption"),
        OPENS_ANYTHING("refusal of an altered message"),
        LEAVES_PLAINTEXT("refusal of an altered message"),
        KEEPS_THE_KEY("erasure of a key");

        private final String found;

        Fault(String found) {
            this.found = found;
        }
    }

    private record Erring(Aead honest, Fault fault) implements Aead {
        @Override
        public String name() {
            return honest.name();
        }

        @Override
        public AeadKey key(byte[] bytes) {
            return new ErringKey(honest.key(bytes), fault);
        }
    }

    private record ErringKey(AeadKey honest, Fault fault) implements AeadKey {
        @Override
        public int seal(long nonce, byte[] data, byte[] plaintext, int offset, int length, byte[] into, int at) {
            int written = honest.seal(nonce, data, plaintext, offset, length, into, at);
            into[at] ^= (byte) (fault == Fault.SEALS_OTHER_BYTES ? 1 : 0);
            return written;
        }

        @Override
        public boolean open(long nonce, byte[] data, byte[] ciphertext, int offset, int length, byte[] into, int at) {
            boolean authentic = honest.open(nonce, data, ciphertext, offset, length, into, at);
            boolean spoilt = fault == Fault.OPENS_OTHER_BYTES || (fault == Fault.LEAVES_PLAINTEXT && !authentic);
            into[at] ^= (byte) (spoilt ? 1 : 0);
            return switch (fault) {
                case OPENS_ANYTHING -> true;
                case OPENS_NOTHING -> false;
                default -> authentic;
            };
        }

        @Override
        public void destroy() {
            honest.destroy();
        }

        @Override
        public boolean isDestroyed() {
            return fault != Fault.KEEPS_THE_KEY && honest.isDestroyed();
        }
    }
}
