package org.stratumj.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;

class JsonViewTest {
    private static final String HASH = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final JsonView VIEW = JsonView.of(MessageRegistry.core().with(Shapes.CODECS));

    @Test
    void setupConnection() {
        assertGolden(
                new SetupConnection(
                        1,
                        2,
                        2,
                        1,
                        Str0255.of("pool"),
                        3333,
                        Str0255.of("v\n\u007f"),
                        Str0255.EMPTY,
                        Str0255.of(new byte[] {(byte) 0xff}),
                        Str0255.of("\u00e9")),
                """
                {"message":"SetupConnection","extension_type":0,"channel_msg":false,"msg_type":0,"fields":{"protocol":1,\
                "min_version":2,"max_version":2,"flags":1,"endpoint_host":"pool","endpoint_port":3333,"vendor":"v\\n\\u007F",\
                "hardware_version":"","firmware":{"hex":"ff"},"device_id":"\\u00E9"}}""");
    }

    @Test
    void sixtyFourBitNumbersAreUnsignedStrings() {
        assertGolden(new SubmitSharesSuccess(1, 0xffff_ffffL, 3, -1), """
                {"message":"SubmitShares.Success","extension_type":0,"channel_msg":true,"msg_type":28,\
                "fields":{"channel_id":1,"last_sequence_number":4294967295,"new_submits_accepted_count":3,\
                "new_shares_sum":"18446744073709551615"}}""");
    }

    @Test
    void floatsAreNumbers() {
        assertGolden(
                new OpenStandardMiningChannel(7, Str0255.of("u.w"), 1.5e12f, U256.MAX), """
                {"message":"OpenStandardMiningChannel","extension_type":0,"channel_msg":false,"msg_type":16,\
                "fields":{"request_id":7,"user_identity":"u.w","nominal_hash_rate":1.5E12,"max_target":"%s"}}""".formatted("ff".repeat(32)));
    }

    @Test
    void optionsAreNullOrTheValue() {
        assertThat(VIEW.text(new NewMiningJob(1, 2, OptionalLong.empty(), 3, U256.ZERO)))
                .contains("\"min_ntime\":null,");
        assertThat(VIEW.text(new NewMiningJob(1, 2, OptionalLong.of(5), 3, U256.ZERO)))
                .contains("\"min_ntime\":5,");
    }

    @Test
    void sequencesAreArraysAndBytesAreHex() {
        var job = new NewExtendedMiningJob(
                1, 2, OptionalLong.empty(), 3, true, List.of(U256.ofHex(HASH)), Bytes.ofHex("AABB"), Bytes.EMPTY);
        assertThat(VIEW.text(job))
                .contains("\"version_rolling_allowed\":true,\"merkle_path\":[\"" + HASH + "\"]")
                .contains("\"coinbase_tx_prefix\":\"aabb\",\"coinbase_tx_suffix\":\"\"");
    }

