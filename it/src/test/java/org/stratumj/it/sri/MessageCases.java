package org.stratumj.it.sri;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.layout.RandomPayload.Length;

/// Each message of ours through SRI's type and back, and each message of SRI's through our record and back.
final class MessageCases {
    private static final int RANDOM_PAYLOADS = 12;

    private MessageCases() {}

    static List<SriCase> all() {
        var cases = new ArrayList<SriCase>();
        for (var layout : Samples.layouts()) {
            var name = peerName(layout);
            cases.add(SriCase.agrees("ours there: " + name, stage -> oursThere(stage, layout)));
            cases.add(SriCase.agrees("theirs here: " + name, stage -> theirsHere(stage, layout, name)));
        }
        return cases;
    }

    // Two messages have one name; the peer has the subprotocol before it.
    static String peerName(Layout layout) {
        if (!layout.specName().equals("SetNewPrevHash")) {
            return layout.specName();
        }
        return (layout.channelMessage() ? "Mining." : "Template.") + layout.specName();
    }

    private static String oursThere(Stage stage, Layout layout) throws IOException {
        var wire = stage.connect("plain", "reencode");
        var frames = samples(stage, layout);
        for (var frame : frames) {
            assertThat(wire.exchange(frame)).as("seed %d", Stage.SEED).isEqualTo(frame);
        }
        wire.finish();
        stage.expect("established");
        stage.expect("answered " + frames.size());
        return summary(frames);
    }

    private static List<Frame> samples(Stage stage, Layout layout) {
        var random = stage.random();
        var frames = new ArrayList<Frame>();
        frames.add(Samples.frame(layout, Length.SHORTEST, random));
        frames.add(Samples.frame(layout, Length.LONGEST, random));
        for (int i = 0; i < RANDOM_PAYLOADS; i++) {
            frames.add(Samples.frame(layout, Length.RANDOM, random));
        }
        return frames;
    }

    private static String theirsHere(Stage stage, Layout layout, String name) throws IOException {
        int count = 2 + RANDOM_PAYLOADS;
        var wire = stage.connect("plain", "make=" + name, "seed=" + Stage.SEED, "count=" + count);
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < count; i++) {
            var frame = wire.receive();
            assertThat(frame.header())
                    .isEqualTo(Samples.frame(layout, frame.payload().bytes()).header());
            frames.add(frame);
        }
        for (var frame : frames) {
            wire.send(Samples.reencoded(frame));
        }
        stage.expect("established");
        stage.expect("identical " + count);
        return summary(frames);
    }

    private static String summary(List<Frame> frames) {
        var sizes = frames.stream().mapToInt(frame -> frame.payload().size()).summaryStatistics();
        return frames.size() + " payloads, " + sizes.getMin() + " to " + sizes.getMax() + " bytes";
    }
}
