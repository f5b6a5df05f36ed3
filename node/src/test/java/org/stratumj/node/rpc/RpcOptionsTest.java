package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcOptionsTest {
    @Test
    void readsAnAddressWithACookie() {
        RpcOptions options = RpcOptions.parse("http://127.0.0.1:18443?cookie=/srv/a%20b/.cookie");
        assertThat(options.endpoint()).isEqualTo(URI.create("http://127.0.0.1:18443/"));
        assertThat(options.credentials()).hasToString("RpcCredentials[cookie /srv/a b/.cookie]");
    }

    @Test
    void readsAnAddressWithAPasswordAndForgetsItInText() {
        RpcOptions options = RpcOptions.parse("https://user:p%40ss+word@node.example:8332/wallet");
        assertThat(options.endpoint()).isEqualTo(URI.create("https://node.example:8332/wallet"));
        assertThat(options.credentials().authorization()).isEqualTo("Basic dXNlcjpwQHNzK3dvcmQ=");
        assertThat(options.toString()).doesNotContain("p@ss").doesNotContain("p%40ss");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/srv/a b/.cookie     | /srv/a b/.cookie",
                "/srv/a%20b/.cookie   | /srv/a b/.cookie",
                "/srv/100%/.cookie    | /srv/100%/.cookie",
                "/srv/a+b/%41%zz      | /srv/a+b/A%zz",
                "/srv/%C3%A9/.cookie  | /srv/é/.cookie",
                "C:\\node\\.cookie    | C:\\node\\.cookie",
                "/srv/what?/.cookie   | /srv/what?/.cookie",
                "/srv/#1/.cookie      | /srv/#1/.cookie"
            })
    void readsPathsAsPeopleWriteThem(String written, String path) {
        RpcOptions options = RpcOptions.parse("http://127.0.0.1:8332?cookie=" + written);
        assertThat(options.credentials())
                .hasToString("RpcCredentials[cookie " + Path.of(path).toAbsolutePath() + "]");
    }

    @Test
    void takesATildeForTheHomeDirectoryAndShowsWhereARelativePathIs() {
        assertThat(RpcOptions.parse("http://127.0.0.1:8332?cookie=~/.bitcoin/.cookie")
                        .credentials())
                .hasToString("RpcCredentials[cookie " + System.getProperty("user.home") + "/.bitcoin/.cookie]");
        assertThat(RpcOptions.parse("http://127.0.0.1:8332?cookie=.cookie").credentials())
                .hasToString("RpcCredentials[cookie " + System.getProperty("user.dir") + "/.cookie]");
        assertThatThrownBy(() -> RpcOptions.parse("http://127.0.0.1:8332?cookie=a%00b"))
                .hasMessage("a path has no character of the number 0");
    }

    @Test
    void readsHostNamesWithUnderscores() {
        RpcOptions options = RpcOptions.parse("http://user:p_w@bitcoind_1:8332");
        assertThat(options.endpoint()).isEqualTo(URI.create("http://bitcoind_1:8332/"));
        assertThatThrownBy(() -> RpcOptions.parse("https://user:p_w@bitcoind_1:8332"))
                .hasMessage("certificates are not issued for host names with an underscore: use http, or another"
                        + " name for bitcoind_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                               | needs a host and a port",
                "127.0.0.1:8332                   | is not a URL",
                "http://127.0.0.1?cookie=/a       | needs a host and a port",
                "http://127.0.0.1:8332            | needs either ?cookie=PATH or USER:PASSWORD@",
                "http://u:p@127.0.0.1:8332?cookie=/a | needs either ?cookie=PATH or USER:PASSWORD@",
                "http://user@127.0.0.1:8332       | has a user name without a password",
                "http://127.0.0.1:8332?coookie=/a | has an unknown part after the question mark",
                "http://a b:8332                  | is not a URL"
            })
    void saysHowAnAddressShouldLook(String text, String message) {
        assertThatThrownBy(() -> RpcOptions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith("write it like http://127.0.0.1:8332?cookie=/var/lib/bitcoin/.cookie");
    }

    @Test
    void refusesOtherSchemesAndSecretsInTheEndpoint() {
        RpcCredentials credentials = RpcCredentials.of("user", "secret");
        assertThatThrownBy(() -> RpcOptions.of(URI.create("ftp://127.0.0.1:1/"), credentials))
                .hasMessage("not the address of a node: ftp://127.0.0.1");
        assertThatThrownBy(() -> RpcOptions.of(URI.create("http://u:p@127.0.0.1:1/"), credentials))
                .hasMessageNotContaining("u:p");
        assertThatThrownBy(() -> new RpcOptions(
                        URI.create("http://127.0.0.1:1/"),
                        credentials,
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RpcCredentials.of("us:er", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(credentials).hasToString("RpcCredentials[password]");
    }
}
