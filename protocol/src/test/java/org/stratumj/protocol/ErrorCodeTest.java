package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.protocol.wire.Str0255;

class ErrorCodeTest {
    // ERR-005, ERR-006
    @ParameterizedTest
    @EnumSource
    void isPrintableAsciiLikeItsName(ErrorCode code) {
        assertThat(code.code()).matches("[a-z-]+").isEqualTo(code.wire().text());
        assertThat(code.name().replace('_', '-')).isEqualToIgnoringCase(code.code());
        assertThat(code.is(Str0255.of(code.code()))).isTrue();
        assertThat(code.is(Str0255.of(code.code() + " "))).isFalse();
    }
}
