package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.SetupConnection;

/// Goal: the verdict on every kind of request, and which fault counts if there are several.
class SetupPolicyTest {
    private static final SetupPolicy POLICY =
            new SetupPolicy(Map.of(Subprotocol.MINING, 0b101L, Subprotocol.TEMPLATE_DISTRIBUTION, 0L));
    private static final SetupVerdict ACCEPTED = new SetupVerdict.Accept(2, 0);
    private static final SetupVerdict WRONG_PROTOCOL = new SetupVerdict.Refuse(ErrorCode.UNSUPPORTED_PROTOCOL, 0);
    private static final SetupVerdict WRONG_VERSION = new SetupVerdict.Refuse(ErrorCode.PROTOCOL_VERSION_MISMATCH, 0);

    @ParameterizedTest
    @Tag("CON-008")
    @MethodSource
    @Tag("CON-012")
    @Tag("CON-014")
    void judges(int protocol, int minVersion, int maxVersion, long flags, SetupVerdict expected) {
        assertThat(POLICY.judge(Setups.of(protocol, minVersion, maxVersion, flags)))
                .isEqualTo(expected);
    }

    @Test
    @Tag("JDP-013")
    @Tag("JDP-014")
    void takesTheOneFlagOfJobDeclarationAndGivesNone() {
        SetupPolicy policy =
                new SetupPolicy(Map.of(Subprotocol.JOB_DECLARATION, SetupConnection.JOB_DECLARATION_DECLARE_TX_DATA));
        assertThat(policy.judge(Setups.of(1, 2, 2, 0))).isEqualTo(ACCEPTED);
        assertThat(policy.judge(Setups.of(1, 2, 2, 0b1))).isEqualTo(ACCEPTED);
        assertThat(policy.judge(Setups.of(1, 2, 2, 0b11))).isEqualTo(unsupported(0b10));
    }

    static Stream<Arguments> judges() {
        return Stream.of(
                arguments(0, 2, 2, 0, ACCEPTED),
                arguments(0, 2, 2, 0b101, ACCEPTED),
                arguments(0, 1, 9, 0b100, ACCEPTED),
                arguments(0, 0, 65_535, 0, ACCEPTED),
                arguments(2, 2, 2, 0, ACCEPTED),
                // a subprotocol that is not served, and one that does not exist
                arguments(1, 2, 2, 0, WRONG_PROTOCOL),
                arguments(3, 2, 2, 0, WRONG_PROTOCOL),
                arguments(255, 2, 2, 0, WRONG_PROTOCOL),
                // ranges without version 2, and one that is upside down
                arguments(0, 3, 9, 0, WRONG_VERSION),
                arguments(0, 0, 1, 0, WRONG_VERSION),
                arguments(0, 3, 1, 0, WRONG_VERSION),
                arguments(0, 3, 2, 0, WRONG_VERSION),
                // all unsupported bits and no others
                arguments(0, 2, 2, 0b010, unsupported(0b010)),
                arguments(0, 2, 2, 0b111, unsupported(0b010)),
                arguments(0, 2, 2, 0xffff_ffffL, unsupported(0xffff_fffaL)),
                arguments(2, 2, 2, 0x8000_0000L, unsupported(0x8000_0000L)),
                // subprotocol before version before flags
                arguments(1, 3, 3, 0xffff_ffffL, WRONG_PROTOCOL),
                arguments(0, 3, 3, 0xffff_ffffL, WRONG_VERSION));
    }

    @ParameterizedTest
    @Tag("CON-008")
    @MethodSource
    void usesTheNewestVersionThatBothSpeak(int min, int max, int clientMin, int clientMax, SetupVerdict expected) {
        SetupPolicy policy = new SetupPolicy(Map.of(Subprotocol.MINING, 0L), Map.of(), new VersionRange(min, max));
        assertThat(policy.judge(Setups.of(0, clientMin, clientMax, 0))).isEqualTo(expected);
    }

    static Stream<Arguments> usesTheNewestVersionThatBothSpeak() {
        return Stream.of(
                arguments(2, 2, 2, 2, new SetupVerdict.Accept(2, 0)),
                arguments(2, 4, 2, 3, new SetupVerdict.Accept(3, 0)),
                arguments(2, 4, 3, 9, new SetupVerdict.Accept(4, 0)),
                arguments(3, 4, 2, 3, new SetupVerdict.Accept(3, 0)),
                arguments(2, 4, 4, 4, new SetupVerdict.Accept(4, 0)),
                arguments(0, 65_535, 0, 65_535, new SetupVerdict.Accept(65_535, 0)),
                // side by side
                arguments(3, 4, 2, 2, WRONG_VERSION),
                arguments(2, 3, 4, 5, WRONG_VERSION),
                // upside down, around a version that is spoken
                arguments(2, 4, 3, 2, WRONG_VERSION),
                arguments(2, 4, 9, 1, WRONG_VERSION));
    }

    @Test
    void versionsAreNotUpsideDownNorBeyondTheirField() {
        for (int[] range : new int[][] {{3, 2}, {-1, 2}, {2, 65_536}}) {
            assertThatThrownBy(() -> new VersionRange(range[0], range[1])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static SetupVerdict unsupported(long flags) {
        return new SetupVerdict.Refuse(ErrorCode.UNSUPPORTED_FEATURE_FLAGS, flags);
    }
}
