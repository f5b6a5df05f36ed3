package org.stratumj.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.cli.Commands;
import org.stratumj.app.cli.SecretFiles;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;
import picocli.CommandLine;

/// What newcomers get wrong: each mistake ends with exit code 2 and one line that says what is wrong, with what, and
/// what to do.
class MistakesTest {
    private static final String KEY = "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String secret = "";
    private String publicKey = "";

    @BeforeEach
    void makeKeyFiles() throws IOException {
        SecureRandom random = new SecureRandom();
        Secp256k1 curve = Secp256k1s.best(random);
        AuthoritySecretKey key = AuthoritySecretKey.generate(curve, random);
        secret = key.secretText();
        publicKey = key.publicKey(curve).toString();
        SecretFiles.create(directory.resolve("secret.key"), secret + "\n");
        SecretFiles.create(directory.resolve("public.key"), publicKey + "\n");
        SecretFiles.create(directory.resolve("printed.key"), "public key: " + publicKey + "\n");
        SecretFiles.create(directory.resolve("latin.key"), "");
        Files.write(directory.resolve("latin.key"), new byte[] {(byte) 0xe4, (byte) 0xf6, (byte) 0xfc, 0x0a});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // commands
                "mine|stratumj: there is no command 'mine'; did you mean miner? ('stratumj --help' explains)",
                "mine --help|stratumj: there is no command 'mine'; did you mean miner?",
                "pol -h|there is no command 'pol'; did you mean pool?",
                "help|there is no command 'help'; there are demo, pool, proxy, template-provider, miner, keygen, decode",
                "demo extra|stratumj demo: not expected here: 'extra'",
                "demo --blokcs 5|unknown option '--blokcs'",
                "demo --blocks|--blocks needs a value: COUNT",
                "demo --blocks --json|--blocks needs a value, found --json",
                "demo --blocks 1 --blocks 2|--blocks is given twice; drop one",
                "demo --json=yes|--json: 'yes' is neither true nor false",
                // numbers and words
                "demo --blocks six|stratumj demo: --blocks: 'six' is not a whole number; write digits: 6",
                "demo --blocks 1.5|--blocks: '1.5' is not a whole number",
                "demo --blocks 3000000000|--blocks: '3000000000' is not between -2147483648 and 2147483647",
                "template-provider --fee-delta much|--fee-delta: 'much' is not a whole number",
                "pool --shares-per-minute six|--shares-per-minute: 'six' is not a number; write digits: 6, 0.5",
                "pool --shares-per-minute NaN|--shares-per-minute: 'NaN' is not a number",
                "demo --channel group|--channel: 'group' is none of standard, extended",
                "pool --network main|--network: 'main' is none of mainnet, testnet, signet, regtest",
                "pool --log-level loud|--log-level: 'loud' is none of error, warn, info, debug",
                // servers
                "miner --upstream stratum+tcp://pool.example:3333|'stratum+tcp://pool.example:3333' is a Stratum V1 server, and only Stratum V2 is supported; ask its operator for a Stratum V2 address: stratum2+tcp://HOST:PORT/KEY",
                "miner --upstream stratum+ssl://pool.example:3333|is a Stratum V1 server",
                "miner --upstream pool.example:3333|--upstream: 'pool.example:3333' is no server; write stratum2+tcp://HOST:PORT/KEY",
                "miner --upstream stratum2+tcp://HOST:PORT/KEY|still has the placeholder HOST; put the value from the server's operator in its place",
                "miner --upstream stratum2+tcp://10.0.0.5:3333/KEY|still has the placeholder KEY; put",
                "pool --template-provider stratum2+tcp://10.0.0.5:8442/9b...|still has the placeholder 9b...; put",
                "miner --upstream stratum2+tcp://10.0.0.5:70000/" + KEY + "|has port 70000; ports are 1 to 65535",
                "miner --upstream stratum2+tcp://10.0.0.5:3333/SECRET|'stratum2+tcp://10.0.0.5:3333/…': this is a SECRET key, which belongs on the server alone; 'stratumj keygen --show FILE' there prints the public one",
                "miner --upstream stratum2+tcp://10.0.0.5:3333/abc|'stratum2+tcp://10.0.0.5:3333/…': authority key: ",
                "miner --upstream stratum2+tcp://10.0.0.5:3333/" + KEY
                        + "?plain|after a key comes nothing but ?certificate-version=N",
                "miner --upstream stratum2+tcp://10.0.0.5:3333/" + KEY
                        + "?certificate-version=65536|certificate-version is 65536; versions are 0 to 65535",
                "pool --listen HOST:PORT|--listen: 'HOST:PORT' still has the placeholder HOST; write an address: 127.0.0.1:3333",
                // who is paid
                "pool --node embedded --no-encryption --payout-address bc1q...|--payout-address: 'bc1q...' still has the placeholder bc1q...; put your own address in its place",
                "pool --node embedded --no-encryption --payout-address YOUR-ADDRESS|still has the placeholder YOUR-ADDRESS",
                // keys
                "template-provider --node embedded --authority-key-file DIR/public.key|--authority-key-file DIR/public.key: this is a public key, and a server signs with the secret one; 'stratumj keygen --out' makes such a file",
                "template-provider --node embedded --authority-key-file DIR/printed.key|this is a public key, and a server signs with the secret one",
                "template-provider --node embedded --authority-key-file DIR/latin.key|DIR/latin.key: not a text in UTF-8, so not a secret",
                "template-provider --node embedded --authority-key-file DIR/none.key|DIR/none.key: no such file",
                "template-provider --node embedded --authority-key-file DIR|--authority-key-file DIR: cannot be read: Is a directory",
                "keygen --show DIR/public.key|--show DIR/public.key: this is a public key",
                "keygen --show DIR/secret.key --print-secret|--show makes no key, so --out and --print-secret do not go with it; drop one",
            })
    void onTheCommandLine(String line, String message) {
        assertRefused(message, arguments(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "network = \"signet\"\\nlisten = 0.0.0.0:3333|2: key \"listen\" must be a text in quotes, found 0.0.0.0:3333; write listen = \"0.0.0.0:3333\"",
                "payout-address = bc1qxyz # mine|1: key \"payout-address\" must be a text in quotes, found bc1qxyz; write payout-address = \"bc1qxyz\"",
                "server-id = six|1: key \"server-id\" must be a whole number, found six",
                "server-id = \"6\"|1: key \"server-id\" must be a whole number, found the text \"6\"",
                "plain = yes|1: key \"plain\" must be true or false, found yes",
                "plain = true\\nnetwork = \"signet\"\\nplain = true|3: key \"plain\" is set a second time; drop one",
                "authority-key-file = \"C:\\\\keys\\\\a.key\"|1: key \"authority-key-file\" has a \\ in double quotes, where it begins an escape; write the text in single quotes: '...'",
                "pool-tag = \"mine|1: key \"pool-tag\": the quotes are not closed",
                "plain = true\\ntemplate-provider = [\\n\"a\",|2: key \"template-provider\": the list is not closed with ]",
                "pool-tag = “mine”|1: key \"pool-tag\" has typographic quotes; write straight ones: \"",
                "pool-tag: \"mine\"|1: key \"pool-tag\" is followed by ':'; write pool-tag = ...",
                "pool-tag =|1: key \"pool-tag\" has no value; write one, or drop the line",
                "pool-tag|1: 'pool-tag' is not a setting; write key = value",
                "\\nserver-id = 7 7|2: key \"server-id\" must be a whole number, found 7 7",
                "network = \"main\"|1: key \"network\": 'main' is none of mainnet, testnet, signet, regtest",
                "authority-key-file = \"a\\\\u0000b\"|1: key \"authority-key-file\": 'a\0b' is not a file name: Nul character not allowed",
                "lisen = \"0.0.0.0:3333\"|1: unknown key \"lisen\"; did you mean \"listen\"?",
            })
    void inAConfigFile(String text, String message) throws IOException {
        Path file = directory.resolve("pool.toml");
        Files.writeString(file, text.replace("\\n", "\n").replace("\\\\", "\\") + "\n");
        assertRefused(file + ":" + message, "pool", "--config", file.toString());
    }

    @Test
    void inAConfigFileOfAnotherEncoding() throws IOException {
        Path file = directory.resolve("pool.toml");
        Files.write(file, new byte[] {(byte) 0xe4, (byte) 0xf6, (byte) 0xfc, 0x0a});
        assertRefused(file + ": not a text in UTF-8; save it as UTF-8", "pool", "--config", file.toString());
    }

    /// The same mistake at the end of a file, found only after the file was parsed.
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
    void butNotTheEncodingOfAnEditorNorItsLineEnds(String encoding) throws IOException {
        String mark = encoding.equals("UTF-16") ? "" : "\ufeff"; // that one writes its own
        Path file = directory.resolve("pool.toml");
        Files.write(
                file,
                (mark + "# ä\r\nplain = true\r\nserver-id = 300\r\nnode = \"embedded\"\r\n")
                        .getBytes(Charset.forName(encoding)));
        assertRefused("--server-id must be 0 to 255, is 300", "pool", "--config", file.toString());
    }

    @Test
    void butNotARelativePathWhichCountsFromTheFolderOfTheFile() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("a folder"));
        Path file = Files.writeString(
                folder.resolve("template-provider.toml"), "node = \"embedded\"\nauthority-key-file = 'no such.key'\n");
        assertRefused(
                "--authority-key-file " + folder.resolve("no such.key") + ": no such file",
                "template-provider",
                "--config",
                file.toString());
    }

    /// The mistake is told only after both nodes were understood; ports are the part that a slip in their paths eats.
    @Test
    void butNotAListOfNodesWithPaths() throws IOException {
        Path file = Files.writeString(directory.resolve("pool.toml"), """
                node = ["rpc:http://127.0.0.1:18332?cookie=/var/c", "rpc:http://127.0.0.1:18333?cookie=c"]
                server-id = 300
                """);
        assertRefused("--server-id must be 0 to 255, is 300", "pool", "--config", file.toString());
    }

    @Test
    void butNotTheHomeDirectoryAsAShellWritesIt() throws IOException {
        String missing = Path.of(System.getProperty("user.home"), "no/such.key").toString();
        Path file = Files.writeString(
                directory.resolve("template-provider.toml"),
                "node = \"embedded\"\nauthority-key-file = \"~/no/such.key\"\n");
        assertRefused(missing + ": no such file", "template-provider", "--config", file.toString());
        err.getBuffer().setLength(0);
        assertRefused(
                missing + ": no such file",
                "template-provider",
                "--node=embedded",
                "--authority-key-file=~/no/such.key");
    }

    @Test
    void warnsOfASecretFileThatOthersCanRead() throws IOException {
        Path file = directory.resolve("secret.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("keygen", "--show", file.toString())).isEqualTo(Commands.OK);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("WARN")
                .contains("every user of this machine can read " + file + "; run chmod 600 " + file);
        assertThat(out.toString()).isEqualTo("public key: " + publicKey + System.lineSeparator());
    }

    @Test
    void namesAMissingFolderOfANewKey() {
        Path file = directory.resolve("none/a.key");
        assertThat(run("keygen", "--out", file.toString())).isEqualTo(Commands.FAILED);
        assertThat(err.toString().strip())
                .isEqualTo("stratumj keygen: cannot write " + file + ": no such file or folder");
    }

    @Test
    void hasNothingToSayOfASecretFileThatOnlyItsOwnerReads() throws IOException {
        Path file = directory.resolve("secret.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, ("\ufeff" + secret + "\r\n").getBytes(StandardCharsets.UTF_16LE));
        assertThat(run("keygen", "--show", file.toString())).isEqualTo(Commands.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains(publicKey).doesNotContain(secret);
    }

    private String[] arguments(String line) {
        return line.replace("DIR", directory.toString())
                .replace("SECRET", secret)
                .split(" ", -1);
    }

    private void assertRefused(String message, String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isEqualTo(Commands.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip())
                .hasLineCount(1)
                .contains(message.replace("DIR", directory.toString()))
                .endsWith("--help' explains)")
                .doesNotContain(secret, "Exception");
    }

    private int run(String... arguments) {
        CommandLine root = Main.commandLine();
        root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Commands(root).run(arguments);
    }
}
