package org.stratumj.app.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.noise.secp256k1.Secp256k1s;
import picocli.CommandLine.Option;

/// How whatever listens protects its connections. A mixin.
public final class SecurityOptions {
    @Option(
            names = "--authority-key-file",
            paramLabel = "FILE",
            description = "Secret key that signs this server's certificates, made by 'stratumj keygen'.")
    private @Nullable Path authorityKeyFile;

    @Option(
            names = "--no-encryption",
            description = "Serve without encryption, and without key, on a loopback address.")
    private boolean noEncryption;

    @Option(
            names = "--no-encryption-beyond-loopback",
            description = "With --no-encryption: on any address. Whoever is on the way can read and change everything,"
                    + " so for a network that is trusted in all its parts only.")
    private boolean noEncryptionBeyondLoopback;

    @Option(
            names = "--certificate-validity",
            paramLabel = "TIME",
            description = "How long a certificate is good for; a new one is made in time. Default: 1h")
    private Duration certificateValidity = Duration.ofHours(1);

    /// How connections are protected.
    ///
    /// @param listen the address that clients will connect to
    /// @throws UsageException if there is no key, or there is one and encryption is off, or it is off and the
    ///     address is not loopback
    public ServerSecurity security(ListenAddress listen) {
        if (noEncryptionBeyondLoopback && !noEncryption) {
            throw new UsageException(
                    "--no-encryption-beyond-loopback goes with --no-encryption; give both, or neither");
        } else if (noEncryption && authorityKeyFile != null) {
            throw new UsageException("--no-encryption and --authority-key-file contradict each other; drop one");
        } else if (noEncryptionBeyondLoopback) {
            return ServerSecurity.Plain.anywhere();
        } else if (noEncryption && !listen.isLoopback()) {
            throw new UsageException("--no-encryption is for a loopback address, and " + listen + " is none; listen on"
                    + " 127.0.0.1, give an --authority-key-file, or, on a network that you trust, add"
                    + " --no-encryption-beyond-loopback");
        } else if (noEncryption) {
            return new ServerSecurity.Plain();
        } else if (authorityKeyFile == null) {
            throw new UsageException("clients need a key to recognise this server by; make one with"
                    + " 'stratumj keygen --out authority.key' and give it with --authority-key-file,"
                    + " or use --no-encryption on this machine");
        }
        return new ServerSecurity.Noise(
                AuthorityKeyFile.read("--authority-key-file", authorityKeyFile, Secp256k1s.best(new SecureRandom())),
                certificateValidity);
    }
}
