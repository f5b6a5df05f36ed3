package org.stratumj.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.noise.AuthorityPublicKey;

class EndpointUrlTest {
    /// The example key of the specification, 04 §4.7.
    private static final String KEY = "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh";

    @Test
    @Tag("SEC-038")
    @Tag("SEC-039")
    void readsAServerWithItsKey() {
        assertThat(EndpointUrl.parse("stratum2+tcp://pool.example.com:3333/" + KEY))
                .isEqualTo(new Endpoint(
                        "pool.example.com", 3333, new ClientSecurity.Noise(AuthorityPublicKey.parse(KEY))));
    }

    @ParameterizedTest
    @CsvSource({
        "stratum2+tcp://[::1]:3333/%s, ::1",
        "stratum2+tcp://[fe80::1%%eth0]:3333/%s, fe80::1%eth0",
        "stratum2+tcp://template_provider:3333/%s, template_provider",
        "stratum2+tcp://pool-1.farm_2.example.:3333/%s, pool-1.farm_2.example.",
        "stratum2+tcp://pool:3333/%s/, pool",
        "' stratum2+tcp://pool:3333/%s ', pool",
        "STRATUM2+TCP://pool:3333/%s, pool",
    })
    void readsAServerAsPeopleWriteIt(String form, String host) {
        assertThat(EndpointUrl.parse(form.formatted(KEY)))
                .isEqualTo(new Endpoint(host, 3333, new ClientSecurity.Noise(AuthorityPublicKey.parse(KEY))));
    }

    @Test
    @Tag("SEC-003")
    void goesWithoutAKeyOnlyWhenToldHow() {
        assertThat(EndpointUrl.parse("stratum2+tcp://127.0.0.1:3333?plain").security())
                .isEqualTo(new ClientSecurity.Plain());
        assertThat(EndpointUrl.parse("stratum2+tcp://localhost:3333?plain").security())
                .isEqualTo(new ClientSecurity.Plain());
        assertThat(EndpointUrl.parse("stratum2+tcp://pool:3333?plain=anywhere").security())
                .isEqualTo(ClientSecurity.Plain.anywhere());
        assertThat(EndpointUrl.parse("stratum2+tcp://127.0.0.1:3333?any-key").security())
                .isEqualTo(new ClientSecurity.NoiseAnyAuthority());
    }

    @ParameterizedTest
    @Tag("SEC-003")
    @Tag("SEC-038")
    @CsvSource({
        "pool.example.com:3333, is no server; write stratum2+tcp://HOST:PORT/KEY",
        "stratum+tcp://pool:3333, is a Stratum V1 server",
        "stratum2+tcp://pool/9b, has no port; write stratum2+tcp://HOST:PORT/KEY",
        "stratum2+tcp://pool:0?plain, has port 0; ports are 1 to 65535",
        "stratum2+tcp://user@pool:3333?plain, is no server",
        "stratum2+tcp://[::1:3333?plain, is no server",
        "stratum2+tcp://pool:3333, has no authority key; write stratum2+tcp://HOST:PORT/KEY",
        "stratum2+tcp://pool:3333/, has no authority key",
        "stratum2+tcp://pool:3333?plan, has no authority key",
        "stratum2+tcp://pool:3333?plain, or end it with ?plain=anywhere on a network that you trust",
        "stratum2+tcp://10.0.0.1:3333?plain, is not this machine",
        "stratum2+tcp://po ol:3333, is no server",
    })
    void explainsAMistakeInOneLine(String text, String message) {
        assertThatThrownBy(() -> EndpointUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).startsWith("'" + text + "'"));
    }

    @Test
    void repeatsNoKeyThatMayBeASecretOne() {
        assertThatThrownBy(() -> EndpointUrl.parse("stratum2+tcp://pool:3333/abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'stratum2+tcp://pool:3333/…': authority key: ")
                .hasMessageEndingWith("; copy the key from the operator");
    }

    @Test
    void takesAnotherCertificateVersionWhenTold() {
        String url = "stratum2+tcp://pool.example.com:3333/" + KEY;
        AuthorityPublicKey authority = AuthorityPublicKey.parse(KEY);
        assertThat(EndpointUrl.parse(url).security()).isEqualTo(new ClientSecurity.Noise(authority, Set.of(0)));
        assertThat(EndpointUrl.parse(url + "?certificate-version=1").security())
                .isEqualTo(new ClientSecurity.Noise(authority, Set.of(0, 1)));
        assertThat(EndpointUrl.parse(url + "?certificate-version=0").security())
                .isEqualTo(new ClientSecurity.Noise(authority));
        assertThatThrownBy(() -> EndpointUrl.parse(url + "?certificate-version=x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotTakeAKeyTogetherWithDoingWithoutOne() {
        assertThatThrownBy(() -> EndpointUrl.parse("stratum2+tcp://127.0.0.1:3333/" + KEY + "?plain"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
