package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.protocol.Subprotocol;

class AdviceTest {
    @ParameterizedTest
    @EnumSource
    void namesTheRoleWhosePortIsMeant(Subprotocol asked) {
        String role = switch (asked) {
            case MINING -> "a pool or proxy, not of a template provider";
            case JOB_DECLARATION -> "a job declarator server";
            case TEMPLATE_DISTRIBUTION -> "a template provider, not of a pool or proxy";
        };
        assertThat(Advice.onSetupRefused(asked, "unsupported-protocol", 0).text())
                .startsWith("SetupConnection refused: unsupported-protocol; this port may not be for ")
                .endsWith("use that of " + role);
        Role client = new Role.Client(Setups.offer(Setups.of(asked.code(), 2, 2, 0)));
        assertThat(Advice.endedInSetup(client).text()).endsWith("use that of " + role);
    }

    @Test
    void advisesNothingOnOtherRefusals() {
        assertThat(Advice.onSetupRefused(Subprotocol.MINING, "unsupported-feature-flags", 6))
                .isEqualTo(new CloseReason.SetupRefused("unsupported-feature-flags", 6));
    }
}
