package org.stratumj.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.connection.sim.TestBed;

/// Goal: each example does what it is there to show, with the others, on real sockets. Method: they run in this JVM,
/// and what they say is awaited.
class ExamplesIT {
    private static final String ANY_PORT = "127.0.0.1:0";
    private static final String[] SLOWLY = {"--hashes-per-second", "20000"};

    private final TestBed bed = TestBed.sockets();
    private final List<Started> started = new ArrayList<>();

    /// An example under way, and what it said.
    private final class Started {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Example example;
        private final Example.Running running;

        Started(Example.Body body, Map<String, String> options, String... arguments) throws Exception {
            example = new Example(bed.network(), Example.parse(arguments, options), lines::add);
            running = body.start(example);
            started.add(this);
        }

        /// Waits for a line, and gives the first group in it.
        String says(String regex) {
            var pattern = Pattern.compile(regex);
            bed.await(
                    () -> lines.stream().anyMatch(line -> pattern.matcher(line).find()));
            return lines.stream()
                    .map(pattern::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
                    .findFirst()
                    .orElseThrow();
        }

        String address() {
            return says("^listening on (.*)");
        }

        int status() {
            return bed.await(example.finished());
        }
    }

    @AfterEach
    void stop() {
        started.reversed().forEach(each -> each.running.close());
        bed.close();
    }

    @Test
    void minerWithAStandardChannelHasSharesAccepted() throws Exception {
        var server = miningServer();
        var miner = miner(server, "--shares", "3", "--standard");
        miner.says("channel \\d+ is open");
        assertThat(miner.status()).isZero();
        server.says("example opens a standard channel");
        server.says("share 2 credited");
    }

    @Test
    void minerWithAnExtendedChannelHasSharesAccepted() throws Exception {
        var server = miningServer();
        var miner = miner(server, "--shares", "3");
        assertThat(miner.status()).isZero();
        server.says("example opens an extended channel");
    }

    @Test
    void plainConnectionsWorkToo() throws Exception {
        var server =
                new Started(MiningServerExample::start, MiningServerExample.OPTIONS, "--listen", ANY_PORT, "--plain");
        assertThat(miner(server, "--shares", "1", "--plain").status()).isZero();
    }

    @Test
    void templateClientSeesTemplatesWithTheirTransactions() throws Exception {
        var client = new Started(
                TemplateDistributionClientExample::start,
                TemplateDistributionClientExample.OPTIONS,
                "--to",
                templateProvider().address(),
                "--templates",
                "1");
        client.says("template 1 for height \\d+: 50\\d{8} satoshis, for the next tip");
        client.says("tip [0-9a-f]{64}, template 1");
        client.says("template 1 has 20 transactions");
        assertThat(client.status()).isZero();
    }

    @Test
    void templateProviderPassesTheTest() throws Exception {
        var provider = templateProvider();
        var test = new Started(
                TemplateProviderTestExample::start, TemplateProviderTestExample.OPTIONS, "--to", provider.address());
        assertThat(test.status()).isZero();
        provider.says("solution of an unknown template 0");
    }

    @Test
    void siblingsBringAMinerItsJob() throws Exception {
        var provider = templateProvider();
        var server = new Started(
                SiblingCommunicationExample::start,
                SiblingCommunicationExample.OPTIONS,
                "--listen",
                ANY_PORT,
                "--to",
                provider.address());
        server.says("connected with .* for TEMPLATE_DISTRIBUTION");
        String tip = provider.says("tip ([0-9a-f]{64})");
        var miner = miner(server, "--shares", "3");
        miner.says("job 1 on " + tip);
        assertThat(miner.status()).isZero();
        server.says("the template client says: Done");
        server.says("the mining server says: Many\\[outcomes=\\[Done");
    }

    @Test
    void soloServerBringsABlockToTheChain() throws Exception {
        var provider = templateProvider();
        var server = soloServer(provider);
        miner(server);
        String block = server.says("block ([0-9a-f]{64}) found");
        provider.says("solution " + block + ": Accepted");
        provider.says("tip " + block);
        server.says("work on " + block);
    }

    @Test
    void proxyPassesSharesAndBlocksUp() throws Exception {
        var provider = templateProvider();
        var pool = soloServer(provider);
        var proxy = new Started(
                Sv2ProxyExample::start,
                Sv2ProxyExample.OPTIONS,
                "--listen",
                ANY_PORT,
                "--to",
                pool.address(),
                "--shares-per-minute",
                "6000");
        proxy.says("channel \\d+ is open above");
        var miner = miner(proxy);
        miner.says("shares accepted");
        proxy.says("shares accepted above");
        String block = pool.says("block ([0-9a-f]{64}) found");
        provider.says("solution " + block + ": Accepted");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pingsAreAnsweredAlsoBeyondOneNoiseMessage(boolean plain) throws Exception {
        String[] arguments = plain ? new String[] {"--plain", "--pings", "3"} : new String[] {"--pings", "3"};
        var game = new Started(PingPongExample::start, PingPongExample.OPTIONS, arguments);
        assertThat(game.status()).isZero();
        game.says("ping 3: hello 3");
        assertThat(game.lines).contains("pong 1: 10 hashes", "pong 2: 3000 hashes", "pong 3: 3000 hashes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "listen", "--listen", "--listen nowhere", "--shares-per-minute many"})
    void wrongArgumentsAreOneLineAndTwo(String arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(errors().lines()).singleElement().asString().startsWith("wrong arguments: ");
    }

    @Test
    void unknownChoiceNamesTheChoices() {
        assertThatThrownBy(() -> new Started(SoloServerExample::start, SoloServerExample.OPTIONS, "--network", "moon"))
                .hasMessage("--network is one of [mainnet, testnet, signet, regtest], not moon");
    }

    @Test
    void whatCannotStartIsOneLineAndOne() throws Exception {
        String taken = miningServer().address();
        assertThat(run("--listen " + taken)).isEqualTo(1);
        assertThat(errors().lines()).singleElement().asString().startsWith("cannot start: ");
    }

    @Test
    void ctrlCEndsAnExampleInOrder() {
        stop.complete(0);
        assertThat(run("--listen " + ANY_PORT)).isZero();
        assertThat(errors()).isEmpty();
    }

    // Fixtures.

    private final CompletableFuture<Integer> stop = new CompletableFuture<>();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int run(String arguments) {
        return Example.run(
                arguments.split(" "),
                MiningServerExample.OPTIONS,
                MiningServerExample::start,
                stop,
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    private Started miningServer() throws Exception {
        return new Started(
                MiningServerExample::start,
                MiningServerExample.OPTIONS,
                "--listen",
                ANY_PORT,
                "--shares-per-minute",
                "6000");
    }

    private Started templateProvider() throws Exception {
        return new Started(
                TemplateProviderExample::start,
                TemplateProviderExample.OPTIONS,
                "--listen",
                ANY_PORT,
                "--chain",
                "regtest");
    }

    private Started soloServer(Started provider) throws Exception {
        return new Started(
                SoloServerExample::start,
                SoloServerExample.OPTIONS,
                "--listen",
                ANY_PORT,
                "--to",
                provider.address(),
                "--shares-per-minute",
                "6000");
    }

    private Started miner(Started server, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--to", server.address()));
        arguments.addAll(List.of(SLOWLY));
        arguments.addAll(List.of(more));
        return new Started(MiningClientExample::start, MiningClientExample.OPTIONS, arguments.toArray(String[]::new));
    }
}
