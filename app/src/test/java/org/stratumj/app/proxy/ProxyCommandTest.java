package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.cli.Commands;
import org.stratumj.app.cli.ConfigFile;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.mining.ScriptedMiner;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleStack;
import org.stratumj.bitcoin.Target;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.Sv2ServiceException;
import picocli.CommandLine;

class ProxyCommandTest {
    private static final String POOL = "stratum2+tcp://127.0.0.1:1?plain";

    private final TestBed bed = TestBed.sockets();
    private final RoleStack roles = new RoleStack();

    @AfterEach
    void stop() {
        roles.close();
        bed.close();
    }

    @Test
    void refusesToGuessWhichPoolToMineAt() {
        assertUsage(
                "say which pool to mine at, with --upstream stratum2+tcp://HOST:PORT/KEY",
                "--user",
                "farm",
                "--no-encryption");
    }

    @Test
    void refusesToGuessWhomThePoolCredits() {
        assertUsage(
                "say whom the pool is to credit with the shares, with --user NAME",
                "--upstream",
                POOL,
                "--no-encryption");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--min-extranonce-size=1|minExtranonceSize must be 2..32 for 10000 channels, is 1",
                "--min-extranonce-size=33|minExtranonceSize must be 2..32 for 10000 channels, is 33",
                "--channels-max=0|channelsMax must be 1..1073741824, is 0",
                "--upstream-grace=0s|--upstream-grace and --work-deadline must be longer than nothing",
                "--work-deadline=0s|--upstream-grace and --work-deadline must be longer than nothing",
                "--hashrate-per-channel-max=0|--hashrate-per-channel-max must be more than 0",
                "--shares-per-minute=-1|--shares-per-minute must be more than 0",
            })
    void saysWhatIsWrongInOneLine(String option, String message) {
        assertUsage(
                message, "--upstream", POOL, "--user", "farm", "--no-encryption", "--listen", "127.0.0.1:0", option);
    }

    @Test
    void limitsTheLengthOfTheUser() {
        assertUsage(
                "--user must be at most 255 bytes of UTF-8",
                "--upstream",
                POOL,
                "--user",
                "x".repeat(256),
                "--no-encryption",
                "--listen",
                "127.0.0.1:0");
    }

    @Test
    @Tag("SEC-003")
    void asksForAKey() {
        assertUsage("stratumj keygen --out authority.key", "--upstream", POOL, "--user", "farm");
    }

    @Test
    void endsWithTwoAndOneLineWhenItRefuses() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new ProxyCommand()).setErr(new PrintWriter(err));
        assertThat(new Commands(command).run("--user", "farm", "--no-encryption", "--log-level", "error"))
                .isEqualTo(Commands.USAGE);
        assertThat(err.toString().strip())
                .hasLineCount(1)
                .startsWith("proxy: say which pool to mine at")
                .endsWith("('proxy --help' explains)");
    }

    /// All that the file says arrives where it counts: two upstreams, of which the first is not there.
    @Test
    void runsAsTheConfigFileSays(@TempDir Path directory) throws IOException, Sv2ServiceException {
        ScriptedPool pool =
                new ScriptedPool(bed.network(), new ServerSecurity.Plain(), new ClientSecurity.Plain()).start();
        Path file = Files.writeString(directory.resolve("proxy.toml"), """
                upstream = ["%s", "stratum2+tcp://%s?plain"]
                user = "farm1"
                listen = "127.0.0.1:0"
                no-encryption = true
                channels-max = 100
                min-extranonce-size = 5
                """.formatted(POOL, pool.endpoint()));
        start(command -> command.setDefaultValueProvider(ConfigFile.load(file, command.getCommandSpec()))
                .parseArgs());
        pool.tip(ScriptedPool.hash(1), bed.network().clock().instant().getEpochSecond(), 0x1d00ffffL);

        bed.await(() -> !pool.received(OpenExtendedMiningChannel.class).isEmpty());
        OpenExtendedMiningChannel open =
                pool.received(OpenExtendedMiningChannel.class).getFirst();
        assertThat(open.userIdentity()).isEqualTo(Str0255.of("farm1"));
        assertThat(open.minExtranonceSize()).isEqualTo(5);
        ScriptedMiner miner = new ScriptedMiner(bed, proxy(), "bob", 0).awaitUp();
        miner.openExtended(Target.MAX);
        miner.workOn(ScriptedPool.hash(1));
        assertThat(miner.received(OpenExtendedMiningChannelSuccess.class)
                        .getFirst()
                        .extranonceSize())
                .isEqualTo(pool.extranonceSize - 1);
        miner.service().close();
        roles.close();
        pool.service().close();
    }

    private Endpoint proxy() {
        String address = roles.statuses().getFirst().address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return new Endpoint("127.0.0.1", port, new ClientSecurity.Plain());
    }

    private void start(String... arguments) {
        start(command -> command.parseArgs(arguments));
    }

    private void start(Consumer<CommandLine> parse) {
        ProxyCommand proxy = new ProxyCommand();
        CommandLine command = new CommandLine(proxy);
        var _ = new Commands(command);
        parse.accept(command);
        proxy.start(
                new RoleContext(
                        bed.network(), new RecordedEvents(), bed.network().clock()),
                roles);
    }

    private void assertUsage(String message, String... arguments) {
        assertThatThrownBy(() -> start(arguments))
                .isInstanceOf(UsageException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).contains(message));
    }
}
