package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.protocol.GoldenFramesVectorsTest.frame;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.Vectors.Entry;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.DecodeException;

/// Frames that are refused, and why, or that mean the same as another one.
class OddFramesVectorsTest {
    private static final MessageRegistry REGISTRY = MessageRegistry.core();

    static Stream<Entry> refused() {
        return Vectors.entries("odd-frames.json", "frames", "refused");
    }

    static Stream<Entry> tolerated() {
        return Vectors.entries("odd-frames.json", "frames", "means");
    }

    @ParameterizedTest
    @MethodSource("refused")
    @Tag("TYP-007")
    @Tag("TYP-013")
    @Tag("TYP-014")
    @Tag("TYP-015")
    @Tag("EXT-021")
    @Tag("WRK-003")
    void areRefused(Entry entry) {
        assertThatThrownBy(() -> read(entry))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.reason()).isEqualTo(entry.refused()));
    }

    @ParameterizedTest
    @MethodSource("tolerated")
    @Tag("TYP-002")
    @Tag("TYP-003")
    @Tag("FRM-007")
    @Tag("EXT-024")
    void areUnderstoodAsOthers(Entry entry) {
        assertThat(REGISTRY.encode(read(entry)).bytes())
                .isEqualTo(entry.bytes("means").bytes());
    }

    private static Sv2Message read(Entry entry) {
        var message = REGISTRY.decode(frame(entry));
        if (message instanceof SubmitSharesExtended share && entry.content().has("negotiated")) {
            WorkerIdentity.in(share.tlvs());
        }
        return message;
    }
}
