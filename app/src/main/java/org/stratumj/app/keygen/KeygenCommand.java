package org.stratumj.app.keygen;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.cli.AuthorityKeyFile;
import org.stratumj.app.cli.BasicOptions;
import org.stratumj.app.cli.Commands;
import org.stratumj.app.cli.SecretFiles;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.log.Logging;
import org.stratumj.app.role.FileFault;
import org.stratumj.app.role.RoleException;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `stratumj keygen`: makes an authority key pair, keeps the secret half in a file and prints the public half.
@Command(
        name = "keygen",
        description = {
            "Make the authority key of a server, or show the public half of one.",
            "",
            "The secret key signs the certificates of a pool, proxy or template provider; its clients are told the public"
                    + " key and so know that they talk to the right server."
        },
        footer = {
            "",
            "Example: make a key and run a server with it",
            "  stratumj keygen --out authority.key",
            "  stratumj pool --authority-key-file authority.key ...",
            "",
            "Example: print the public key once more, for clients",
            "  stratumj keygen --show authority.key"
        })
public final class KeygenCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the secret key to a new file that only you can read.")
    private @Nullable Path out;

    @Option(
            names = "--print-secret",
            description = "Print the secret key too. Whoever sees it can pose as your server.")
    private boolean printSecret;

    @Option(
            names = "--show",
            paramLabel = "FILE",
            description = "Make no key, but print the public key of the secret one in this file.")
    private @Nullable Path show;

    @Mixin
    final BasicOptions basic = new BasicOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (show != null && (out != null || printSecret)) {
            throw new UsageException("--show makes no key, so --out and --print-secret do not go with it; drop one");
        } else if (show == null && out == null && !printSecret) {
            throw new UsageException(
                    "say where the secret key goes: --out FILE, or --print-secret; --show FILE prints the"
                            + " public key of one that there is");
        }
        PrintWriter err = spec.commandLine().getErr();
        Logging.to(
                line -> {
                    err.println(line);
                    err.flush();
                },
                LogLevel.WARN,
                basic.stacktrace());
        SecureRandom random = new SecureRandom();
        Secp256k1 curve = Secp256k1s.best(random);
        AuthoritySecretKey secret = show == null
                ? AuthoritySecretKey.generate(curve, random)
                : AuthorityKeyFile.read("--show", show, curve);
        try {
            if (out != null) {
                write(out, secret);
            }
            PrintWriter console = spec.commandLine().getOut();
            console.println("public key: " + secret.publicKey(curve));
            if (printSecret) {
                console.println("secret key: " + secret.secretText());
            }
            console.flush();
            return Commands.OK;
        } finally {
            secret.destroy();
        }
    }

    private static void write(Path file, AuthoritySecretKey secret) {
        try {
            SecretFiles.create(file, secret.secretText() + "\n");
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(
                    "--out " + file + ": the file exists, and a key in use is never overwritten; choose another name",
                    e);
        } catch (IOException e) {
            throw new RoleException("cannot write " + file + ": " + FileFault.reason(e), e);
        }
    }
}
