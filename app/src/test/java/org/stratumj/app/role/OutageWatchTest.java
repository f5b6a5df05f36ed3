package org.stratumj.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.protocol.Subprotocol;

class OutageWatchTest {
    private static final Endpoint POOL = new Endpoint("127.0.0.1", 3333, new ClientSecurity.Plain());

    private final List<RoleEvent> events = new ArrayList<>();
    private final OutageWatch watch = new OutageWatch("proxy", "upstream", "miners keep their work", events::add);

    @Test
    void serverThatWasNeverConnectedIsNotDisconnected() {
        failed(new CloseReason.NetworkFailed("connection refused"));
        failed(new CloseReason.NetworkFailed("connection refused"));
        assertThat(events).singleElement().isInstanceOf(RoleEvent.UpstreamFailed.class);
        assertThat(events.getFirst().text()).contains("connection refused").doesNotContain("disconnected");
    }

    @Test
    void addressIsNotRepeated() {
        failed(new CloseReason.NetworkFailed("127.0.0.1:3333: connection refused"));
        assertThat(events.getFirst().text())
                .isEqualTo("upstream 127.0.0.1:3333 cannot be used: connection refused; miners keep their work while it"
                        + " is tried again");
        assertThat(watch.note()).isEqualTo("no upstream: 127.0.0.1:3333: connection refused");
    }

    @Test
    void anotherKeyIsReportedWithinAnOutage() {
        failed(new CloseReason.NetworkFailed("connection refused"));
        failed(new CloseReason.HandshakeFailed("the certificate is signed by another key"));
        failed(new CloseReason.HandshakeFailed("the certificate is signed by another key"));
        failed(new CloseReason.NetworkFailed("connection refused"));
        assertThat(events)
                .hasSize(2)
                .last()
                .extracting(RoleEvent::text)
                .asString()
                .contains("another key");
    }

    private void failed(CloseReason reason) {
        watch.onUpstreamDown(Subprotocol.MINING, POOL, reason, Duration.ofSeconds(1));
    }
}
