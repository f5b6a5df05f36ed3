package org.stratumj.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.ChannelEndpointChanged;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;

/// A proxy that is not the endpoint of its miners' channels: channel [#DOWN] of each miner is a channel of its own
/// upstream, and what the proxy does not know goes on, both ways. It forwards nothing else.
final class ForwardingProxy {
    /// The id of the one channel of each miner, on the miner's connection.
    static final long DOWN = 1;

    private final List<Miner> miners = new CopyOnWriteArrayList<>();
    private volatile Upstream<MiningToServer> upstream;

    /// Towards the miners.
    final Sv2MiningServerHandler server = new Sv2MiningServerHandler() {
        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
            Miner miner = new Miner(peer, 0x100 + miners.size());
            miners.add(miner);
            return miner;
        }
    };

    /// Towards the pool.
    final Sv2MiningClientHandler client = new Sv2MiningClientHandler() {
        @Override
        public long requestedFlags() {
            return 0;
        }

        @Override
        public long acceptedServerFlags() {
            return 0;
        }

        // Another pool, or the same anew: either way another endpoint. Spec: 03 §3.6.4.
        @Override
        public Effect<MiningToServer> onUp(Upstream<MiningToServer> up) {
            upstream = up;
            miners.forEach(Miner::endpointChanged);
            return Effect.none();
        }

        @Override
        public Effect<MiningToServer> onMessage(MiningToClient message) {
            return Effect.none();
        }

        @Override
        public Effect<MiningToServer> onUnknown(UnknownMessage message) {
            miners.stream()
                    .filter(miner -> message.channelId().isPresent()
                            && message.channelId().getAsLong() == miner.up)
                    .forEach(miner -> miner.forward(message));
            return Effect.none();
        }
    };

    boolean isUp() {
        return upstream != null;
    }

    /// The upstream channel of a miner, in the order in which they came.
    long channelOf(int miner) {
        return miners.get(miner).up;
    }

    private final class Miner implements PeerHandler<MiningToServer, MiningToClient> {
        private final Downstream<MiningToClient> downstream;
        private final long up;
        private volatile boolean carried;

        Miner(Downstream<MiningToClient> downstream, long up) {
            this.downstream = downstream;
            this.up = up;
        }

        @Override
        public Effect<MiningToClient> onMessage(MiningToServer message) {
            return Effect.none();
        }

        @Override
        public Effect<MiningToClient> onUnknown(UnknownMessage message) {
            if (message.channelId().isPresent() && message.channelId().getAsLong() == DOWN) {
                carried = true;
                EncodedFrame frame = EncodedFrame.forwarding(message, up);
                upstream.lane().execute(() -> upstream.send(frame));
            }
            return Effect.none();
        }

        void forward(UnknownMessage message) {
            carried = true;
            EncodedFrame frame = EncodedFrame.forwarding(message, DOWN);
            downstream.lane().execute(() -> downstream.send(frame));
        }

        void endpointChanged() {
            if (carried) {
                carried = false;
                EncodedFrame frame = EncodedFrame.of(new ChannelEndpointChanged(DOWN));
                downstream.lane().execute(() -> downstream.send(frame));
            }
        }
    }
}
