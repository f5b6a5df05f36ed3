package org.stratumj.app.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.cli.Commands;
import org.stratumj.app.cli.ConfigFile;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.mining.Mined.Share;
import org.stratumj.app.mining.ScriptedMiner;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.bitcoin.Target;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.service.Sv2ServiceException;
import picocli.CommandLine;

class PoolCommandTest {
    private static final String PROVIDER = "stratum2+tcp://127.0.0.1:1?plain";
    private static final String MAINNET = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private static final String ZEROES = "0000000000000000000000000000000000000000000000000000000000000000";
    private static final String OP_TRUE = "00204ae81572f06e1b88fd5ced7a1a000945432e83e1551e6f721ee9c00b8cc33260";

    private final TestBed bed = TestBed.sockets();
    private final RecordedEvents events = new RecordedEvents();
    private final RoleStack roles = new RoleStack();

    @AfterEach
    void stop() {
        roles.close();
        bed.close();
    }

    @Test
    void refusesToGuessWhereTemplatesComeFrom() {
        assertUsage("say where templates come from", "--payout-address", MAINNET, "--no-encryption");
    }

    @Test
    void endsWithTwoAndOneLineWhenItRefuses() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new PoolCommand()).setErr(new PrintWriter(err));
        assertThat(new Commands(command).run("--payout-address", MAINNET, "--no-encryption", "--log-level", "error"))
                .isEqualTo(Commands.USAGE);
        assertThat(err.toString().strip())
                .hasLineCount(1)
                .startsWith("pool: say where templates come from: --template-provider stratum2+tcp://HOST:PORT/KEY, or")
                .endsWith("('pool --help' explains)");
    }

    @Test
    void takesOneSourceOfTemplatesOnly() {
        assertUsage(
                "--template-provider and --node contradict each other",
                "--template-provider",
                PROVIDER,
                "--node",
                "embedded",
                "--payout-address",
                MAINNET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--no-encryption|say who gets the reward",
                "--payout-address tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"
                        + "|is an address of testnet or signet, but --network is mainnet",
                "--payout-address mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"
                        + "|is an address of testnet or signet or regtest, but --network is mainnet",
                "--payout-address 1BoatSLRHtKNngkdXEeobR76b53LETtpyT --network signet"
                        + "|is an address of mainnet, but --network is signet",
                "--payout-address YOUR-ADDRESS|--payout-address: ",
                "--payout-script 51|--payout-script is for test networks",
                "--payout-address bc1pfeessrawgf|--payout-address is the pay-to-anchor script, which anyone can spend",
                "--payout-address bc1sw50qgdz25j|is a witness program of version 16 and 2 bytes",
                "--payout-address bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs|is a witness program of version 2 and 16 bytes",
                "--payout-address bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y"
                        + "|is a witness program of version 1 and 40 bytes",
                "--payout-script 51024e73 --network regtest|--payout-script is the pay-to-anchor script",
                "--payout-script 5220" + ZEROES + " --network regtest|is a witness program of version 2 and 32 bytes",
                "--payout-script 00020000 --network regtest|is a witness program of version 0 and 2 bytes",
                "--payout-script 5 --network signet|--payout-script: not a script in hexadecimal: 5; write",
                "--payout-address bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 --payout-script 51"
                        + "|--payout-address and --payout-script contradict",
            })
    void checksWhoIsPaid(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("--template-provider", PROVIDER, "--no-encryption"));
        arguments.addAll(List.of(options.split(" ")));
        assertUsage(message, arguments.stream().distinct().toArray(String[]::new));
    }

    @Test
    void refusesAPayoutScriptThatIsTooLong() {
        String longest = "51".repeat(PayoutOptions.SCRIPT_SIZE_MAX);
        String[] others = {"--template-provider", PROVIDER, "--no-encryption", "--listen", "127.0.0.1:0"};
        List<String> arguments = new ArrayList<>(List.of(others));
        arguments.addAll(List.of("--network", "signet", "--payout-script"));
        arguments.add(longest + "51");
        assertUsage("--payout-script has 501 bytes; write 1 to 500 bytes", arguments.toArray(String[]::new));
        arguments.set(arguments.size() - 1, longest);
        start(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pool-tag=0123456789012345678901234567890123456789012345678901234567890|--pool-tag: a pool tag has at most",
                "--server-id=256|--server-id must be 0 to 255, is 256",
                "--shares-per-minute=0|--shares-per-minute must be more than 0, is 0.0",
                "--difficulty-min=0|--difficulty-min must be more than 0 and at most 1.0E15, is 0.0",
                "--difficulty-min=1e16|--difficulty-min must be more than 0 and at most 1.0E15, is 1.0E16",
                "--share-batch-size=0|--share-batch-size must be at least 1, is 0",
                "--channels-per-connection-max=0|--channels-per-connection-max must be at least 1, is 0",
                "--open-wait=0s|--open-wait and --first-channel-deadline must be longer than nothing",
                "--version-rolling-mask=ffffffff|--version-rolling-mask ffffffff has bits outside 1fffffe0",
                "--connections-max=0|--connections-max, --connections-per-source-max, --connections-half-open-max and --connections-half-open-per-source-max are at least 1",
            })
    void checksRanges(String option, String message) {
        assertUsage(message, "--template-provider", PROVIDER, "--payout-address", MAINNET, "--no-encryption", option);
    }

    @Test
    void refusesANodeOnAnotherNetwork() {
        assertUsage(
                "--network is mainnet, but the node is on signet; set --network signet",
                "--node",
                "embedded",
                "--payout-address",
                MAINNET,
                "--no-encryption",
                "--listen",
                "127.0.0.1:0");
    }

    /// The whole way on a chain in the process: command line, node, template provider, pool, miner, and back.
    @Test
    void runsOnANodeOfItsOwn() throws Sv2ServiceException {
        start(
                "--node",
                "embedded:regtest",
                "--network",
                "regtest",
                "--payout-script",
                OP_TRUE,
                "--no-encryption",
                "--listen",
                "127.0.0.1:0");
        assertThat(roles.statuses()).extracting(RoleStatus::role).containsExactly("pool", "template-provider", "node");

        ScriptedMiner miner = new ScriptedMiner(bed, pool(), "bob", 0).awaitUp();
        miner.openExtended(Target.MAX);
        var work = miner.work();
        Share block = miner.find(work, hash -> work.target().isMetBy(hash));
        miner.submit(block);
        miner.workOn(block.hash());

        bed.await(() -> roles.statuses().stream().allMatch(status -> status.blocksAccepted() == 1));
        assertThat(roles.statuses()).allSatisfy(status -> {
            assertThat(status.tip()).isEqualTo(block.hash().toString());
        });
        miner.service().close();
    }

    @Test
    void startsWithoutItsTemplateProvider() {
        start(
                "--template-provider",
                PROVIDER,
                "--payout-address",
                MAINNET,
                "--no-encryption",
                "--listen",
                "127.0.0.1:0");
        bed.await(() -> status().note().startsWith("no template provider: 127.0.0.1:1: "));
        assertThat(status().address()).startsWith("127.0.0.1:").doesNotEndWith(":0");
    }

    @Test
    void takesSeveralTemplateProvidersFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("pool.toml"), """
                template-provider = ["stratum2+tcp://127.0.0.1:1?plain", "stratum2+tcp://127.0.0.1:2?plain"]
                payout-address = "%s"
                no-encryption = true
                listen = "127.0.0.1:0"
                """.formatted(MAINNET));
        PoolCommand pool = new PoolCommand();
        CommandLine command = new CommandLine(pool);
        var _ = new Commands(command);
        command.setDefaultValueProvider(ConfigFile.load(file, command.getCommandSpec()));
        start(pool, command);
        bed.await(() -> status().note().startsWith("no template provider: 127.0.0.1:2: "));
    }

    private RoleStatus status() {
        return roles.statuses().getFirst();
    }

    private Endpoint pool() {
        String address = status().address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return new Endpoint("127.0.0.1", port, new ClientSecurity.Plain());
    }

    private void assertUsage(String message, String... arguments) {
        assertThatThrownBy(() -> start(arguments))
                .isInstanceOf(UsageException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).contains(message));
    }

    private void start(String... arguments) {
        PoolCommand pool = new PoolCommand();
        CommandLine command = new CommandLine(pool);
        var _ = new Commands(command);
        start(pool, command, arguments);
    }

    private void start(PoolCommand pool, CommandLine command, String... arguments) {
        command.parseArgs(arguments);
        pool.start(new RoleContext(bed.network(), events, bed.network().clock()), roles);
    }
}
