package org.stratumj.app.template;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Lane;
import org.stratumj.connection.NegotiatedSetup;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.service.Downstream;

/// A client whose socket the test fills and empties.
final class RecordingDownstream implements Downstream<TemplateToClient> {
    private boolean writable = true;

    void writable(boolean on) {
        writable = on;
    }

    @Override
    public PeerInfo info() {
        return new PeerInfo(
                new ConnectionId(7),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234),
                new NegotiatedSetup(Subprotocol.TEMPLATE_DISTRIBUTION, 2, 0, 0),
                "test",
                "");
    }

    @Override
    public Set<Integer> extensions() {
        return Set.of();
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public Lane lane() {
        throw new UnsupportedOperationException("a peer returns effects");
    }

    @Override
    public void send(TemplateToClient message) {
        throw new UnsupportedOperationException("a peer returns effects");
    }

    @Override
    public void send(EncodedFrame frame) {
        throw new UnsupportedOperationException("a peer returns effects");
    }

    @Override
    public <R extends Sv2Message> CompletionStage<R> request(
            TemplateToClient message, Class<R> reply, Duration timeout) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("nobody answers here"));
    }

    @Override
    public void close(CloseReason reason) {
        throw new UnsupportedOperationException("a peer returns effects");
    }
}
