package org.stratumj.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class U256Test {
    private static final long SEED = 5;

    @Test
    @Tag("TYP-005")
    void comparesAsUnsignedLittleEndianNumbers() {
        var random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            var one = number(random);
            var two = round % 10 == 0 ? one : number(random);
            assertThat(Integer.signum(valueOf(one).compareTo(valueOf(two))))
                    .as("seed %d: %s and %s", SEED, one.toString(16), two.toString(16))
                    .isEqualTo(one.compareTo(two));
        }
    }

    @Test
    void keepsItsBytes() {
        var bytes = new byte[U256.SIZE];
        new Random(SEED).nextBytes(bytes);
        var value = U256.of(bytes);
        bytes[0]++;
        assertThat(value.bytes()).isNotEqualTo(bytes);
        bytes[0]--;
        assertThat(value.bytes()).isEqualTo(bytes);
        assertThat(value).isEqualTo(U256.ofHex(value.toString())).hasSameHashCodeAs(U256.ofHex(value.toString()));
        assertThat(U256.ZERO.bytes()).containsOnly(0);
        assertThat(U256.MAX.bytes()).containsOnly(0xff);
        assertThat(U256.ofHex("01" + "00".repeat(31))).isLessThan(U256.ofHex("00".repeat(31) + "01"));
    }

    @Test
    void differsInEachByte() {
        for (int i = 0; i < U256.SIZE; i++) {
            var bytes = new byte[U256.SIZE];
            bytes[i] = (byte) 0x80;
            assertThat(U256.of(bytes)).isNotEqualTo(U256.ZERO).isGreaterThan(U256.ZERO);
        }
    }

    @Test
    void refusesAnyOtherNumberOfBytes() {
        assertThatThrownBy(() -> U256.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> U256.of(new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> U256.of(new byte[33], 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    // Numbers that differ in one limb only are as likely as any.
    private static BigInteger number(Random random) {
        return new BigInteger(8, random).shiftLeft(random.nextInt(249));
    }

    private static U256 valueOf(BigInteger number) {
        var bytes = new byte[U256.SIZE];
        for (int i = 0; i < U256.SIZE; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return U256.of(bytes);
    }
}
