package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class UserPathsTest {
    private static final Path CONFIG = Path.of("/etc/stratumj/pool.toml");

    @Test
    void knowsTheHomeDirectory() {
        Path home = Path.of(System.getProperty("user.home"));
        assertThat(UserPaths.of("~")).isEqualTo(home);
        assertThat(UserPaths.of("~/keys/a b.key")).isEqualTo(home.resolve("keys/a b.key"));
        assertThat(UserPaths.of("~other")).isEqualTo(Path.of("~other"));
    }

    @Test
    void refusesAnEmptyName() {
        assertThatThrownBy(() -> UserPaths.of(""))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("an empty text is no file name");
    }

    @Test
    void countsFromTheFolderOfTheConfigFile() {
        assertThat(UserPaths.of("a.key", CONFIG)).isEqualTo(Path.of("/etc/stratumj/a.key"));
        assertThat(UserPaths.of("/var/a.key", CONFIG)).isEqualTo(Path.of("/var/a.key"));
    }

    @ParameterizedTest
    @CsvSource({
        "embedded, embedded",
        "embedded:signet?file=chain, embedded:signet?file=/etc/stratumj/chain",
        "embedded:signet?file=/var/chain, embedded:signet?file=/var/chain",
        "rpc:http://127.0.0.1:8332?cookie=.cookie, rpc:http://127.0.0.1:8332?cookie=/etc/stratumj/.cookie",
        "rpc:http://n:1?user=me&password-file=$1\\a, rpc:http://n:1?user=me&password-file=/etc/stratumj/$1\\a",
        "rpc:http://n:1?cookie=a%2Cb/%26c, rpc:http://n:1?cookie=/etc/stratumj/a%2Cb/%26c",
    })
    void countsSoInTheUrlOfANodeToo(String node, String resolved) {
        assertThat(UserPaths.inNode(node, CONFIG)).isEqualTo(resolved);
    }

    @Test
    void knowsTheHomeDirectoryInTheUrlOfANodeToo() {
        String home = System.getProperty("user.home");
        assertThat(UserPaths.inNode("rpc:http://n:1?cookie=~/.cookie", CONFIG))
                .isEqualTo("rpc:http://n:1?cookie=" + home + "/.cookie");
    }

    @Test
    void escapesTheFolderOfTheConfigFile() {
        Path config = Path.of("/etc/100%25, a&b/pool.toml");
        assertThat(UserPaths.inNode("rpc:http://n:1?cookie=c", config))
                .isEqualTo("rpc:http://n:1?cookie=/etc/100%2525%2C a%26b/c");
    }
}
