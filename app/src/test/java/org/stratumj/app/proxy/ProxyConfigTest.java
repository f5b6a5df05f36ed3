package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.app.mining.MiningTerms;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.protocol.wire.Str0255;

class ProxyConfigTest {
    private static final Endpoint POOL = new Endpoint("pool.example", 3333, new ClientSecurity.Plain());

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "128, 1",
        "129, 2",
        "10000, 2",
        "32768, 2",
        "32769, 3",
        "8388608, 3",
        "8388609, 4",
        "1073741824, 4"
    })
    void takesTwiceAsManyIndexesAsChannels(int channelsMax, int indexSize) {
        assertThat(config(channelsMax, 8).indexSize()).isEqualTo(indexSize);
    }

    @Test
    void asksForRoomForItsChannelsAtLeast() {
        assertThat(config(10_000, 2).minExtranonceSize()).isEqualTo(2);
        assertThat(config(10_000, 32).minExtranonceSize()).isEqualTo(32);
        assertThatThrownBy(() -> config(10_000, 1))
                .hasMessage("minExtranonceSize must be 2..32 for 10000 channels, is 1");
        assertThatThrownBy(() -> config(10_000, 33))
                .hasMessage("minExtranonceSize must be 2..32 for 10000 channels, is 33");
    }

    @Test
    void boundsTheNumberOfChannels() {
        assertThatThrownBy(() -> config(0, 8)).hasMessage("channelsMax must be 1..1073741824, is 0");
        assertThatThrownBy(() -> config(ProxyConfig.CHANNELS_MAX_MAX + 1, 8))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesLessOfTheFutureThanPoolsDo() {
        ProxyConfig config = ProxyConfig.of(
                InetSocketAddress.createUnresolved("localhost", 0),
                config(10, 8).security(),
                POOL);
        assertThat(config.terms().policy().shares().nTimeAheadMax()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void needsAnUpstream() {
        ProxyConfig config = config(10, 8);
        assertThatThrownBy(() -> new ProxyConfig(
                        config.listen(),
                        config.security(),
                        config.limits(),
                        List.of(),
                        config.userIdentity(),
                        config.terms(),
                        10,
                        8,
                        config.upstreamGrace(),
                        config.workDeadline()))
                .hasMessage("a proxy needs an upstream");
    }

    @Test
    void believesNoMoreThanOneExahashByDefault() {
        ProxyConfig config = ProxyConfig.of(new InetSocketAddress(0), new ServerSecurity.Plain(), POOL);
        assertThat(config.terms().policy().targets().hashesPerSecondMax()).isEqualTo(1e18);
        assertThat(config.upstreams()).containsExactly(POOL);
    }

    private static ProxyConfig config(int channelsMax, int minExtranonceSize) {
        return new ProxyConfig(
                new InetSocketAddress(0),
                new ServerSecurity.Plain(),
                ConnectionLimits.defaults(),
                List.of(POOL),
                Str0255.of("farm"),
                MiningTerms.DEFAULT,
                channelsMax,
                minExtranonceSize,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
