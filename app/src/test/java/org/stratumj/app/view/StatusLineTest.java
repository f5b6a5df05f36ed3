package org.stratumj.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleStatus;

class StatusLineTest {
    @Test
    void saysWhatThereIsToSay() {
        assertThat(FrameLinesTest.roles().stream().map(StatusLine::of))
                .containsExactly(
                        "status miner: 127.0.0.1:40001, 1 connection, 1.05 MH/s, 123 shares,"
                                + " 3 rejected (1 duplicate-share, 2 stale-share)",
                        "status pool: 127.0.0.1:40001, 2 connections, 1.00 MH/s, 123 shares,"
                                + " 3 rejected (1 duplicate-share, 2 stale-share), template provider lost",
                        "status node: embedded signet, 5 blocks accepted, height 125 00000001…00000000");
    }

    @Test
    void namesTheUrlOfAServerInPlaceOfItsAddress() {
        RoleStatus pool = RoleStatus.of("pool")
                .address("127.0.0.1:3333")
                .url("stratum2+tcp://127.0.0.1:3333/KEY")
                .build();
        assertThat(StatusLine.of(pool)).isEqualTo("status pool: stratum2+tcp://127.0.0.1:3333/KEY");
    }

    @Test
    void namesAnAddressOnce() {
        RoleStatus miner = RoleStatus.of("miner")
                .address("127.0.0.1:3333")
                .note("no server: 127.0.0.1:3333: connection refused")
                .build();
        assertThat(StatusLine.of(miner)).isEqualTo("status miner: no server: 127.0.0.1:3333: connection refused");
        assertThat(Column.ADDRESS.cell(miner, List.of(miner))).isBlank();
    }

    @Test
    void saysLittleOfAFreshRole() {
        assertThat(StatusLine.of(RoleStatus.of("pool").build())).isEqualTo("status pool: no news");
    }
}
