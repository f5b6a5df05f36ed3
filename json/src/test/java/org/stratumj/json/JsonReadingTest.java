package org.stratumj.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.wire.U256;

/// Goal: whatever the text is, the answer is a frame or one line that names the place.
class JsonReadingTest {
    private static final JsonView VIEW = JsonView.of(MessageRegistry.core().with(Shapes.CODECS));
    private static final String TARGET = "0".repeat(64);
    private static final String SET_TARGET = """
            {"message":"SetTarget","extension_type":0,"channel_msg":true,"msg_type":33,\
            "fields":{"channel_id":1,"maximum_target":"%s"}}""".formatted(TARGET);

    @Test
    void readsWhatItIsGiven() {
        assertThat(VIEW.frame(SET_TARGET).payload().toHex()).isEqualTo("01000000" + TARGET);
        assertThat(VIEW.frame(SET_TARGET.replace("\"message\":\"SetTarget\",", "")))
                .isEqualTo(VIEW.frame(SET_TARGET));
        assertThat(VIEW.frame(" \n" + SET_TARGET + "\n")).isEqualTo(VIEW.frame(SET_TARGET));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "channel_id":1       | "channel_id":"1"        | fields.channel_id: expected a whole number in 0..4294967295, found "1"
            "channel_id":1       | "channel_id":1.0        | fields.channel_id: expected a whole number in 0..4294967295, found 1.0
            "channel_id":1       | "channel_id":-1         | fields.channel_id: expected a whole number in 0..4294967295, found -1
            "channel_id":1       | "channel_id":4294967296 | fields.channel_id: expected a whole number in 0..4294967295, found 4294967296
            "channel_id":1       | "channel_id":99999999999999999999 | fields.channel_id: expected a whole number in 0..4294967295, found 99999999999999999999
            "channel_id":1       | "channel_id":null       | fields.channel_id: expected a whole number in 0..4294967295, found null
            "channel_id":1       | "channel_id":[1]        | fields.channel_id: expected a whole number in 0..4294967295, found an array
            "channel_id":1,      | ``                      | fields.channel_id: missing
            "channel_id":1       | "channel_id":1,"x\\ny":2 | fields: unknown member "x\\ny"
            "channel_id":1       | "channel_id":1,"channel_id":2 | fields.channel_id: named twice
            "msg_type":33        | "msg_type":256          | msg_type: expected a whole number in 0..255, found 256
            "msg_type":33        | "msg_type":33,"msg_type":33 | msg_type: named twice
            "msg_type":33        | "msg_type":200          | message: no known message has this extension_type and msg_type
            "msg_type":33        | "msg_type":22           | message: extension_type and msg_type are those of UpdateChannel
            "extension_type":0   | "extension_type":32768  | extension_type: expected a whole number in 0..32767, found 32768
            "channel_msg":true,  | ``                      | channel_msg: missing
            "channel_msg":true   | "channel_msg":1         | channel_msg: expected true or false, found 1
            "channel_msg":true   | "channel_msg":true,"extra":1 | (document): unknown member "extra"
            "channel_msg":true   | "channel_msg":true,"payload":"" | fields: not together with the other members
            "channel_msg":true   | "channel_msg":true,"tlvs":[],"trailing":"" | trailing: not together with the other members
            "channel_msg":true   | "channel_msg":true,"tlvs":[{"extension_type":1,"field_type":2}] | tlvs[0].value: missing
            "channel_msg":true   | "channel_msg":true,"tlvs":{} | tlvs: expected an array, found an object
            "channel_msg":true   | "channel_msg":true,"trailing":"0" | trailing: expected hexadecimal digits, two for each byte, found "0"
            "fields":{           | "fields":{"channel_id":{},| fields.channel_id: named twice
            """)
    void namesThePlace(String good, String bad, String message) {
        assertThat(SET_TARGET).contains(good);
        assertRefused(SET_TARGET.replace(good, bad == null ? "" : bad), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            F32      | "0x7fc0000"  | expected a number, or a string with its bits, as "0x7fc00000", found "0x7fc0000"
            F32      | true         | expected a number, or a string with its bits, as "0x7fc00000", found true
            F32      | 3.5e38       | expected a number of at most 3.4028235E38, found 3.5E+38
            F32      | 1e999999999  | expected a number of at most 3.4028235E38, found 1E+999999999
            U64      | 5            | expected a string with a decimal number, as "5", found 5
            U64      | "05"         | expected a string with a decimal number, as "5", found "05"
            U64      | "-1"         | expected a string with a decimal number, as "5", found "-1"
            U64      | "18446744073709551616" | expected at most 18446744073709551615, found "18446744073709551616"
            U256     | "00"         | 1 bytes, exactly 32
            U256     | "zz"         | expected hexadecimal digits, two for each byte, found "zz"
            STR0_255 | 5            | expected a string, found 5
            STR0_255 | "\\ud800"    | half a surrogate pair, which is no text
            STR0_255 | {"hex":1}    | .hex: expected a string, found 1
            STR0_255 | {"hex":"","x":1} | unknown member "x"
            B0_255   | 5            | expected a string, found 5
            BOOL     | 0            | expected true or false, found 0
            """)
    void saysWhatATypeTakes(String type, String value, String detail) {
        var layout = Shapes.SCALARS;
        var field = layout.fields().stream()
                .filter(candidate -> candidate.type().specName().equals(type))
                .findFirst()
                .orElseThrow()
                .specName();
        var tree = VIEW.tree(VIEW.frame("""
                {"extension_type":%d,"channel_msg":false,"msg_type":0,"payload":"%s"}""".formatted(Shapes.EXTENSION, "00".repeat(layout.payloadBytesMin()))));
        tree.withObject("fields").set(field, JsonText.parse(value));
        var separator = detail.startsWith(".") ? "" : ": ";
        assertRefused(JsonText.print(tree), "fields." + field + separator + detail);
    }

    @Test
    void namesTheElement() {
        var json = """
                {"extension_type":1,"channel_msg":false,"msg_type":0,\
                "fields":{"request_id":1,"requested_extensions":[1,2,70000]}}""";
        assertRefused(json, "fields.requested_extensions[2]: expected a whole number in 0..65535, found 70000");
    }

    @Test
    void refusesMoreThanATypeHolds() {
        var text = VIEW.text(new NewMiningJob(1, 2, java.util.OptionalLong.empty(), 3, U256.ZERO));
        assertRefused(text.replace("\"" + TARGET, "\"" + TARGET + "00"), "fields.merkle_root: 33 bytes, exactly 32");
        var names = """
                {"extension_type":%d,"channel_msg":false,"msg_type":2,"fields":{}}""".formatted(Shapes.EXTENSION);
        assertRefused(
                names.replace("{}", "{\"f0\":[" + "true,".repeat(255) + "true]}"),
                "fields.f0: 256 elements, at most 255");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``          | (document): expected an object, found nothing
            []          | (document): expected an object, found an array
            "a"         | (document): expected an object, found "a"
            {}          | extension_type: missing
            {"a":1      | not JSON
            {"a":1}}    | not JSON
            {"a":1} 2   | not JSON
            {'a':1}     | not JSON
            {"a":NaN}   | not JSON
            {"a":01}    | not JSON
            {"a":"\u0001"} | not JSON
            {"a":1E-2147483648} | too large an exponent
            """)
    void refusesWhatIsNoFrame(String text, String message) {
        assertThatThrownBy(() -> VIEW.frame(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void bounds() {
        assertTooMuch("[".repeat(100) + "]".repeat(100), "depth");
        assertTooMuch("{\"a\":" + "1".repeat(100) + "}", "length");
        assertTooMuch("{\"" + "a".repeat(1000) + "\":1}", "length");
        assertTooMuch("[" + "0,".repeat(JsonText.TOKENS_MAX) + "0]", "count");
        assertTooMuch("[\"" + "a".repeat(2 * 0xff_ffff + 1) + "\"]", "length");
        assertTooMuch(" ".repeat(JsonText.CHARS_MAX + 1), "characters, at most");
    }

    @Test
    void refusesAPayloadThatNoFrameCarries() {
        var json = """
                {"extension_type":%d,"channel_msg":false,"msg_type":0,"payload":"%s"}""";
        var fits = VIEW.frame(json.formatted(0x5555, "00".repeat(0xff_ffff)));
        assertThat(fits.payload().size()).isEqualTo(0xff_ffff);
        var scalars =
                VIEW.tree(VIEW.frame(json.formatted(Shapes.EXTENSION, "00".repeat(Shapes.SCALARS.payloadBytesMin()))));
        scalars.put("trailing", "00".repeat(0xff_ffff));
        assertThatThrownBy(() -> VIEW.frame(scalars))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("a frame carries at most 16777215");
    }

    @Test
    void readsTextThatSomebodyDamagedOrSaysWhatIsWrong() {
        long seed = Long.getLong("stratumj.seed", 20_261_120L);
        var random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            var text = new StringBuilder(SET_TARGET);
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x80));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, "{}[]\",:0e\\".charAt(random.nextInt(10)));
                }
            }
            try {
                assertThat(VIEW.frame(text.toString())).isNotNull();
            } catch (JsonException e) {
                refused++;
                assertThat(e.getMessage()).as("seed %d: %s", seed, text).matches("[ -~]{3,400}");
            }
        }
        assertThat(refused).isGreaterThan(2_000);
    }

    private static void assertTooMuch(String text, String word) {
        assertThatThrownBy(() -> VIEW.frame(text))
                .isInstanceOfSatisfying(
                        JsonException.class,
                        e -> assertThat(e.getMessage()).contains(word).matches("[ -~]{3,400}"));
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> VIEW.frame(json))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }
}
