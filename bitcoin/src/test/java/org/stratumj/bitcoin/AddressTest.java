package org.stratumj.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bitcoinj.base.AddressParser;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.script.ScriptBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final long SEED = 11;
    private static final List<Network> NETWORKS = List.of(Network.values());

    /// The genesis address, and the examples with which BIP173 and BIP350 explain themselves.
    @ParameterizedTest
    @CsvSource({
        "MAINNET, 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, 76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac",
        "MAINNET, bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
        "MAINNET, BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
        "TESTNET, tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7, "
                + "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
        "SIGNET, tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
        "MAINNET, bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0, "
                + "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "MAINNET, bc1sw50qgdz25j, 6002751e",
        "MAINNET, bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs, 5210751e76e8199196d454941c45d1b3a323"
    })
    void readsKnownAddresses(Network network, String address, String script) {
        assertThat(Address.parse(address, network)).hasToString(script);
        boolean base58 = address.startsWith("1");
        assertThat(Address.of(Script.ofHex(script), network))
                .hasValue(base58 ? address : address.toLowerCase(Locale.ROOT));
    }

    @Test
    void agreesWithBitcoinjOnEveryKindAndNetwork() {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomTransactions source = new RandomTransactions(random);
        for (int round = 0; round < 2_000; round++) {
            Network network = NETWORKS.get(random.nextInt(NETWORKS.size()));
            Script script = randomScript(random, source);
            String where = "seed " + SEED + " round " + round + " " + script;
            String address = Address.of(script, network).orElseThrow();
            assertThat(Address.parse(address, network)).as(where).isEqualTo(script);
            var theirs = AddressParser.getDefault(theirNetwork(network)).parseAddress(address);
            assertThat(ScriptBuilder.createOutputScript(theirs).program())
                    .as(where)
                    .isEqualTo(script.bytes());
        }
    }

    @Test
    void refusesEveryAddressWithOneWrongCharacter() {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomTransactions source = new RandomTransactions(random);
        for (int round = 0; round < 2_000; round++) {
            Network network = NETWORKS.get(random.nextInt(NETWORKS.size()));
            String address = Address.of(randomScript(random, source), network).orElseThrow();
            StringBuilder damaged = new StringBuilder(address);
            int at = random.nextInt(address.length());
            char other = "abcdefgh123456789".charAt(random.nextInt(17));
            damaged.setCharAt(at, other);
            if (address.charAt(at) != other) {
                assertThatThrownBy(() -> Address.parse(damaged.toString(), network))
                        .as("seed %d round %d %s", SEED, round, damaged)
                        .isInstanceOf(BitcoinFormatException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                            | MAINNET | the address is empty: give a mainnet address",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4    | REGTEST | is a mainnet address: give a regtest address, which starts with bcrt1",
                "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx    | MAINNET | is a testnet or signet address: give a mainnet address, which starts with bc1",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa            | TESTNET | is an address of another network: give a testnet address",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4    | MAINNET | mixes upper and lower case: write it in lower case",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5    | MAINNET | has a wrong checksum: copy the address again",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb            | MAINNET | has a wrong checksum: copy the address again",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3tb    | MAINNET | has the character 'b', which addresses never contain",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN0            | MAINNET | has the character '0', which addresses never contain",
                "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4 | MAINNET | has the character 'o', which addresses never contain",
                "bc1qr508d6qejxtdg4y5r3zarvaryv98gj9p          | MAINNET | has 16 bytes, a length that SegWit version 0 does not have",
                "bc1pw5dgrnzv                                  | MAINNET | has 1 bytes, a length that SegWit version 1 does not have",
                "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R | MAINNET | has no SegWit version",
                "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du         | MAINNET | has the checksum of another SegWit version",
                "bc1gmk9yu                                     | MAINNET | has no SegWit version",
                "bc1qqqqq                                      | MAINNET | is too long or too short",
                "bc1qw508d6 qejxtdg4y5r3zarvary0c5xw7kv8f3t4   | MAINNET | has a space or a character beyond ASCII",
                "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ | MAINNET | has the wrong length: give an address, not a key",
                "x                                             | MAINNET | has a wrong checksum",
                "1                                             | MAINNET | has a wrong checksum"
            })
    void saysWhatIsWrongAndWhatToDo(String text, Network network, String message) {
        assertThatThrownBy(() -> Address.parse(text, network))
                .isInstanceOf(BitcoinFormatException.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining(message);
    }

    @Test
    void refusesBech32mForVersion0() {
        int[] values = Bech32.toValues(0, new byte[20], 0);
        String text = Bech32.encode("bc", values, Bech32.Variant.BECH32M);
        assertThatThrownBy(() -> Address.parse(text, Network.MAINNET))
                .hasMessageContaining("has the checksum of another SegWit version");
    }

    @Test
    void refusesPaddingThatIsNotZeroOrTooLong() {
        int[] values = Bech32.toValues(0, new byte[32], 0);
        // 20 bytes fill their values without padding, so that one value more is five bits too many.
        int[] longer = Arrays.copyOf(Bech32.toValues(0, new byte[20], 0), 1 + 32 + 1);
        values[values.length - 1] = 1;
        for (int[] padded : List.of(values, longer)) {
            String text = Bech32.encode("bc", padded, Bech32.Variant.BECH32);
            assertThatThrownBy(() -> Address.parse(text, Network.MAINNET)).hasMessageContaining("has wrong padding");
        }
    }

    @Test
    void refusesMoreCharactersThanAnyAddressHas() {
        assertThatThrownBy(() -> Address.parse("1".repeat(Address.LENGTH_MAX + 1), Network.MAINNET))
                .hasMessage("an address has at most 90 characters, not 91: give one address");
        assertThatThrownBy(() -> Address.parse("1".repeat(Address.LENGTH_MAX), Network.MAINNET))
                .hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "51", "6a24aa21a9ed", "0015" + "751e76e8199196d454941c45d1b3a323f1433bd6ff", "005175"})
    void hasNoAddressForOtherScripts(String script) {
        assertThat(Address.of(Script.ofHex(script), Network.MAINNET)).isEmpty();
    }

    private static Script randomScript(SplittableRandom random, RandomTransactions source) {
        String hash20 = Script.of(source.bytes(20)).toString();
        String hash32 = Script.of(source.bytes(32)).toString();
        return Script.ofHex(
                switch (random.nextInt(5)) {
                    case 0 -> "76a914" + hash20 + "88ac";
                    case 1 -> "a914" + hash20 + "87";
                    case 2 -> "0014" + hash20;
                    case 3 -> "0020" + hash32;
                    default -> "5120" + hash32;
                });
    }

    private static BitcoinNetwork theirNetwork(Network network) {
        return switch (network) {
            case MAINNET -> BitcoinNetwork.MAINNET;
            case TESTNET -> BitcoinNetwork.TESTNET;
            case SIGNET -> BitcoinNetwork.SIGNET;
            case REGTEST -> BitcoinNetwork.REGTEST;
        };
    }
}
