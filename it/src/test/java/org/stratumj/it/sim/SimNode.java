package org.stratumj.it.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.connection.Lane;
import org.stratumj.connection.sim.SimProcess;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;

/// The node of a world: an embedded chain on virtual time, which can be away for a while, and to which template
/// providers come and go.
final class SimNode {
    private static final int TRANSACTIONS_AT_START = 4;
    private static final int TRANSACTIONS_PER_MINUTE = 1;

    private final EmbeddedNode chain;
    private final BiConsumer<Hash256, SubmitOutcome> outcomes;
    private final List<Client> clients = new ArrayList<>();
    private boolean away;

    /// @param outcomes told of each block that is submitted
    SimNode(SimProcess process, long seed, BiConsumer<Hash256, SubmitOutcome> outcomes) {
        this.outcomes = outcomes;
        EmbeddedOptions options = new EmbeddedOptions(
                ChainProfile.SIMULATION, process.clock(), seed, TRANSACTIONS_AT_START, TRANSACTIONS_PER_MINUTE, null);
        chain = EmbeddedNode.start(options, new LaneExecutor(process.newLane()));
    }

    ChainTip tip() {
        return chain.tip();
    }

    /// Template providers that are told of templates.
    int watches() {
        return clients.stream().mapToInt(client -> client.watches.size()).sum();
    }

    /// The node as a process sees it that talks to it.
    ///
    /// @param lane where the process hears of news
    Client client(Lane lane) {
        Client client = new Client(lane);
        clients.add(client);
        return client;
    }

    /// Stops or begins to answer.
    void away(boolean gone) {
        if (away != gone) {
            away = gone;
            clients.forEach(Client::tellAway);
        }
    }

    boolean isAway() {
        return away;
    }

    private NodeException unavailable() {
        return new NodeException.Unavailable("the node is away");
    }

    /// One process's connection to the node.
    final class Client implements NodeBackend {
        private final Lane lane;
        private final Map<Watching, Watch> watches = new HashMap<>();

        Client(Lane lane) {
            this.lane = lane;
        }

        @Override
        public Network network() {
            return chain.network();
        }

        @Override
        public ChainTip tip() {
            return present().tip();
        }

        @Override
        public BlockTemplate template() {
            return present().template();
        }

        @Override
        public Watch watch(WatchPolicy policy, NodeListener listener) {
            present();
            Watching watching = new Watching(lane, listener);
            Watch watch = chain.watch(policy, watching);
            watching.begun = true;
            watches.put(watching, watch);
            return () -> {
                watch.close();
                watches.remove(watching);
            };
        }

        @Override
        public SubmitOutcome submit(RawBlock block) {
            SubmitOutcome outcome = present().submit(block);
            outcomes.accept(block.header().hash(), outcome);
            return outcome;
        }

        @Override
        public SubmitOutcome propose(RawBlock block) {
            return present().propose(block);
        }

        @Override
        public Optional<RawTransaction> transaction(Hash256 txid) {
            return present().transaction(txid);
        }

        @Override
        public Map<Hash256, RawTransaction> transactionsByWtxid(Collection<Hash256> wtxids) {
            return present().transactionsByWtxid(wtxids);
        }

        /// Also for a process that was killed.
        @Override
        public void close() {
            watches.values().forEach(Watch::close);
            watches.clear();
            clients.remove(this);
        }

        private EmbeddedNode present() {
            if (away) {
                throw unavailable();
            }
            return chain;
        }

        private void tellAway() {
            watches.keySet().forEach(away ? Watching::lost : Watching::restored);
        }
    }

    /// Brings news to a process. While the node is away only the newest is kept, for when it is back.
    private final class Watching implements NodeListener {
        private final Lane lane;
        private final NodeListener listener;
        private boolean begun;
        private Optional<Runnable> missed = Optional.empty();

        Watching(Lane lane, NodeListener listener) {
            this.lane = lane;
            this.listener = listener;
        }

        @Override
        public void tipChanged(BlockTemplate template) {
            tell(() -> listener.tipChanged(template));
        }

        @Override
        public void feesRose(BlockTemplate template) {
            if (!away) {
                tell(() -> listener.feesRose(template));
            }
        }

        void lost() {
            lane.execute(() -> listener.lost(unavailable()));
        }

        @Override
        public void restored() {
            lane.execute(listener::restored);
            missed.ifPresent(lane::execute);
            missed = Optional.empty();
        }

        private void tell(Runnable news) {
            if (away) {
                missed = Optional.of(news);
            } else if (begun) {
                lane.execute(news);
            } else {
                news.run();
            }
        }
    }
}
