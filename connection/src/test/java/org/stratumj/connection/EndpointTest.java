package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final ClientSecurity PLAIN = new ClientSecurity.Plain();

    @ParameterizedTest
    @ValueSource(strings = {"", "grübe.example", "pool.example\n", "pool example", "\u0000"})
    @Tag("CON-007")
    void hasAHostInPrintableAscii(String host) {
        assertThatThrownBy(() -> new Endpoint(host, 3333, PLAIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasAHostThatFitsSetupConnection() {
        assertThat(new Endpoint("a".repeat(255), 3333, PLAIN).host()).hasSize(255);
        assertThatThrownBy(() -> new Endpoint("a".repeat(256), 3333, PLAIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void hasAPortThatThereIs(int port) {
        assertThatThrownBy(() -> new Endpoint("pool.example", port, PLAIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void putsBracketsAroundAnIpv6Address() {
        assertThat(new Endpoint("::1", 3333, PLAIN)).hasToString("[::1]:3333");
    }

    @Test
    @Tag("SEC-003")
    void knowsThisMachineWithoutAskingForNames() {
        for (String host : List.of("127.0.0.1", "127.255.1.2", "::1", "localhost", "LOCALHOST")) {
            assertThat(new Endpoint(host, 1, PLAIN).isLoopback()).as(host).isTrue();
        }
        for (String host :
                List.of("0.0.0.0", "10.0.0.1", "::", "2001:db8::1", "localhost.example", "127.0.0.1.example")) {
            assertThat(new Endpoint(host, 1, PLAIN).isLoopback()).as(host).isFalse();
        }
    }
}
