package org.stratumj.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.noise.aead.Aead;
import org.stratumj.noise.aead.Aeads;

@ParameterizedClass(name = "{0}")
@MethodSource("providers")
class CipherStateTest {
    private static final byte[] KEY = "0123456789abcdef0123456789ABCDEF".getBytes(US_ASCII);
    private static final byte[] TEXT = "submit".getBytes(US_ASCII);

    private final Aead aead;
    private final CipherState sender;
    private final CipherState receiver;

    CipherStateTest(Aead aead) {
        this.aead = aead;
        this.sender = CipherState.of(KEY, aead);
        this.receiver = CipherState.of(KEY, aead);
    }

    static Stream<Named<Aead>> providers() {
        return Stream.of(Aeads.best(), Aeads.jdk()).map(aead -> Named.of(aead.name(), aead));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 63, 64, 65, 1024, 65518, CipherState.PLAINTEXT_BYTES_MAX})
    @Tag("TYP-012")
    void opensWhatWasSealed(int length) {
        byte[] plaintext = new byte[length];
        new Random(length).nextBytes(plaintext);
        byte[] sealed = sealed(plaintext);
        assertThat(sealed).hasSize(length + CipherState.TAG_BYTES);
        assertThat(opened(sealed)).isEqualTo(plaintext);
    }

    @Test
    @Tag("SEC-009")
    @Tag("SEC-010")
    void countsOneNoncePerMessage() {
        for (int i = 0; i < 5; i++) {
            assertThat(sender.nonce()).isEqualTo(i);
            assertThat(receiver.nonce()).isEqualTo(i);
            assertThat(opened(sealed(TEXT))).isEqualTo(TEXT);
        }
    }

    @Test
    @Tag("SEC-010")
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(sealed(TEXT)).isNotEqualTo(sealed(TEXT));
    }

    @Test
    void worksInPlace() {
        byte[] buffer = Arrays.copyOf(TEXT, TEXT.length + CipherState.TAG_BYTES);
        assertThat(sender.seal(buffer, 0, TEXT.length, buffer, 0)).isEqualTo(buffer.length);
        assertThat(receiver.open(buffer, 0, buffer.length, buffer, 0)).isEqualTo(TEXT.length);
        assertThat(Arrays.copyOf(buffer, TEXT.length)).isEqualTo(TEXT);
    }

    @Test
    void worksInPlaceOnTheLongestMessage() {
        byte[] plaintext = new byte[CipherState.PLAINTEXT_BYTES_MAX];
        new Random(1).nextBytes(plaintext);
        byte[] buffer = new byte[3 + CipherState.CIPHERTEXT_BYTES_MAX];
        System.arraycopy(plaintext, 0, buffer, 3, plaintext.length);
        assertThat(sender.seal(buffer, 3, plaintext.length, buffer, 3)).isEqualTo(CipherState.CIPHERTEXT_BYTES_MAX);
        assertThat(receiver.open(buffer, 3, CipherState.CIPHERTEXT_BYTES_MAX, buffer, 3))
                .isEqualTo(plaintext.length);
        assertThat(Arrays.copyOfRange(buffer, 3, 3 + plaintext.length)).isEqualTo(plaintext);
    }

    @Test
    void takesNeighbouringRangesOfOneArray() {
        byte[] buffer = Arrays.copyOf(TEXT, 3 * TEXT.length + CipherState.TAG_BYTES);
        int sealed = sender.seal(buffer, 0, TEXT.length, buffer, TEXT.length);
        receiver.open(buffer, TEXT.length, sealed, buffer, TEXT.length + sealed);
        assertThat(Arrays.copyOfRange(buffer, TEXT.length + sealed, buffer.length))
                .isEqualTo(TEXT);
    }

    @Test
    void refusesRangesThatOverlapInPartWithoutUsingANonce() {
        byte[] buffer = new byte[64];
        for (int shift : new int[] {1, TEXT.length - 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sender.seal(buffer, 0, TEXT.length, buffer, shift))
                    .withMessageContaining("overlap");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sender.seal(buffer, shift, TEXT.length, buffer, 0))
                    .withMessageContaining("overlap");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> receiver.open(buffer, 0, 32, buffer, shift))
                    .withMessageContaining("overlap");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> receiver.open(buffer, shift, 32, buffer, 0))
                    .withMessageContaining("overlap");
        }
        assertThat(sender.nonce() + receiver.nonce()).isZero();
    }

    @Test
    void leavesNoPlaintextOfALongMessageWithAWrongTag() {
        byte[] sealed = sealed(new byte[CipherState.PLAINTEXT_BYTES_MAX]);
        sealed[sealed.length - 1] ^= 1;
        byte[] into = new byte[CipherState.PLAINTEXT_BYTES_MAX];
        Arrays.fill(into, (byte) 7);
        assertThatThrownBy(() -> receiver.open(sealed, 0, sealed.length, into, 0))
                .isInstanceOf(TransportException.class);
        assertThat(new String(into, US_ASCII).chars().filter(b -> b != 7 && b != 0))
                .isEmpty();
        assertThatThrownBy(() -> receiver.open(sealed, 0, sealed.length, sealed, 0))
                .as("in place")
                .isInstanceOf(TransportException.class);
    }

    @Test
    void touchesOnlyItsRanges() {
        byte[] buffer = new byte[40];
        Arrays.fill(buffer, (byte) 7);
        sender.seal(TEXT, 1, 4, buffer, 10);
        assertThat(Arrays.copyOf(buffer, 10)).containsOnly(7);
        assertThat(Arrays.copyOfRange(buffer, 30, 40)).containsOnly(7);
        byte[] into = new byte[10];
        assertThat(receiver.open(buffer, 10, 20, into, 3)).isEqualTo(4);
        assertThat(into).isEqualTo(new byte[] {0, 0, 0, 'u', 'b', 'm', 'i', 0, 0, 0});
    }

    @Test
    @Tag("SEC-012")
    void refusesEveryAlteredByteAndLeavesTheNonceAlone() {
        byte[] sealed = sealed(TEXT);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            byte[] into = new byte[TEXT.length];
            assertThatThrownBy(() -> receiver.open(altered, 0, altered.length, into, 0))
                    .as("byte %d", i)
                    .isInstanceOf(TransportException.class)
                    .hasMessage("message 0 is not authentic");
            assertThat(into).as("plaintext of an altered message").containsOnly(0);
            assertThat(receiver.nonce()).isZero();
        }
        assertThat(opened(sealed)).isEqualTo(TEXT);
    }

    @Test
    void refusesReplayAndReordering() {
        byte[] first = sealed(TEXT);
        byte[] second = sealed(TEXT);
        assertThatThrownBy(() -> opened(second)).isInstanceOf(TransportException.class);
        assertThat(opened(first)).isEqualTo(TEXT);
        assertThatThrownBy(() -> opened(first)).isInstanceOf(TransportException.class);
        assertThat(opened(second)).isEqualTo(TEXT);
    }

    @Test
    void refusesAnotherKey() {
        byte[] otherKey = KEY.clone();
        otherKey[31] ^= 1;
        byte[] sealed = sealed(TEXT);
        CipherState other = CipherState.of(otherKey, aead);
        assertThatThrownBy(() -> other.open(sealed, 0, sealed.length, new byte[TEXT.length], 0))
                .isInstanceOf(TransportException.class);
    }

    @Test
    @Tag("SEC-031")
    void refusesLengthsThatNoMessageHas() {
        byte[] big = new byte[CipherState.CIPHERTEXT_BYTES_MAX + CipherState.TAG_BYTES + 1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender.seal(big, 0, CipherState.PLAINTEXT_BYTES_MAX + 1, big, 0))
                .withMessageContaining("65520");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.open(big, 0, CipherState.CIPHERTEXT_BYTES_MAX + 1, big, 0))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.open(big, 0, CipherState.TAG_BYTES - 1, big, 0))
                .withMessageContaining("15");
        assertThat(sender.nonce() + receiver.nonce()).isZero();
    }

    @Test
    void refusesABufferThatIsTooSmallWithoutUsingANonce() {
        assertThatThrownBy(() -> sender.seal(TEXT, 0, TEXT.length, new byte[TEXT.length], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(sender.nonce()).isZero();
        byte[] sealed = sealed(TEXT);
        assertThatThrownBy(() -> receiver.open(sealed, 0, sealed.length, new byte[TEXT.length - 1], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(opened(sealed)).isEqualTo(TEXT);
    }

    @Test
    void refusesARangeOutsideItsBufferWithoutUsingANonce() {
        assertThatThrownBy(() -> sender.seal(TEXT, 1, TEXT.length, new byte[64], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> receiver.open(new byte[32], 1, 32, new byte[64], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(sender.nonce() + receiver.nonce()).isZero();
        assertThat(opened(sealed(TEXT))).isEqualTo(TEXT);
    }

    /// Many states take turns on one thread, as connections do on their event loop; some share a key, as the two ends
    /// of a connection in one process do.
    @Test
    void statesOnOneThreadDoNotDisturbEachOther() {
        byte[] otherKey = new byte[CipherState.KEY_BYTES];
        CipherState otherSender = CipherState.of(otherKey, aead);
        CipherState otherReceiver = CipherState.of(otherKey, aead);
        for (int i = 0; i < 3; i++) {
            byte[] sealed = sealed(TEXT);
            byte[] sealedByOther = new byte[TEXT.length + CipherState.TAG_BYTES];
            otherSender.seal(TEXT, 0, TEXT.length, sealedByOther, 0);
            assertThat(opened(sealed)).isEqualTo(TEXT);
            byte[] opened = new byte[TEXT.length];
            otherReceiver.open(sealedByOther, 0, sealedByOther.length, opened, 0);
            assertThat(opened).isEqualTo(TEXT);
        }
        byte[] first = new byte[TEXT.length + CipherState.TAG_BYTES];
        byte[] again = first.clone();
        CipherState.of(KEY, aead).seal(TEXT, 0, TEXT.length, first, 0);
        CipherState.of(KEY, aead).seal(TEXT, 0, TEXT.length, again, 0);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void countsUnsignedAndRefusesTheReservedNonce() {
        CipherState last = CipherState.startingAt(-2L, KEY, aead);
        CipherState lastReceiver = CipherState.startingAt(-2L, KEY, aead);
        byte[] sealed = new byte[TEXT.length + CipherState.TAG_BYTES];
        last.seal(TEXT, 0, TEXT.length, sealed, 0);
        byte[] opened = new byte[TEXT.length];
        lastReceiver.open(sealed, 0, sealed.length, opened, 0);
        assertThat(opened).isEqualTo(TEXT);
        assertThatIllegalStateException()
                .isThrownBy(() -> last.seal(TEXT, 0, TEXT.length, sealed, 0))
                .withMessageContaining("nonces");
        assertThatIllegalStateException()
                .isThrownBy(() -> lastReceiver.open(sealed, 0, sealed.length, opened, 0))
                .withMessageContaining("nonces");
        assertThat(last.nonce()).isEqualTo(-1L);
        assertThat(last).hasToString("CipherState[nonce=18446744073709551615, key=redacted]");
    }

    @Test
    void isOfNoUseOnceDestroyed() {
        byte[] sealed = sealed(TEXT);
        receiver.destroy();
        receiver.destroy();
        assertThat(receiver.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> opened(sealed)).withMessageContaining("erased");
        CipherState unused = CipherState.of(KEY, aead);
        unused.destroy();
        assertThatIllegalStateException()
                .isThrownBy(() -> unused.seal(TEXT, 0, TEXT.length, new byte[64], 0))
                .withMessageContaining("erased");
    }

    @Test
    void keepsItsOwnCopyOfTheKey() {
        byte[] key = KEY.clone();
        CipherState cipher = CipherState.of(key, aead);
        Arrays.fill(key, (byte) 0);
        byte[] sealed = new byte[TEXT.length + CipherState.TAG_BYTES];
        cipher.seal(TEXT, 0, TEXT.length, sealed, 0);
        assertThat(opened(sealed)).isEqualTo(TEXT);
    }

    @Test
    void neverPrintsTheKey() {
        String printed = sender + " " + aead.key(KEY) + " " + new TransportCiphers(sender, receiver);
        assertThat(printed)
                .doesNotContain(new String(KEY, US_ASCII))
                .doesNotContainIgnoringCase(HexFormat.of().formatHex(KEY))
                .contains("redacted");
    }

    @Test
    void refusesAKeyOfAnotherSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> CipherState.of(new byte[31], aead));
        assertThatIllegalArgumentException().isThrownBy(() -> CipherState.of(new byte[33], aead));
    }

    private byte[] sealed(byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + CipherState.TAG_BYTES];
        sender.seal(plaintext, 0, plaintext.length, sealed, 0);
        return sealed;
    }

    private byte[] opened(byte[] sealed) {
        byte[] plaintext = new byte[sealed.length - CipherState.TAG_BYTES];
        receiver.open(sealed, 0, sealed.length, plaintext, 0);
        return plaintext;
    }
}
