package org.stratumj.bitcoin;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Addresses: text that people copy, for the script of an output. Base58Check (pay to public key hash or script
/// hash), Bech32 (SegWit version 0, BIP173) and Bech32m (versions 1 to 16, BIP350).
public final class Address {
    /// No address has more characters.
    public static final int LENGTH_MAX = Bech32.LENGTH_MAX;

    private static final int HASH160_SIZE = 20;
    private static final HexFormat HEX = HexFormat.of();

    private Address() {}

    /// The script that pays to an address.
    ///
    /// @throws BitcoinFormatException with one line that says what is wrong with the text and what to do
    public static Script parse(String text, Network network) {
        if (text.isEmpty()) {
            throw new BitcoinFormatException("the address is empty: give a " + name(network) + " address");
        }
        if (text.length() > LENGTH_MAX) {
            throw new BitcoinFormatException("an address has at most %d characters, not %d: give one address"
                    .formatted(LENGTH_MAX, text.length()));
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new BitcoinFormatException("the address has a space or a character beyond ASCII: copy it again");
        }
        return looksLikeSegwit(text) ? parseSegwit(text, network) : parseBase58(text, network);
    }

    /// The address of a script on a network; empty if it is of none of the kinds that have addresses.
    public static Optional<String> of(Script script, Network network) {
        byte[] bytes = script.view();
        if (script.isWitnessProgram()) {
            int version = bytes[0] == 0 ? 0 : bytes[0] - Script.OP_1 + 1;
            if (version == 0 && bytes.length != 22 && bytes.length != 34) {
                return Optional.empty();
            }
            return Optional.of(
                    Bech32.encode(network.bech32Prefix(), Bech32.toValues(version, bytes, 2), variantOf(version)));
        }
        String hex = HEX.formatHex(bytes);
        if (bytes.length == 25 && hex.startsWith("76a914") && hex.endsWith("88ac")) {
            return Optional.of(base58(network.pubKeyHashVersion(), Arrays.copyOfRange(bytes, 3, 23)));
        }
        if (bytes.length == 23 && hex.startsWith("a914") && hex.endsWith("87")) {
            return Optional.of(base58(network.scriptHashVersion(), Arrays.copyOfRange(bytes, 2, 22)));
        }
        return Optional.empty();
    }

    private static Script parseSegwit(String text, Network network) {
        Bech32.Decoded decoded = Bech32.decode(text);
        if (!decoded.prefix().equals(network.bech32Prefix())) {
            throw new BitcoinFormatException("'%s' is a %s address: give a %s address, which starts with %s1"
                    .formatted(text, networkOf(decoded.prefix()), name(network), network.bech32Prefix()));
        }
        List<Integer> values = decoded.values();
        if (values.isEmpty() || values.getFirst() > 16) {
            throw new BitcoinFormatException("'" + text + "' has no SegWit version: copy the address again");
        }
        int version = values.getFirst();
        if (decoded.variant() != variantOf(version)) {
            throw new BitcoinFormatException(
                    "'%s' has the checksum of another SegWit version: copy the address again".formatted(text));
        }
        byte[] program = Bech32.toBytes(text, values.subList(1, values.size()));
        boolean fits = version == 0
                ? program.length == 20 || program.length == 32
                : program.length >= 2 && program.length <= 40;
        if (!fits) {
            throw new BitcoinFormatException("'%s' has %d bytes, a length that SegWit version %d does not have: "
                            .formatted(text, program.length, version)
                    + "copy the address again");
        }
        int opcode = version == 0 ? 0 : Script.OP_1 + version - 1;
        return Script.owning(new Writer(2 + program.length)
                .u8(opcode)
                .u8(program.length)
                .raw(program)
                .bytes());
    }

    private static Script parseBase58(String text, Network network) {
        byte[] payload = Base58Check.decode(text);
        if (payload.length != 1 + HASH160_SIZE) {
            throw new BitcoinFormatException("'" + text + "' has the wrong length: give an address, not a key");
        }
        String hash = HEX.formatHex(payload, 1, payload.length);
        int version = payload[0] & 0xff;
        if (version == network.pubKeyHashVersion()) {
            return Script.ofHex("76a914" + hash + "88ac");
        }
        if (version == network.scriptHashVersion()) {
            return Script.ofHex("a914" + hash + "87");
        }
        throw new BitcoinFormatException(
                "'%s' is an address of another network: give a %s address".formatted(text, name(network)));
    }

    private static String base58(int version, byte[] hash) {
        return Base58Check.encode(
                new Writer(1 + HASH160_SIZE).u8(version).raw(hash).bytes());
    }

    /// Whether the part before the last `1` is the prefix of some network; Base58 addresses start with one
    /// character of few before it.
    private static boolean looksLikeSegwit(String text) {
        int separator = text.lastIndexOf('1');
        if (separator < 0) {
            return false;
        }
        String prefix = text.substring(0, separator).toLowerCase(Locale.ROOT);
        return Arrays.stream(Network.values())
                .anyMatch(network -> network.bech32Prefix().equals(prefix));
    }

    private static Bech32.Variant variantOf(int version) {
        return version == 0 ? Bech32.Variant.BECH32 : Bech32.Variant.BECH32M;
    }

    private static String networkOf(String prefix) {
        return switch (prefix) {
            case "bc" -> "mainnet";
            case "tb" -> "testnet or signet";
            default -> "regtest";
        };
    }

    private static String name(Network network) {
        return network.name().toLowerCase(Locale.ROOT);
    }
}
