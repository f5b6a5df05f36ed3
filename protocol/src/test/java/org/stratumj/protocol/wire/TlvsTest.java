package org.stratumj.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.protocol.extension.worker.WorkerIdentity;

class TlvsTest {
    private static final Tlv WORKER = new Tlv(2, 1, Bytes.ofHex("aabb"));
    private static final Tlv EMPTY = new Tlv(0x7fff, 255, Bytes.EMPTY);
    private static final Tlv SECOND_OF_EMPTY = new Tlv(0x7fff, 0, Bytes.ofHex("01"));

    // Little-endian by 03 §3.1, against the printed examples of §3.4.3.
    @Test
    @Tag("EXT-014")
    @Tag("EXT-016")
    @Tag("EXT-019")
    @Tag("EXT-017")
    void sortsByExtensionAndKeepsTheOrderWithin() {
        var tlvs = Tlvs.of(EMPTY, WORKER, SECOND_OF_EMPTY);
        assertThat(tlvs.raw()).isEqualTo(Bytes.ofHex("0200010200aabb" + "ff7fff0000" + "ff7f00010001"));
        assertThat(tlvs.fields()).containsExactly(WORKER, EMPTY, SECOND_OF_EMPTY);
    }

    @Test
    @Tag("EXT-020")
    @Tag("WRK-010")
    void findsAFieldInAnyOrder() {
        var tlvs = new Tlvs(Bytes.ofHex("ff7fff0000" + "0200010200aabb"));
        assertThat(tlvs.find(2, 1)).hasValue(WORKER);
        assertThat(tlvs.find(2, 2)).isEmpty();
        assertThat(WorkerIdentity.in(tlvs)).hasValue(new WorkerIdentity(Bytes.ofHex("aabb")));
        assertThat(WorkerIdentity.in(Tlvs.NONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "020001", "02000102", "0200010300aabb", "0200010200aabb00", "00020100020aabb0"})
    void refusesBytesThatAreNoFields(String hex) {
        var tlvs = new Tlvs(Bytes.ofHex(hex));
        assertThatThrownBy(tlvs::fields).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> tlvs.find(2, 1)).isInstanceOf(DecodeException.class);
    }

    @Test
    @Tag("EXT-021")
    @Tag("WRK-003")
    void takesAnIdentityOfThirtyTwoBytesAndNoMore() {
        var longest = Tlvs.of(new Tlv(2, 1, Bytes.of(new byte[32])));
        var longer = Tlvs.of(new Tlv(2, 1, Bytes.of(new byte[33])));
        assertThat(WorkerIdentity.in(longest).orElseThrow().value().size()).isEqualTo(32);
        assertThatThrownBy(() -> WorkerIdentity.in(longer))
                .isInstanceOfSatisfying(
                        DecodeException.class,
                        e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.TLV_TOO_LONG));
        assertThatThrownBy(() -> new WorkerIdentity(Bytes.of(new byte[33])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("WRK-002")
    @Tag("WRK-004")
    @Tag("WRK-005")
    @Tag("WRK-006")
    void writesAnIdentityInUtf8WithoutPadding() {
        assertThat(Tlvs.of(WorkerIdentity.of("Süd").tlv()).raw())
                .isEqualTo(Bytes.ofHex("0200" + "01" + "0400" + "53c3bc64"));
        assertThat(WorkerIdentity.of("é".repeat(16)).value().size()).isEqualTo(32);
        assertThatThrownBy(() -> WorkerIdentity.of("é".repeat(17))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        assertThatThrownBy(() -> new Tlv(0x8000, 0, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tlv(0, 256, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tlv(0, 0, Bytes.of(new byte[65536]))).isInstanceOf(IllegalArgumentException.class);
    }
}
