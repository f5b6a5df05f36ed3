package org.stratumj.it.sri;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.RandomPayload.Length;
import org.stratumj.protocol.wire.Bytes;

/// How frames lie in a stream: blocks, pieces of one byte, many frames at once, no payload at all.
final class StreamCases {
    private static final int BLOCK = 65_519;
    private static final int[] AROUND_BLOCKS = {
        BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 1, 4 * BLOCK + 7
    };
    private static final int TOGETHER = 200;

    private StreamCases() {}

    static List<SriCase> all() {
        return List.of(
                SriCase.agrees(
                        "1 to 5 blocks, we are the initiator",
                        stage -> there(stage, initiator(stage), aroundBlocks(stage))),
                SriCase.agrees(
                        "1 to 5 blocks, we are the responder",
                        stage -> there(stage, responder(stage), aroundBlocks(stage))),
                SriCase.agrees(
                        "the largest payload, 257 blocks",
                        stage -> there(
                                stage,
                                initiator(stage),
                                List.of(Samples.ofPayloadSize(FrameHeader.PAYLOAD_BYTES_MAX, stage.random())))),
                SriCase.agrees(
                        "byte by byte, plain",
                        stage -> there(stage, plain(stage, "bytewise").bytewise(), everyMessage(stage))),
                SriCase.agrees(
                        "byte by byte, we are the initiator",
                        stage -> there(stage, initiator(stage, "bytewise").bytewise(), everyMessage(stage))),
                SriCase.agrees(
                        "byte by byte, we are the responder",
                        stage -> there(stage, responder(stage, "bytewise").bytewise(), everyMessage(stage))),
                SriCase.agrees("many frames in one write of ours, plain", stage -> together(stage, plain(stage))),
                SriCase.agrees(
                        "many frames in one write of ours, encrypted", stage -> together(stage, initiator(stage))),
                SriCase.agrees("many frames in one write of theirs, plain", StreamCases::theirsTogether),
                SriCase.agrees("many frames in one write of theirs, encrypted", StreamCases::theirsTogetherSealed),
                SriCase.agrees("a frame without payload, plain", stage -> empty(stage, plain(stage))),
                SriCase.agrees("a frame without payload, encrypted", stage -> empty(stage, initiator(stage))));
    }

    private static String there(Stage stage, Wire wire, List<Frame> frames) throws IOException {
        long bytes = 0;
        for (var frame : frames) {
            assertThat(wire.exchange(frame)).as("seed %d", Stage.SEED).isEqualTo(frame);
            bytes += frame.size();
        }
        return finish(stage, wire, frames.size()) + ", " + bytes + " bytes there and back";
    }

    private static String together(Stage stage, Wire wire) throws IOException {
        var random = stage.random();
        var frames = IntStream.range(0, TOGETHER)
                .mapToObj(i -> Samples.frame(
                        Samples.layouts().get(i % Samples.layouts().size()), Length.SHORTEST, random))
                .toList();
        wire.sendTogether(frames);
        for (var frame : frames) {
            assertThat(wire.receive()).as("seed %d", Stage.SEED).isEqualTo(frame);
        }
        return finish(stage, wire, TOGETHER);
    }

    private static String theirsTogether(Stage stage) throws IOException {
        return theirsTogether(stage, stage.connect(making("plain")));
    }

    private static String theirsTogetherSealed(Stage stage) throws IOException {
        var wire = stage.connect(making(Trust.responder(Trust.NOW)));
        wire.initiate(Trust.ours(), Trust.CURVE, Trust.CLOCK, Trust.RANDOM);
        return theirsTogether(stage, wire);
    }

    private static String theirsTogether(Stage stage, Wire wire) throws IOException {
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < TOGETHER; i++) {
            frames.add(wire.receive());
        }
        wire.sendTogether(frames.stream().map(Samples::reencoded).toList());
        stage.expect("established");
        stage.expect("identical " + TOGETHER);
        return TOGETHER + " frames";
    }

    private static String[] making(String... options) {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of("together", "make=NewExtendedMiningJob", "seed=" + Stage.SEED, "count=" + TOGETHER));
        return all.toArray(String[]::new);
    }

    // No message has an empty payload, so the peer says that it does not know this one; then the stream goes on.
    private static String empty(Stage stage, Wire wire) throws IOException {
        var nothing = new Frame(new FrameHeader(0x4000, false, 0x55, 0), Bytes.EMPTY);
        assertThat(Refusal.in(wire.exchange(nothing))).startsWith("UnexpectedMessage");
        assertThat(wire.exchange(Samples.share())).isEqualTo(Samples.share());
        return finish(stage, wire, 2);
    }

    private static String finish(Stage stage, Wire wire, int frames) throws IOException {
        wire.finish();
        stage.expect("established");
        stage.expect("answered " + frames);
        return frames + " frames";
    }

    private static List<Frame> aroundBlocks(Stage stage) {
        var random = stage.random();
        return IntStream.of(AROUND_BLOCKS)
                .mapToObj(size -> Samples.ofPayloadSize(size, random))
                .toList();
    }

    private static List<Frame> everyMessage(Stage stage) {
        var random = stage.random();
        return Samples.layouts().stream()
                .map(layout -> Samples.frame(layout, Length.SHORTEST, random))
                .toList();
    }

    private static Wire plain(Stage stage, String... options) throws IOException {
        return stage.connect(with(options, "plain", "reencode"));
    }

    private static Wire initiator(Stage stage, String... options) throws IOException {
        var wire = stage.connect(with(options, Trust.responder(Trust.NOW)));
        wire.initiate(Trust.ours(), Trust.CURVE, Trust.CLOCK, Trust.RANDOM);
        return wire;
    }

    private static Wire responder(Stage stage, String... options) throws IOException {
        var wire = stage.accept(with(options, Trust.initiator()));
        wire.respond(Trust.server());
        return wire;
    }

    private static String[] with(String[] options, String... others) {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of(others));
        return all.toArray(String[]::new);
    }
}
