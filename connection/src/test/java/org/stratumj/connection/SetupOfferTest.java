package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.protocol.common.SetupConnectionSuccess;

/// Goal: what a client does with each acceptance.
class SetupOfferTest {
    private static final int MINING = 0;
    private static final int JOB_DECLARATION = 1;
    private static final int TEMPLATES = 2;

    @ParameterizedTest
    @Tag("CON-009")
    @MethodSource
    void judgesTheFlagsOfTheServer(
            int protocol, long requested, long accepted, long answered, long serverFlags, long refused) {
        SetupOffer offer = new SetupOffer(Setups.of(protocol, 2, 2, requested), accepted);
        SetupConnectionSuccess answer = new SetupConnectionSuccess(2, answered);

        assertThat(offer.serverFlags(answer)).isEqualTo(serverFlags);
        assertThat(offer.objection(answer))
                .isEqualTo(
                        refused == 0
                                ? Optional.empty()
                                : Optional.of(new CloseReason.SetupRefused("unsupported-feature-flags", refused)));
    }

    static Stream<Arguments> judgesTheFlagsOfTheServer() {
        return Stream.of(
                arguments(MINING, 0, 0, 0, 0, 0),
                arguments(MINING, 0, 0b11, 0b01, 0b01, 0),
                arguments(MINING, 0, 0b01, 0b11, 0b11, 0b10),
                // an echo of a bit that no server sets
                arguments(MINING, 0b100, 0, 0b100, 0, 0),
                arguments(MINING, 0b100, 0b11, 0b110, 0b10, 0),
                arguments(JOB_DECLARATION, 0b1, 0, 0b1, 0, 0),
                arguments(TEMPLATES, 0xffff_ffffL, 0, 0xffff_ffffL, 0, 0),
                // an undefined bit that was not sent
                arguments(MINING, 0, 0b11, 0b100, 0b100, 0b100),
                arguments(MINING, 0b100, 0b11, 0b1100, 0b1000, 0b1000),
                arguments(JOB_DECLARATION, 0, 0, 0b1, 0b1, 0b1),
                // an echo of bits that other servers set, for a client that could not honour them
                arguments(MINING, 0b001, 0, 0b001, 0, 0),
                arguments(MINING, 0b010, 0, 0b010, 0, 0),
                arguments(MINING, 0b111, 0, 0b111, 0, 0),
                // bits that can be honoured are, echo or not
                arguments(MINING, 0b001, 0b01, 0b001, 0b001, 0),
                arguments(MINING, 0b011, 0b11, 0b111, 0b011 | 0b100, 0b100),
                // a client that rolls the version honours no fixed one, though it says so
                arguments(MINING, 0b101, 0b01, 0b101, 0, 0),
                arguments(MINING, 0b100, 0b01, 0b101, 0b001, 0b001));
    }

    /// Whatever bit a client sends, a server that repeats it is not left for that.
    @ParameterizedTest
    @Tag("CON-009")
    @ValueSource(ints = {MINING, JOB_DECLARATION, TEMPLATES})
    void overlooksAnEchoOfEachBit(int protocol) {
        for (int bit = 0; bit < 32; bit++) {
            long flag = 1L << bit;
            for (long accepted : new long[] {0, 0b01, 0b10, 0b11}) {
                SetupOffer offer = new SetupOffer(Setups.of(protocol, 2, 2, flag), accepted);
                SetupConnectionSuccess echo = new SetupConnectionSuccess(2, flag);

                assertThat(offer.objection(echo)).as("bit %d", bit).isEmpty();
                boolean honoured = protocol == MINING && bit < 2 && (accepted & flag) != 0;
                assertThat(offer.serverFlags(echo)).as("bit %d", bit).isEqualTo(honoured ? flag : 0);
                // The same bit from a server of its own accord counts.
                SetupOffer silent = new SetupOffer(Setups.of(protocol, 2, 2, 0), accepted);
                assertThat(silent.objection(echo).isEmpty()).as("bit %d", bit).isEqualTo((accepted & flag) != 0);
            }
        }
        long all = 0xffff_ffffL;
        assertThat(new SetupOffer(Setups.of(protocol, 2, 2, all), 0).objection(new SetupConnectionSuccess(2, all)))
                .isEmpty();
    }

    @ParameterizedTest
    @Tag("CON-008")
    @MethodSource
    void judgesTheVersionOfTheServer(int min, int max, int used, boolean stays) {
        SetupOffer offer = new SetupOffer(Setups.of(MINING, min, max, 0), 0);
        Optional<CloseReason> objection = offer.objection(new SetupConnectionSuccess(used, 0));

        assertThat(objection)
                .isEqualTo(
                        stays
                                ? Optional.empty()
                                : Optional.of(new CloseReason.ProtocolViolation(
                                        "the server chose version " + used + ", offered were " + min + " to " + max)));
    }

    static Stream<Arguments> judgesTheVersionOfTheServer() {
        return Stream.of(
                arguments(2, 2, 2, true),
                arguments(2, 2, 1, false),
                arguments(2, 2, 3, false),
                arguments(2, 4, 2, true),
                arguments(2, 4, 3, true),
                arguments(2, 4, 4, true),
                arguments(2, 4, 5, false),
                arguments(2, 4, 0, false),
                arguments(0, 65_535, 65_535, true));
    }

    @Test
    void isNotMadeOfWhatMakesNoSense() {
        assertThatThrownBy(() -> new SetupOffer(Setups.of(MINING, 3, 2, 0), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("versions are upside down: 3 to 2");
        assertThatThrownBy(() -> new SetupOffer(Setups.of(3, 2, 2, 0), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no subprotocol 3");
    }
}
