package org.stratumj.app.cli;

import java.nio.file.Path;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;

/// The file with the secret authority key of a server, as `stratumj keygen --out` makes it.
public final class AuthorityKeyFile {
    private AuthorityKeyFile() {}

    /// Reads it.
    ///
    /// @param flag names the flag in messages
    /// @throws UsageException if the file cannot be read or holds something else
    public static AuthoritySecretKey read(String flag, Path file, Secp256k1 curve) {
        String text = SecretFiles.read(flag, file);
        try {
            return AuthoritySecretKey.parse(text, curve);
        } catch (IllegalArgumentException e) {
            String mistake = isPublicKey(text.substring(text.lastIndexOf(' ') + 1))
                    ? "this is a public key, and a server signs with the secret one"
                    : String.valueOf(e.getMessage());
            throw new UsageException(
                    flag + " " + file + ": " + mistake + "; 'stratumj keygen --out' makes such a file", e);
        }
    }

    private static boolean isPublicKey(String text) {
        try {
            AuthorityPublicKey.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
