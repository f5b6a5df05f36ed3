package org.stratumj.it.sri;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.stratumj.protocol.frame.Frame;

/// The peer's own frames, which carry text.
final class Refusal {
    private static final int PEER_EXTENSION = 0x7ffe;
    private static final int REFUSED = 0x00;
    private static final int DESCRIBED = 0x01;

    private Refusal() {}

    /// Why SRI did not decode what was sent, in its own words.
    static String in(Frame answer) {
        return text(answer, REFUSED);
    }

    /// How SRI prints the message that was sent.
    static String description(Frame answer) {
        return text(answer, DESCRIBED);
    }

    static boolean is(Frame answer) {
        return answer.header().extensionType() == PEER_EXTENSION
                && answer.header().messageType() == REFUSED;
    }

    private static String text(Frame answer, int type) {
        var text = new String(answer.payload().bytes(), StandardCharsets.UTF_8);
        assertThat(answer.header().extensionType()).as(text).isEqualTo(PEER_EXTENSION);
        assertThat(answer.header().messageType()).as(text).isEqualTo(type);
        return text;
    }
}