    @Test
    void tlvFieldsFollowTheFields() {
        var worker = new WorkerIdentity(Bytes.ofHex("57"));
        assertGolden(new SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.EMPTY, Tlvs.of(worker.tlv())), """
                {"message":"SubmitSharesExtended","extension_type":0,"channel_msg":true,"msg_type":27,\
                "fields":{"channel_id":1,"sequence_number":2,"job_id":3,"nonce":4,"ntime":5,"version":6,"extranonce":""},\
                "tlvs":[{"extension_type":2,"field_type":1,"value":"57"}]}""");
    }

    @Test
    void tlvFieldsKeepTheOrderTheyCameIn() {
        var frame = updateChannelWith("0500" + "01" + "0000" + "0300" + "02" + "0100aa");
        assertThat(VIEW.text(frame))
                .endsWith("\"tlvs\":[{\"extension_type\":5,\"field_type\":1,\"value\":\"\"},"
                        + "{\"extension_type\":3,\"field_type\":2,\"value\":\"aa\"}]}");
        assertThat(VIEW.frame(VIEW.text(frame))).isEqualTo(frame);
    }

    @Test
    void whatIsNoTlvFieldIsTrailing() {
        for (var tail : List.of("00", "0080010000", "0100" + "01" + "0200" + "aa")) {
            var frame = updateChannelWith(tail);
            assertThat(VIEW.text(frame)).endsWith("\"trailing\":\"" + tail + "\"}");
            assertThat(VIEW.frame(VIEW.text(frame))).isEqualTo(frame);
        }
    }

    @Test
    void takesApartNoMoreThanSoManyTlvFields() {
        assertThat(VIEW.text(updateChannelWith("0100" + "01" + "0000"))).contains("\"tlvs\"");
        var most =
                VIEW.view(updateChannelWith("0100010000".repeat(Tail.TLVS_MAX))).orElseThrow();
        assertThat(most.tail().tlvs()).hasSize(Tail.TLVS_MAX).containsOnly(new Tlv(1, 1, Bytes.EMPTY));
        var frame = updateChannelWith("0100010000".repeat(Tail.TLVS_MAX + 1));
        assertThat(VIEW.view(frame).orElseThrow().tail().tlvs()).isEmpty();
        assertThat(VIEW.frame(VIEW.text(frame))).isEqualTo(frame);
    }

    @Test
    void unknownMessagesAreTheirPayload() {
        assertGolden(new UnknownMessage(0x7fff, true, 255, Bytes.ofHex("00ff")), """
                {"extension_type":32767,"channel_msg":true,"msg_type":255,"payload":"00ff"}""");
    }

    @Test
    void wireShowsOffsetAndBytesOfEachField() {
        var job = new NewMiningJob(1, 2, OptionalLong.of(5), 3, U256.ofHex(HASH));
        assertThat(VIEW.withWire().text(job))
                .endsWith("\"wire\":[{\"field\":\"channel_id\",\"type\":\"U32\",\"offset\":0,\"bytes\":\"01000000\"},"
                        + "{\"field\":\"job_id\",\"type\":\"U32\",\"offset\":4,\"bytes\":\"02000000\"},"
                        + "{\"field\":\"min_ntime\",\"type\":\"OPTION[U32]\",\"offset\":8,\"bytes\":\"0105000000\"},"
                        + "{\"field\":\"version\",\"type\":\"U32\",\"offset\":13,\"bytes\":\"03000000\"},"
                        + "{\"field\":\"merkle_root\",\"type\":\"U256\",\"offset\":17,\"bytes\":\"" + HASH + "\"}]}");
        assertThat(VIEW.message(VIEW.withWire().text(job))).isEqualTo(job);
    }

    @Test
    void floatsOfEveryKindKeepTheirBits() {
        int[] kinds = {
            0, 1, 0x007f_ffff, 0x0080_0000, 0x3f80_0000, 0x7f7f_ffff, 0x7f80_0000, 0x7fc0_0000, 0x7f80_0001, 0x7fff_ffff
        };
        for (int kind : kinds) {
            for (int bits : new int[] {kind, kind | 0x8000_0000}) {
                assertThat(floatBits(VIEW.text(floatFrame(bits)))).isEqualTo(bits);
            }
        }
        assertThat(VIEW.text(floatFrame(0x7fc0_0001))).contains("[\"0x7fc00001\"]");
        assertThat(VIEW.text(floatFrame(0x8000_0000))).contains("[\"0x80000000\"]");
        assertThat(VIEW.text(floatFrame(0xbf80_0000))).contains("[-1.0]");
    }

    /// 1 + 2^-24 is half way between two floats; a little more has to go up, which it does not through
    /// double.
    @Test
    void decimalNumbersAreRoundedOnce() {
        assertThat(floatBits(floatText("1.000000059604644775390625"))).isEqualTo(0x3f80_0000);
        assertThat(floatBits(floatText("1.0000000596046447753906250000000001"))).isEqualTo(0x3f80_0001);
        assertThat(floatBits(floatText("1e-999999999"))).isZero();
        assertThat(floatBits(floatText("16777217"))).isEqualTo(Float.floatToIntBits(16777216f));
    }

    @Test
    void aFrameThatBreaksItsLayoutIsShownRaw() {
        var frame = new Frame(new FrameHeader(0, true, 0x21, 3), Bytes.ofHex("010203"));
        assertThatThrownBy(() -> VIEW.text(frame)).isInstanceOf(DecodeException.class);
        assertThat(JsonText.print(VIEW.raw(frame)))
                .isEqualTo("{\"message\":\"SetTarget\",\"extension_type\":0,\"channel_msg\":true,\"msg_type\":33,"
                        + "\"payload\":\"010203\"}");
        assertThat(VIEW.frame(JsonText.print(VIEW.raw(frame)))).isEqualTo(frame);
    }

    @Test
    void refusesAnOptionOfTwoValues() {
        var options = new Frame(new FrameHeader(Shapes.EXTENSION, false, 1, 2), Bytes.ofHex("0002"));
        assertThatThrownBy(() -> VIEW.text(options)).isInstanceOfSatisfying(DecodeException.class, e -> {
            assertThat(e.reason()).isEqualTo(DecodeException.Reason.OPTION_COUNT_ABOVE_ONE);
            assertThat(e.field()).isEqualTo("f1");
            assertThat(e.offset()).isEqualTo(1);
        });
    }

    private static void assertGolden(Sv2Message message, String json) {
        assertThat(VIEW.text(message)).isEqualTo(json);
        assertThat(VIEW.message(json)).isEqualTo(message);
    }

    private static Frame updateChannelWith(String tail) {
        var payload = Bytes.ofHex("00".repeat(40) + tail);
        return new Frame(new FrameHeader(0, true, 0x16, payload.size()), payload);
    }

    private static Frame floatFrame(int bits) {
        var payload = Bytes.written(5, out -> {
            out.u8(1);
            out.u32(Integer.toUnsignedLong(bits));
        });
        return VIEW.frame("{\"extension_type\":%d,\"channel_msg\":false,\"msg_type\":2,\"payload\":\"%s\"}"
                .formatted(Shapes.EXTENSION, "00".repeat(6) + payload.toHex() + "00".repeat(5)));
    }

    private static String floatText(String number) {
        var ones = VIEW.text(floatFrame(0x3f80_0000));
        assertThat(ones).contains("[1.0]");
        return ones.replace("[1.0]", "[" + number + "]");
    }

    private static int floatBits(String json) {
        var reader = VIEW.frame(json).payload().slice(7, 11).reader("F32");
        return (int) reader.u32("bits");
    }
}
