package org.stratumj.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ExtensionPolicy;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// A mining client that writes down what happens to it, and answers as the test says.
final class RecordingClient implements Sv2MiningClientHandler {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<MiningToClient> received = new CopyOnWriteArrayList<>();
    final List<UnknownMessage> unknown = new CopyOnWriteArrayList<>();
    final List<Long> changedEndpoints = new CopyOnWriteArrayList<>();
    final List<CloseReason> downs = new CopyOnWriteArrayList<>();
    final List<Upstream<MiningToServer>> upstreams = new CopyOnWriteArrayList<>();
    volatile Effect<MiningToServer> onUp = Effect.none();
    volatile Function<MiningToClient, Effect<MiningToServer>> answer = message -> Effect.none();
    volatile ExtensionPolicy extensions = ExtensionPolicy.NONE;
    volatile long requestedFlags = 0;
    volatile long acceptedServerFlags = 0;

    @Override
    public long requestedFlags() {
        return requestedFlags;
    }

    @Override
    public long acceptedServerFlags() {
        return acceptedServerFlags;
    }

    @Override
    public ExtensionPolicy extensions() {
        return extensions;
    }

    @Override
    public Effect<MiningToServer> onUp(Upstream<MiningToServer> upstream) {
        upstreams.add(upstream);
        events.add("up");
        return onUp;
    }

    @Override
    public Effect<MiningToServer> onMessage(MiningToClient message) {
        received.add(message);
        return answer.apply(message);
    }

    @Override
    public Effect<MiningToServer> onUnknown(UnknownMessage message) {
        unknown.add(message);
        return Effect.none();
    }

    @Override
    public Effect<MiningToServer> onEndpointChanged(long channelId) {
        changedEndpoints.add(channelId);
        return Effect.none();
    }

    @Override
    public void onDown(CloseReason reason) {
        downs.add(reason);
        events.add("down");
    }
}
