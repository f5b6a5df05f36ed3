package org.stratumj.fuzz;

import static org.stratumj.fuzz.NoiseParties.CURVE;
import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.noise.AuthorityPublicKey;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.SecretKey;

/// Authority keys as text. The input is the text, or a payload that gets its right checksum. Exactly the texts that a
/// plain reference takes are taken, and written again alike; what is said of a bad secret repeats none of it.
class AuthorityKeyFuzzTest {
    private static final int TEXT_LENGTH_MAX = 128;
    private static final int KEY_BYTES = 32;
    private static final Pattern SAID_OF_A_SECRET = Pattern.compile("authority secret key: (longer than 128 characters"
            + "|character \\d+ is not base58|too short to have a checksum"
            + "|the checksum is wrong: a character is missing or mistyped"
            + "|\\d+ bytes, not 32|not a number between 1 and n − 1)");

    static Stream<byte[]> seeds() {
        var publicText = NoiseParties.AUTHORITY.publicKey(CURVE).toString();
        var secretText = NoiseParties.AUTHORITY.secretText();
        return Stream.of(
                text(publicText),
                text(secretText),
                text("1" + publicText),
                text("I0Ol"),
                text(""),
                payload(1, 0, KEY_BYTES),
                payload(2, 0, KEY_BYTES),
                payload(1, 0, KEY_BYTES + 1),
                payload(0, 0, KEY_BYTES - 2),
                payload(0xff, 0xff, KEY_BYTES - 2));
    }

    @MethodSource("seeds")
    @FuzzTest
    void takesExactlyWhatAReferenceTakes(byte[] data) {
        var in = new Input(data);
        boolean asText = in.flag();
        var text = asText
                ? new String(in.take(2 * TEXT_LENGTH_MAX), StandardCharsets.UTF_8)
                : ReferenceBase58.encode(in.take(TEXT_LENGTH_MAX));
        var payload = text.length() > TEXT_LENGTH_MAX ? Optional.<byte[]>empty() : ReferenceBase58.decode(text);
        requirePublic(text, payload.filter(bytes -> bytes.length == KEY_BYTES + 2 && bytes[0] == 1 && bytes[1] == 0));
        requireSecret(
                text,
                payload.filter(bytes -> bytes.length == KEY_BYTES).filter(bytes -> CURVE.isValid(SecretKey.of(bytes))));
    }

    private static void requirePublic(String text, Optional<byte[]> expected) {
        AuthorityPublicKey key;
        try {
            key = AuthorityPublicKey.parse(text);
        } catch (IllegalArgumentException refused) {
            require(expected.isEmpty(), "refused though it is a key");
            require(refused.getMessage().startsWith("authority key: "), "what is said of a bad key");
            return;
        }
        var bytes = expected.map(payload -> Arrays.copyOfRange(payload, 2, payload.length));
        requireEqual(bytes.orElseThrow(), key.bytes(), "key");
        requireEqual(text, key.toString(), "text");
        requireEqual(key, AuthorityPublicKey.of(key.bytes()), "key of its bytes");
    }

    private static void requireSecret(String text, Optional<byte[]> expected) {
        AuthoritySecretKey key;
        try {
            key = AuthoritySecretKey.parse(text, CURVE);
        } catch (IllegalArgumentException refused) {
            require(expected.isEmpty(), "refused though it is a secret key");
            require(SAID_OF_A_SECRET.matcher(refused.getMessage()).matches(), "what is said of a bad secret");
            return;
        }
        require(expected.isPresent(), "taken though it is no secret key");
        requireEqual(text, key.secretText(), "text");
        requireEqual("AuthoritySecretKey[redacted]", key.toString(), "in a log");
        key.destroy();
    }

    private static byte[] text(String text) {
        return ("\1" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] payload(int first, int second, int rest) {
        var payload = new byte[3 + rest];
        Arrays.fill(payload, (byte) first);
        payload[0] = 0;
        payload[2] = (byte) second;
        return payload;
    }
}
