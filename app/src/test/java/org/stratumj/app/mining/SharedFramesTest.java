package org.stratumj.app.mining;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Effect;

class SharedFramesTest {
    private final SharedFrames frames = new SharedFrames();

    @Test
    void encodesTheSameMessageOnceForAll() {
        EncodedFrame first = frame(prevHash(1));
        assertThat(frame(prevHash(1))).isSameAs(first);
        assertThat(first).isEqualTo(EncodedFrame.of(prevHash(1)));
    }

    @Test
    void encodesAnotherMessageAnew() {
        frame(prevHash(1));
        assertThat(frame(prevHash(2))).isEqualTo(EncodedFrame.of(prevHash(2)));
        assertThat(frame(prevHash(1))).isEqualTo(EncodedFrame.of(prevHash(1)));
    }

    @Test
    void repliesWithWhatIsForOneConnectionOnly() {
        SetTarget message = new SetTarget(2, U256.MAX);
        assertThat(frames.effect(message)).isEqualTo(Effect.<MiningToClient>reply(message));
    }

    private EncodedFrame frame(MiningToClient message) {
        return ((Effect.Send<MiningToClient>) frames.effect(message)).frame();
    }

    private static SetNewPrevHash prevHash(long group) {
        return new SetNewPrevHash(group, 5, U256.ZERO, 1_760_000_000, 0x207fffff);
    }
}
