package org.stratumj.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSpecTest {
    @Test
    void readsEmbeddedProfiles() {
        assertThat(NodeSpec.parse("embedded")).isEqualTo(new NodeSpec.Embedded(NodeSpec.Profile.SIGNET, null));
        assertThat(NodeSpec.parse("embedded:signet")).isEqualTo(new NodeSpec.Embedded(NodeSpec.Profile.SIGNET, null));
        assertThat(NodeSpec.parse("embedded:regtest")).isEqualTo(new NodeSpec.Embedded(NodeSpec.Profile.REGTEST, null));
    }

    @Test
    void readsAnEmbeddedChainWithItsFile() {
        NodeSpec.Embedded signet = new NodeSpec.Embedded(NodeSpec.Profile.SIGNET, Path.of("/var/my chain?"));
        assertThat(NodeSpec.parse("embedded?file=/var/my chain?")).isEqualTo(signet);
        assertThat(NodeSpec.parse("embedded:signet?file=/var/my chain?")).isEqualTo(signet);
        assertThat(NodeSpec.parse("embedded:regtest?file=chain"))
                .isEqualTo(new NodeSpec.Embedded(NodeSpec.Profile.REGTEST, Path.of("chain")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embedded:signet",
                "embedded:regtest?file=/var/lib/my chain",
                "embedded:regtest?file=/var/lib/a%26b%2Cc/100%25",
                "rpc:http://127.0.0.1:8332/?cookie=/var/lib/a%2Cb/.cookie",
                "rpc:http://127.0.0.1:8332/?cookie=/var/lib/bitcoind/.cookie",
                "rpc:https://node.example.com:443/wallet?user=me&password-file=/etc/pw",
                "rpc:http://bitcoind_1:8332/?cookie=/var/lib/my node/a%26b/100%25/.cookie",
                "rpc:http://[::1]:8332/?cookie=C:\\node\\.cookie"
            })
    void isWrittenAsItIsRead(String text) {
        assertThat(NodeSpec.parse(text).text()).isEqualTo(text);
    }

    @Test
    void readsANodeWithItsCookie() {
        assertThat(NodeSpec.parse("rpc:http://127.0.0.1:8332?cookie=/var/lib/bitcoind/.cookie"))
                .isEqualTo(new NodeSpec.Rpc(
                        URI.create("http://127.0.0.1:8332/"),
                        new NodeSpec.Cookie(Path.of("/var/lib/bitcoind/.cookie"))));
    }

    @Test
    void readsNamesAndPathsAsPeopleWriteThem() {
        Path home = Path.of(System.getProperty("user.home"));
        assertThat(NodeSpec.parse("rpc:http://bitcoind_1:8332?cookie=~/my node/.cookie"))
                .isEqualTo(new NodeSpec.Rpc(
                        URI.create("http://bitcoind_1:8332/"), new NodeSpec.Cookie(home.resolve("my node/.cookie"))));
        assertThat(NodeSpec.parse("rpc:http://bitcoind_1:8332?user=me&password-file=my%20secrets/p"))
                .isEqualTo(new NodeSpec.Rpc(
                        URI.create("http://bitcoind_1:8332/"), new NodeSpec.User("me", Path.of("my secrets/p"))));
        assertThat(NodeSpec.parse("embedded:regtest?file=~/chain"))
                .isEqualTo(new NodeSpec.Embedded(NodeSpec.Profile.REGTEST, home.resolve("chain")));
    }

    @Test
    void readsANodeWithUserAndPasswordFile() {
        NodeSpec spec = NodeSpec.parse("rpc:https://node.example.com:443/wallet?user=me&password-file=/etc/pw");
        assertThat(spec)
                .isEqualTo(new NodeSpec.Rpc(
                        URI.create("https://node.example.com:443/wallet"),
                        new NodeSpec.User("me", Path.of("/etc/pw"))));
        assertThat(spec).hasToString("https://node.example.com:443/wallet");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "bitcoind|'bitcoind' is no node; write 'rpc:http://127.0.0.1:8332?cookie=PATH' or embedded",
                "embedded:main|there is no embedded profile 'main'; there are signet and regtest",
                "embedded:main?file=/a|there is no embedded profile 'main'; there are signet and regtest",
                "embedded?file=|after embedded comes nothing but the file that keeps the blocks: ?file=PATH",
                "embedded?path=/a|after embedded comes nothing but the file that keeps the blocks: ?file=PATH",
                "rpc:|after rpc: comes a URL with http and a host: http://127.0.0.1:8332",
                "rpc:127.0.0.1:8332|what follows rpc: is no URL; write 'rpc:http://127.0.0.1:8332?cookie=PATH'",
                "rpc:http://me:pw@bitcoind_1:8332|passwords do not go into the URL, where others can see them",
                "rpc:http://me:pw@127.0.0.1|passwords do not go into the URL, where others can see them",
                "rpc:http://me:pw@a b|what follows rpc: is no URL",
                "rpc:http://HOST:PORT?cookie=PATH|'http://HOST:PORT' still has the placeholder HOST; put your node's value in its place",
                "rpc:http://127.0.0.1:PORT?cookie=/a|still has the placeholder PORT",
                "rpc:http://127.0.0.1:8332?cookie=PATH|the path after cookie= is still the placeholder PATH; put the file's path",
                "rpc:http://127.0.0.1:8332?user=me&password-file=/etc/PATH|the path after password-file= is still the placeholder",
                "rpc:http://127.0.0.1:8332?cookie=|the path after cookie= is missing",
                "rpc:http://127.0.0.1:8332?user=&password-file=/a|the node's user '' is empty or has a colon",
                "rpc:http://127.0.0.1:8332?cookie=/a&b/.cookie|a & in a path is written %26",
                "rpc:ftp://host:1|after rpc: comes a URL with http and a host",
                "rpc:http://127.0.0.1?cookie=/a|has no port; Bitcoin Core uses 8332, on signet 38332",
                "rpc:http://me:pw@127.0.0.1:8332|passwords do not go into the URL, where others can see them",
                "rpc:http://127.0.0.1:8332|say how to log in to the node: ?cookie=PATH",
                "rpc:http://127.0.0.1:8332?cokie=/a|say how to log in to the node",
                "rpc:http://127.0.0.1:8332?user=me|say how to log in to the node",
                "rpc:http://127.0.0.1:8332?cookie=/a&user=me|say how to log in to the node",
            })
    void explainsAMistakeInOneLine(String text, String message) {
        assertThatThrownBy(() -> NodeSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).doesNotContain("pw@"));
    }
}
