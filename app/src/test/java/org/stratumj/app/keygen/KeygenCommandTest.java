package org.stratumj.app.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.app.cli.Commands;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;
import picocli.CommandLine;

class KeygenCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesTheSecretWhereOnlyItsOwnerReadsItAndPrintsThePublicKey() throws IOException {
        Path file = directory.resolve("authority.key");
        assertThat(run("--out", file.toString())).isEqualTo(Commands.OK);
        String secret = Files.readString(file).strip();
        Secp256k1 curve = Secp256k1s.best(new SecureRandom());
        assertThat(out.toString().strip())
                .isEqualTo(
                        "public key: " + AuthoritySecretKey.parse(secret, curve).publicKey(curve))
                .doesNotContain(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void makesADifferentKeyEachTime() throws IOException {
        run("--out", directory.resolve("a").toString());
        run("--out", directory.resolve("b").toString());
        assertThat(Files.readString(directory.resolve("a"))).isNotEqualTo(Files.readString(directory.resolve("b")));
    }

    @Test
    void printsTheSecretOnlyWhenAsked() {
        assertThat(run("--print-secret")).isEqualTo(Commands.OK);
        assertThat(out.toString()).contains("public key: 9").contains("secret key: ");
    }

    @Test
    void showsThePublicKeyOfASecretFile() {
        String file = directory.resolve("authority.key").toString();
        run("--out", file);
        String printed = out.toString();
        out.getBuffer().setLength(0);
        assertThat(run("--show", file)).isEqualTo(Commands.OK);
        assertThat(out.toString()).isEqualTo(printed).startsWith("public key: 9");
    }

    @Test
    void neverOverwritesAKey() throws IOException {
        Path file = Files.writeString(directory.resolve("authority.key"), "precious");
        assertThat(run("--out", file.toString())).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains("the file exists, and a key in use is never overwritten");
        assertThat(file).hasContent("precious");
    }

    @Test
    void wantsToKnowWhereTheSecretGoes() {
        assertThat(run()).isEqualTo(Commands.USAGE);
        assertThat(err.toString()).contains("say where the secret key goes: --out FILE, or --print-secret");
    }

    @Test
    void saysThatADirectoryIsMissing() {
        assertThat(run("--out", directory.resolve("no/authority.key").toString()))
                .isEqualTo(Commands.FAILED);
        assertThat(err.toString()).contains("cannot write ").hasLineCount(1);
    }

    private int run(String... args) {
        CommandLine command = new CommandLine(new KeygenCommand());
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Commands(command).run(args);
    }
}
