package org.stratumj.connection.sim;

import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.stratumj.connection.Network;

/// What a test stands on: a network, and the means to wait for what happens on it. The same tests run on
/// virtual time and on real sockets.
public interface TestBed extends AutoCloseable {

    Network network();

    /// Waits until `condition` holds; fails if it does not within a time.
    void await(BooleanSupplier condition);

    /// Waits for a result.
    ///
    /// @throws java.util.concurrent.CompletionException if the stage fails
    default <T> T await(CompletionStage<T> stage) {
        var result = stage.toCompletableFuture();
        await(result::isDone);
        return result.join();
    }

    @Override
    void close();

    /// A simulation with this seed.
    static TestBed simulated(long seed) {
        return new SimBed(new SimNetwork(seed));
    }

    /// Real sockets.
    static TestBed sockets() {
        return SocketBed.open();
    }
}
