package org.stratumj.app.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

class WaitingOpensTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);

    private final WaitingOpens waiting = new WaitingOpens(3, Duration.ofSeconds(30));

    @Test
    void returnsRequestsInTheirOrderOnce() {
        add(1, NOW);
        add(2, NOW);
        assertThat(waiting.takeAll()).containsExactly(request(1), request(2));
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.takeAll()).isEmpty();
    }

    @Test
    void refusesOneMoreThanTheMost() {
        add(1, NOW);
        add(2, NOW);
        assertThat(waiting.add(request(3), 3, NOW)).isEmpty();
        assertThat(waiting.add(request(4), 4, NOW))
                .containsExactly(ServerChannels.refusal(4, ErrorCode.CHANNEL_CAPACITY_EXHAUSTED));
        assertThat(waiting.takeAll()).hasSize(3);
    }

    @Test
    void refusesWhatHasWaitedLongEnoughAndNothingElse() {
        add(1, NOW);
        add(2, NOW.plusSeconds(10));
        assertThat(waiting.expire(NOW.plusMillis(29_999))).isEmpty();
        assertThat(waiting.expire(NOW.plusSeconds(30)))
                .containsExactly(ServerChannels.refusal(1, ErrorCode.INTERNAL_ERROR));
        assertThat(waiting.takeAll()).containsExactly(request(2));
    }

    private void add(int requestId, Instant now) {
        assertThat(waiting.add(request(requestId), requestId, now)).isEmpty();
    }

    private static OpenStandardMiningChannel request(int requestId) {
        return new OpenStandardMiningChannel(requestId, Str0255.of("worker"), 1, U256.MAX);
    }
}
