package org.stratumj.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.role.RoleStatus;

class StatusJsonTest {
    @Test
    void isOneLineThatNamesWhatItTells() {
        RoleStatus pool = RoleStatus.of("pool")
                .address("127.0.0.1:3333")
                .url("stratum2+tcp://127.0.0.1:3333/KEY")
                .connections(2)
                .shares(5, Map.of("stale-share", 3L))
                .blocks(2, 1)
                .tip(7, "00ab")
                .note("a \"quoted\"\nline")
                .build();
        assertThat(StatusJson.write(pool))
                .isEqualTo("{\"role\":\"pool\",\"address\":\"127.0.0.1:3333\","
                        + "\"url\":\"stratum2+tcp://127.0.0.1:3333/KEY\",\"connections\":2,\"shares_accepted\":5,"
                        + "\"shares_rejected\":3,\"blocks_found\":2,\"blocks_accepted\":1,"
                        + "\"note\":\"a \\\"quoted\\\"\\nline\",\"reject_reasons\":{\"stale-share\":3},"
                        + "\"height\":7,\"tip\":\"00ab\"}");
    }

    @Test
    void isReadAsItWasWritten() {
        assertThat(FrameLinesTest.roles())
                .isNotEmpty()
                .allSatisfy(status ->
                        assertThat(StatusJson.read(StatusJson.write(status))).isEqualTo(status));
        RoleStatus fresh = RoleStatus.of("pool").build();
        assertThat(StatusJson.read(StatusJson.write(fresh))).isEqualTo(fresh);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{}", "{\"role\":\"pool\"}", "12:00:00 INFO pool: text"})
    void refusesALineThatIsNone(String line) {
        assertThatThrownBy(() -> StatusJson.read(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no status of a role: " + line);
    }
}
