package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Direction;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// What an interceptor does with messages between two ends, on any network.
abstract class InterceptorContract {
    private static final CloseChannel GOODBYE = new CloseChannel(1, Str0255.of("enough"));

    private final TestAuthority authority = TestAuthority.fresh();
    private TestBed bed;
    private Interceptor between;
    private ScriptedPeer client;
    private ScriptedPeer server;

    abstract TestBed openBed();

    @BeforeEach
    void open() {
        bed = openBed();
        ScriptedServer upstream = ScriptedPeer.listen(bed, authority.server());
        between = Interceptor.between(bed, authority.server(), upstream.endpoint());
        client = ScriptedPeer.dial(bed, between.endpoint());
        server = upstream.accept();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void showsWhatGoesThrough() {
        client.send(GOODBYE);
        assertThat(server.expect(CloseChannel.class)).isEqualTo(GOODBYE);
        server.send(credit(1));
        assertThat(between.await(SubmitSharesSuccess.class)).isEqualTo(credit(1));
        client.expect(SubmitSharesSuccess.class);
        assertThat(between.seen()).hasSize(2).first().satisfies(seen -> {
            assertThat(seen.direction()).isEqualTo(Direction.TO_SERVER);
            assertThat(seen.message()).isEqualTo(GOODBYE);
        });
        client.close();
        server.expectClosed();
    }

    @Test
    void losesMessages() {
        between.on(SubmitSharesSuccess.class).nth(2).drop();
        server.send(credit(1), credit(2), credit(3));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(1));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(3));
        assertThat(between.seen(SubmitSharesSuccess.class)).containsExactly(credit(1), credit(2), credit(3));
    }

    @Test
    void replacesMessages() {
        between.on(SubmitSharesSuccess.class)
                .where(credit -> credit.lastSequenceNumber() == 2)
                .replace(credit -> credit(20));
        server.send(credit(1), credit(2), credit(3));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(1));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(20));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(3));
    }

    @Test
    void addsMessagesBeforeAndAfter() {
        between.on(SubmitSharesSuccess.class).nth(1).before(credit(7), GOODBYE);
        between.on(SubmitSharesSuccess.class).after(credit(8));
        server.send(credit(1), credit(2));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(7));
        assertThat(client.expect(CloseChannel.class)).isEqualTo(GOODBYE);
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(1));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(2));
        assertThat(client.expect(SubmitSharesSuccess.class)).isEqualTo(credit(8));
    }

    @Test
    void delaysMessagesOfOneDirection() {
        between.on(Sv2Message.class).to(Direction.TO_SERVER).nth(1).delay(Duration.ofMillis(100));
        client.send(credit(1));
        client.send(GOODBYE);
        server.send(GOODBYE);
        client.expect(CloseChannel.class);
        server.expect(CloseChannel.class);
        assertThat(server.expect(SubmitSharesSuccess.class)).isEqualTo(credit(1));
    }

    /// What is lost here is not counted as on its way, else the relay would read no more.
    @Test
    void losesMoreThanARelayHoldsOnItsWay() {
        UnknownMessage large = new UnknownMessage(0x7abc, false, 9, Bytes.of(new byte[60_000]));
        between.on(UnknownMessage.class).drop();
        for (int i = 0; i < 30; i++) {
            client.send(large);
        }
        client.send(GOODBYE);
        server.expect(CloseChannel.class);
        assertThat(between.seen(UnknownMessage.class)).hasSize(30);
    }

    @Test
    void passesOnWhatCannotBeDecoded() {
        Frame cutShort = new Frame(new FrameHeader(0, true, 0x18, 1), Bytes.ofHex("02"));
        client.send(cutShort);
        bed.await(() -> server.received().size() > 0);
        assertThatThrownBy(() -> server.expect(CloseChannel.class)).hasMessageContaining("nonsense");
        assertThat(between.seen().getFirst().message()).isInstanceOf(UnknownMessage.class);
        assertThat(between.seen().getFirst().frame()).isEqualTo(cutShort);
    }

    @Test
    void acceptsNobodyOnceItIsClosed() {
        between.close();
        assertThatThrownBy(() -> ScriptedPeer.dial(bed, between.endpoint())).hasRootCauseInstanceOf(IOException.class);
    }

    private static SubmitSharesSuccess credit(long sequenceNumber) {
        return new SubmitSharesSuccess(1, sequenceNumber, 1, 1);
    }
}
