package org.stratumj.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;

class ServerAddressTest {
    /// As the system shows a socket that listens on all addresses.
    private static final InetSocketAddress REAL = address("::", 40_001);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:40001",
        "0.0.0.0, 0.0.0.0:40001",
        "localhost, localhost:40001",
        "::1, [::1]:40001",
        "::, [::]:40001",
        "2001:db8:0:0:1::7, [2001:db8::1:0:0:7]:40001",
    })
    void showsTheHostAsGivenWithTheRealPort(String host, String text) {
        ServerAddress address = new ServerAddress(new InetSocketAddress(host, 0), new ServerSecurity.Plain());
        assertThat(address.url()).isEmpty();
        address.bind(REAL);
        assertThat(address.text()).isEqualTo(text);
        assertThat(address.url()).isEqualTo("stratum2+tcp://" + text + "?plain");
    }

    @Test
    void namesTheKeyOfTheServer() {
        SecureRandom random = new SecureRandom();
        Secp256k1 curve = Secp256k1s.best(random);
        AuthoritySecretKey key = AuthoritySecretKey.generate(curve, random);
        ServerAddress address =
                new ServerAddress(address("127.0.0.1", 3333), new ServerSecurity.Noise(key, Duration.ofHours(1)));
        address.bind(REAL);
        assertThat(address.announcement())
                .isEqualTo("clients connect to stratum2+tcp://127.0.0.1:40001/" + key.publicKey(curve));
    }

    @Test
    void namesAnAddressToUseInPlaceOfAll() {
        ServerAddress address = new ServerAddress(address("0.0.0.0", 3333), ServerSecurity.Plain.anywhere());
        address.bind(REAL);
        assertThat(address.announcement())
                .startsWith("clients connect to stratum2+tcp://0.0.0.0:40001?plain=anywhere with ")
                .endsWith(" in place of 0.0.0.0");
    }

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }
}
