package org.stratumj.connection.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// A process of a simulation: what it opens is its own and ends with it. Closing it ends it in order, killing it as a
/// crash does. For the thread that runs the simulation.
public final class SimProcess implements Network {
    private final String name;
    private final SimNetwork network;
    private final List<SimLane> lanes = new ArrayList<>();
    private final int pipeLanes;
    private final SecureRandom secrets;
    private InetAddress source;
    private boolean alive = true;

    SimProcess(String name, SimNetwork network, int pipeLanes, String source, SecureRandom secrets) {
        this.name = name;
        this.network = network;
        this.pipeLanes = pipeLanes;
        this.source = literal(source);
        this.secrets = secrets;
        for (int i = 0; i < pipeLanes; i++) {
            newLane();
        }
    }

    /// Whether it was neither killed nor closed.
    public boolean isAlive() {
        return alive;
    }

    /// Crashes: none of its tasks and timers runs any more, nothing of it hears of anything, its ports are free, and
    /// who is connected to it learns that the connection is gone. Idempotent.
    public void kill() {
        if (alive) {
            alive = false;
            lanes.forEach(SimLane::clear);
            network.forget(this);
        }
    }

    @Override
    public CompletionStage<Listener> listen(InetSocketAddress address, Function<Pipe, PipeHandler> acceptor) {
        return network.listen(this, address, acceptor);
    }

    @Override
    public CompletionStage<Pipe> connect(String host, int port, Duration timeout, Function<Pipe, PipeHandler> handler) {
        return network.connect(this, host, port, handler);
    }

    @Override
    public SimLane newLane() {
        SimLane lane = network.lane(this, lanes.size());
        lanes.add(lane);
        return lane;
    }

    @Override
    public Executor workers() {
        return network.workers();
    }

    @Override
    public Executor blocking() {
        return network.blocking();
    }

    /// Of the whole simulation.
    @Override
    public long laneFailures() {
        return network.laneFailures();
    }

    @Override
    public InstantSource clock() {
        return network.clock();
    }

    @Override
    public SecureRandom random() {
        return secrets;
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration max) {
        return network.await(stage, max);
    }

    /// Closes listeners and pipes; those connected see an orderly end.
    @Override
    public void close() {
        network.close(this);
    }

    @Override
    public String toString() {
        return name;
    }

    void source(String address) {
        source = literal(address);
    }

    InetAddress source() {
        return source;
    }

    /// One of the lanes for pipes.
    SimLane lane(int choice) {
        return lanes.get(choice);
    }

    int pipeLanes() {
        return pipeLanes;
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
