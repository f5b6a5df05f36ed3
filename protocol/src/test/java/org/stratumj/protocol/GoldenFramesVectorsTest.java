package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.jobdeclaration.PushSolution;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;

/// Whole frames, written out by hand from the specification. PushSolution, the first bytes of NewMiningJob and of
/// RequestExtensions, and the TLV's byte order are also pinned by the tests of the Rust reference implementation.
class GoldenFramesVectorsTest {
    private static final String HASH = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void pushSolution() {
        assertGolden(
                new PushSolution(
                        Bytes.ofHex("01020304"), U256.ofHex(HASH), 0x11223344L, 0x55667788L, 0x99aabbccL, 0xddeeff00L),
                "000060350000" + "0401020304" + HASH + "44332211" + "88776655" + "ccbbaa99" + "00ffeedd");
    }

    @Test
    void newMiningJobForNow() {
        assertGolden(
                new NewMiningJob(1, 2, OptionalLong.of(0x61626364), 0x20000000, U256.ofHex(HASH)),
                "008015310000" + "01000000" + "02000000" + "0164636261" + "00000020" + HASH);
    }

    @Test
    void newMiningJobForTheFuture() {
        assertGolden(
                new NewMiningJob(1, 2, OptionalLong.empty(), 0x20000000, U256.ofHex(HASH)),
                "0080152d0000" + "01000000" + "02000000" + "00" + "00000020" + HASH);
    }

    @Test
    void newExtendedMiningJob() {
        assertGolden(
                new NewExtendedMiningJob(
                        0xfffffffeL,
                        2,
                        OptionalLong.empty(),
                        0x20000000,
                        true,
                        List.of(U256.ofHex(HASH), U256.ZERO),
                        Bytes.ofHex("aabb"),
                        Bytes.ofHex("cc")),
                "00801f560000" + "feffffff" + "02000000" + "00" + "00000020" + "01" + "02" + HASH + "00".repeat(32)
                        + "0200aabb" + "0100cc");
    }

    @Test
    void requestExtensions() {
        assertGolden(
                new RequestExtensions(0x1234, List.of(2, 0x4001)), "010000080000" + "3412" + "0200" + "0200" + "0140");
    }

    @Test
    void setupConnection() {
        assertGolden(
                new SetupConnection(
                        Subprotocol.JOB_DECLARATION.code(),
                        2,
                        2,
                        SetupConnection.JOB_DECLARATION_DECLARE_TX_DATA,
                        Str0255.of("pool"),
                        3333,
                        Str0255.of("v"),
                        Str0255.EMPTY,
                        Str0255.EMPTY,
                        Str0255.of("é")),
                "000000" + "170000" + "01" + "0200" + "0200" + "01000000" + "04706f6f6c" + "050d" + "0176" + "00" + "00"
                        + "02c3a9");
    }

    @Test
    void shareWithTheWorkerWhoFoundIt() {
        var worker = new WorkerIdentity(Bytes.of("Worker_001".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertGolden(
                new SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.ofHex("0a0b"), Tlvs.of(worker.tlv())),
                "00801b2a0000" + "01000000" + "02000000" + "03000000" + "04000000" + "05000000" + "06000000" + "020a0b"
                        + "0200" + "01" + "0a00" + "576f726b65725f303031");
    }

    private static void assertGolden(Sv2Message message, String hex) {
        var registry = MessageRegistry.core();
        var bytes = HexFormat.of().parseHex(hex);
        assertThat(HexFormat.of().formatHex(registry.encode(message).bytes())).isEqualTo(hex);
        var header = FrameHeader.parse(bytes, 0);
        assertThat(registry.decode(header, bytes, FrameHeader.SIZE, header.payloadLength()))
                .isEqualTo(message);
        assertThat(registry.decode(new Frame(header, Bytes.of(bytes, FrameHeader.SIZE, header.payloadLength()))))
                .isEqualTo(message);
    }
}
