package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// The example of docs/testing.md, which must be this.
final class ExampleTest {
    // begin
    @RegisterExtension
    final StratumTestBed bed = StratumTestBed.simulated();

    @Test
    void opensAChannel() {
        TestPool pool = TestPool.open(bed, new ServerSecurity.Plain());
        ScriptedPeer miner = ScriptedPeer.dial(bed, pool.endpoint());
        miner.setUp(Subprotocol.MINING, 0);
        U256 easiest = U256.of(TestPool.SHARE_TARGET.littleEndian());
        miner.send(new OpenStandardMiningChannel(1, Str0255.of("worker"), 1000, easiest));
        var opened = miner.expect(OpenStandardMiningChannelSuccess.class);
        assertThat(opened.requestId()).isEqualTo(1);
    }
    // end

    @Test
    void isTheExampleOfTheDocumentation() throws IOException {
        List<String> page = Files.readAllLines(Path.of("../docs/testing.md"));
        List<String> source = Files.readAllLines(Path.of("src/test/java/org/stratumj/testkit/ExampleTest.java"));
        List<String> example = source.subList(source.indexOf("    // begin") + 1, source.indexOf("    // end"));
        int begin = page.indexOf("```java");
        List<String> shown = page.subList(begin + 1, begin + 1 + example.size());
        assertThat(shown)
                .isEqualTo(example.stream()
                        .map(line -> line.replaceFirst("^ {4}", ""))
                        .toList());
        assertThat(page.get(begin + 1 + example.size())).isEqualTo("```");
    }
}
