package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.ServerSecurity;
import picocli.CommandLine;

class SecurityOptionsTest {
    @ParameterizedTest
    @Tag("SEC-003")
    @ValueSource(strings = {"127.0.0.1:3333", "127.1.2.3:3333", "[::1]:3333"})
    void oneWordIsEnoughOnThisMachine(String listen) {
        assertThat(security(listen, "--no-encryption")).isEqualTo(new ServerSecurity.Plain());
    }

    @ParameterizedTest
    @Tag("SEC-003")
    @ValueSource(strings = {"0.0.0.0:3333", "192.0.2.1:3333", "198.51.100.7:1"})
    void asksForASecondWordBeyond(String listen) {
        assertThatThrownBy(() -> security(listen, "--no-encryption"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--no-encryption is for a loopback address, and " + listen + " is none; listen on 127.0.0.1,"
                                + " give an --authority-key-file, or, on a network that you trust, add"
                                + " --no-encryption-beyond-loopback");
        assertThat(security(listen, "--no-encryption", "--no-encryption-beyond-loopback"))
                .isEqualTo(ServerSecurity.Plain.anywhere());
    }

    @Test
    void secondWordAloneIsNone() {
        assertThatThrownBy(() -> security("127.0.0.1:3333", "--no-encryption-beyond-loopback"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--no-encryption-beyond-loopback goes with --no-encryption; give both, or neither");
    }

    private static ServerSecurity security(String listen, String... arguments) {
        var options = new SecurityOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.security(Converters.address(listen));
    }
}
