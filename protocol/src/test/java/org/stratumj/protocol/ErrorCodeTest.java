package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.protocol.wire.Str0255;

class ErrorCodeTest {
    @ParameterizedTest
    @EnumSource
    @Tag("ERR-005")
    @Tag("ERR-006")
    @Tag("ERR-007")
    @Tag("ERR-008")
    void isPrintableAsciiLikeItsName(ErrorCode code) {
        assertThat(code.code()).matches("[a-z-]+").isEqualTo(code.wire().text());
        assertThat(code.name().replace('_', '-')).isEqualToIgnoringCase(code.code());
        assertThat(code.is(Str0255.of(code.code()))).isTrue();
        assertThat(code.is(Str0255.of(code.code() + " "))).isFalse();
    }
}
