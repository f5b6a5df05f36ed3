package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "5s,PT5S", "5 s,PT5S", "1.5m,PT1M30S", "1h,PT1H", "2d,PT48H", "0s,PT0S"})
    void readsDurations(String text, Duration duration) {
        assertThat(Converters.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 weeks", "1e3s"})
    void explainsWhatADurationIs(String text) {
        assertThatThrownBy(() -> Converters.duration(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a duration; write a number and ms, s, m, h or d: 5s");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:3333,127.0.0.1,3333",
        "0.0.0.0:0,0.0.0.0,0",
        "[::1]:65535,0:0:0:0:0:0:0:1,65535",
    })
    void readsAddresses(String text, String host, int port) {
        InetSocketAddress address = Converters.address(text).socketAddress();
        assertThat(address.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }

    @Test
    void explainsWhatAnAddressIs() {
        assertAddressError("3333", "'3333' is not an address; write HOST:PORT: 127.0.0.1:3333");
        assertAddressError("::1:3333", "'::1:3333' is not an address; write HOST:PORT: 127.0.0.1:3333");
        assertAddressError("127.0.0.1:65536", "'127.0.0.1:65536' has port 65536; ports are 0 to 65535");
        assertAddressError("no.such.invalid:1", "'no.such.invalid:1' has a host that is not known here");
    }

    @ParameterizedTest
    @CsvSource({
        "250000,250000",
        "1M,1e6",
        "1.5 GH/s,1.5e9",
        "100kh,1e5",
        "2T,2e12",
        "0,0",
    })
    void readsHashrates(String text, double hashesPerSecond) {
        assertThat(Converters.hashrate(text).hashesPerSecond()).isEqualTo(hashesPerSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1X", "NaN", "1.5.2M"})
    void explainsWhatAHashrateIs(String text) {
        assertThatThrownBy(() -> Converters.hashrate(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("is not a hashrate; write hashes a second: 250000, 1M, 1.5G");
    }

    @Test
    void aPortAloneIsOfThisMachineWhereMetricsAreShown() {
        assertThat(Converters.metricsAddress("9100")).hasToString("127.0.0.1:9100");
        assertThat(Converters.metricsAddress("0.0.0.0:9100")).hasToString("0.0.0.0:9100");
        assertThatThrownBy(() -> Converters.metricsAddress("99999")).hasMessageContaining("ports are 0 to 65535");
        assertThatThrownBy(() -> Converters.metricsAddress("")).hasMessageContaining("write HOST:PORT");
    }

    private static void assertAddressError(String text, String message) {
        assertThatThrownBy(() -> Converters.address(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith(message);
    }
}
