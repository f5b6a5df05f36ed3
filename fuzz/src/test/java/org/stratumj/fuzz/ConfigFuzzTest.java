package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.app.Main;
import org.stratumj.app.cli.Commands;
import org.stratumj.app.cli.ConfigFile;
import org.stratumj.app.cli.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// A config file, of any role. The input is the role and the text. Either the role's options take their values from
/// it, or one line says what is wrong with it.
class ConfigFuzzTest {
    private static final Path SAMPLES = Path.of("../docs/config");
    private static final CommandLine ROOT = root();
    private static final List<String> ROLES = ROOT.getSubcommands().entrySet().stream()
            .filter(role -> role.getValue().getCommandSpec().findOption("--config") != null)
            .map(Map.Entry::getKey)
            .toList();
    private static final Path FILE = file();

    static Stream<byte[]> seeds() {
        var samples = IntStream.range(0, ROLES.size()).mapToObj(ConfigFuzzTest::sample);
        var odd = Stream.of(
                        "listen = \"[::1]:3333\"\nlog-level = \"debug\"\n",
                        "listen = 3\nlisten = 4\n",
                        "[listen]\nx.y = [1, 2.5e3, { z = 1979-05-27T07:32:00Z }]\n",
                        "plain = true # a comment\n\"log-level\" = '''info'''\n",
                        "connections-max = 0xffff_ffff_ffff_ffff_ff\ncertificate-validity = \"9h\"\n",
                        "unknown-key = 1e999999999\n",
                        "plain = 1e-2147483648\n",
                        "plain = " + "[".repeat(600))
                .map(text -> ("\1" + text).getBytes(StandardCharsets.UTF_8));
        return Stream.concat(samples, odd);
    }

    @MethodSource("seeds")
    @FuzzTest
    void givesOptionsOrSaysInOneLineWhatIsWrong(byte[] data) throws IOException {
        var in = new Input(data);
        var name = ROLES.get(in.u8() % ROLES.size());
        var role = ROOT.getSubcommands().get(name);
        Files.write(FILE, in.rest());
        try {
            role.setDefaultValueProvider(ConfigFile.load(FILE, role.getCommandSpec()));
            ROOT.parseArgs(name);
        } catch (UsageException wrong) {
            requireEqual(1L, wrong.getMessage().lines().count(), "lines of what is said");
            require(wrong.getMessage().contains(FILE.toString()), "the file is named");
        } catch (ParameterException wrong) {
            require(!wrong.getMessage().isBlank(), "something is said");
        }
    }

    private static CommandLine root() {
        var root = new CommandLine(new Main());
        new Commands(root); // teaches picocli our types
        return root;
    }

    private static byte[] sample(int role) {
        try {
            // Everything that can be set, set.
            var text = Files.readString(SAMPLES.resolve(ROLES.get(role) + ".toml"))
                    .replaceAll("(?m)^# ([a-z-]+ = )", "$1");
            return ((char) role + text).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file() {
        try {
            var file = Files.createTempFile("stratumj-fuzz", ".toml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
