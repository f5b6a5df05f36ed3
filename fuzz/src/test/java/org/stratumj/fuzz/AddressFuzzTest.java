package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.bitcoin.Address;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.Script;

/// Addresses and scripts. The input is a network and a text, a script, or the content of an address that gets its
/// right checksum. A text is refused in one line, or is *the* address of its script; what has an address is found by
/// it.
class AddressFuzzTest {
    private static final List<Network> NETWORKS =
            List.of(Network.MAINNET, Network.TESTNET, Network.SIGNET, Network.REGTEST);

    static Stream<byte[]> seeds() {
        return Stream.of(
                text(0, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
                text(0, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
                text(0, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
                text(0, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
                text(0, "3P14159f73E4gFr7JterCCQh9QjiTjiZrG"),
                text(1, "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7"),
                HexFormat.of().parseHex("0103" + "76a914" + "11".repeat(20) + "88ac"),
                HexFormat.of().parseHex("0103" + "a914" + "22".repeat(20) + "87"),
                HexFormat.of().parseHex("0102" + "0014" + "33".repeat(20)),
                HexFormat.of().parseHex("0100" + "5120" + "44".repeat(32)),
                HexFormat.of().parseHex("0200" + "00" + "00" + "0f".repeat(32)),
                HexFormat.of().parseHex("0200" + "01" + "01" + "0f".repeat(51) + "10"),
                HexFormat.of().parseHex("0300" + "00" + "55".repeat(20)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void hasOneAddressPerScript(byte[] data) {
        var in = new Input(data);
        int kind = in.u8() % 4;
        var network = NETWORKS.get(in.u8() % NETWORKS.size());
        switch (kind) {
            case 0 -> requireText(new String(in.rest(), StandardCharsets.UTF_8), network);
            case 1 -> requireScript(Script.of(in.rest()), network);
            case 2 -> requireSegwit(in, network);
            default -> requireText(ReferenceBase58.encode(in.take(40)), network);
        }
    }

    private static Optional<Script> requireText(String text, Network network) {
        try {
            var script = Address.parse(text, network);
            var address = Address.of(script, network).orElseThrow();
            boolean same = address.equals(text)
                    || (text.equals(text.toUpperCase(Locale.ROOT)) && address.equals(text.toLowerCase(Locale.ROOT)));
            require(same, "the address of the script of an address");
            return Optional.of(script);
        } catch (BitcoinFormatException refused) {
            requireEqual(1L, refused.getMessage().lines().count(), "lines of a refusal");
            require(refused.getMessage().contains(": "), "a refusal that says what to do");
            return Optional.empty();
        }
    }

    private static void requireScript(Script script, Network network) {
        Address.of(script, network)
                .ifPresent(address -> requireEqual(script, Address.parse(address, network), "script of an address"));
    }

    // Version and variant as they come; then, whether they fit is known without a look at the text.
    private static void requireSegwit(Input in, Network network) {
        int constant = in.flag() ? ReferenceBech32.BECH32M : ReferenceBech32.BECH32;
        var values = in.take(70);
        for (int i = 0; i < values.length; i++) {
            values[i] &= 31;
        }
        var text = ReferenceBech32.encode(network.bech32Prefix(), values, constant);
        var expected = program(values, constant).filter(script -> text.length() <= Address.LENGTH_MAX);
        requireEqual(expected, requireText(text, network), "script of the right checksum");
    }

    private static Optional<Script> program(byte[] values, int constant) {
        if (values.length == 0 || values[0] > 16) {
            return Optional.empty();
        }
        int version = values[0];
        int size = 5 * (values.length - 1) / 8;
        boolean fits = version == 0 ? size == 20 || size == 32 : size >= 2 && size <= 40;
        boolean right = constant == (version == 0 ? ReferenceBech32.BECH32 : ReferenceBech32.BECH32M);
        var bits = new StringBuilder();
        for (int i = 1; i < values.length; i++) {
            bits.append(Integer.toBinaryString(32 | values[i]), 1, 6);
        }
        var padding = bits.substring(8 * size);
        if (!fits || !right || padding.length() >= 5 || padding.contains("1")) {
            return Optional.empty();
        }
        var script = new byte[2 + size];
        script[0] = (byte) (version == 0 ? 0 : 0x50 + version);
        script[1] = (byte) size;
        for (int i = 0; i < size; i++) {
            script[2 + i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return Optional.of(Script.of(script));
    }

    private static byte[] text(int network, String text) {
        return ("\0" + (char) network + text).getBytes(StandardCharsets.UTF_8);
    }
}
