package org.stratumj.app.template;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.DeviceInfo;
import org.stratumj.service.Effect;
import org.stratumj.service.ReconnectPolicy;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.service.Sv2TemplateDistributionClientHandler;
import org.stratumj.service.Upstream;

/// A scripted client of a template provider: what it got waits to be taken, what it is told goes out.
final class TemplateClient implements Sv2TemplateDistributionClientHandler, AutoCloseable {
    private final long outputBytes;
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final Sv2ClientService service;
    private volatile Upstream<TemplateToServer> upstream;

    TemplateClient(Network network, Endpoint endpoint, long outputBytes) throws Sv2ServiceException {
        this.outputBytes = outputBytes;
        this.service = Sv2ClientService.builder(network)
                .name("test client")
                .templateDistribution(java.util.List.of(endpoint), this)
                .device(DeviceInfo.software("test"))
                .reconnect(new ReconnectPolicy(java.time.Duration.ofMillis(20), java.time.Duration.ofMillis(100), 0))
                .build();
        service.start();
    }

    /// The next message, which must be one of these.
    <M extends TemplateToClient> M next(Class<M> type) throws InterruptedException {
        return type.cast(take());
    }

    /// Why the connection ended; messages before that are dropped.
    String closed() throws InterruptedException {
        while (true) {
            if (take() instanceof CloseReason reason) {
                return reason.text();
            }
        }
    }

    void send(TemplateToServer message) {
        Upstream<TemplateToServer> up = upstream;
        up.lane().execute(() -> up.send(message));
    }

    boolean silent() {
        return events.isEmpty();
    }

    @Override
    public long requestedFlags() {
        return 0;
    }

    @Override
    public long acceptedServerFlags() {
        return 0;
    }

    @Override
    public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> up) {
        upstream = up;
        return Effect.reply(new CoinbaseOutputConstraints(outputBytes, 0));
    }

    @Override
    public Effect<TemplateToServer> onMessage(TemplateToClient message) {
        events.add(message);
        return Effect.none();
    }

    @Override
    public void onDown(CloseReason reason) {
        events.add(reason);
    }

    @Override
    public void close() {
        service.close();
    }

    private Object take() throws InterruptedException {
        return events.take();
    }
}
