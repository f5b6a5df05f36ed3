package org.stratumj.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ExtensionPolicy;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// A mining server that writes down what happens to it, and answers as the test says.
class RecordingServer implements Sv2MiningServerHandler {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<RecordingPeer> peers = new CopyOnWriteArrayList<>();
    final List<SetupConnection> requests = new CopyOnWriteArrayList<>();
    volatile long supportedFlags = 0b111;
    volatile ExtensionPolicy extensions = ExtensionPolicy.NONE;
    volatile SetupVerdict verdict = null;
    volatile ServerContext<MiningToClient> context;
    volatile BiFunction<RecordingPeer, MiningToServer, Effect<MiningToClient>> answer = (peer, m) -> Effect.none();
    volatile Effect<MiningToClient> onOpen = Effect.none();

    @Override
    public long supportedFlags() {
        return supportedFlags;
    }

    @Override
    public ExtensionPolicy extensions() {
        return extensions;
    }

    @Override
    public void onStart(ServerContext<MiningToClient> context) {
        this.context = context;
        events.add("start");
    }

    @Override
    public SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
        requests.add(request);
        return verdict == null ? proposed : verdict;
    }

    @Override
    public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
        RecordingPeer opened = new RecordingPeer(peer);
        peers.add(opened);
        return opened;
    }

    @Override
    public void onStop() {
        events.add("stop");
    }

    /// One client of it.
    final class RecordingPeer implements PeerHandler<MiningToServer, MiningToClient> {
        final Downstream<MiningToClient> downstream;
        final List<String> events = new CopyOnWriteArrayList<>();
        final List<MiningToServer> received = new CopyOnWriteArrayList<>();
        final List<UnknownMessage> unknown = new CopyOnWriteArrayList<>();
        volatile CloseReason closed;

        RecordingPeer(Downstream<MiningToClient> downstream) {
            this.downstream = downstream;
        }

        @Override
        public Effect<MiningToClient> onOpen() {
            events.add("open");
            return onOpen;
        }

        @Override
        public Effect<MiningToClient> onMessage(MiningToServer message) {
            received.add(message);
            return answer.apply(this, message);
        }

        @Override
        public Effect<MiningToClient> onUnknown(UnknownMessage message) {
            unknown.add(message);
            return Effect.none();
        }

        @Override
        public Effect<MiningToClient> onWritable() {
            events.add("writable");
            return Effect.none();
        }

        @Override
        public void onClose(CloseReason reason) {
            events.add("close");
            closed = reason;
        }
    }
}
