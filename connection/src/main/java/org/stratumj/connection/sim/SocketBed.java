package org.stratumj.connection.sim;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.stratumj.connection.netty.NettyNetwork;

/// Sockets of this machine. Waiting polls the condition until it holds, until the thread is interrupted, as by the
/// timeout of a test, or for five minutes, which a busy machine may need.
public record SocketBed(NettyNetwork network) implements TestBed {
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    static SocketBed open() {
        return new SocketBed(NettyNetwork.open(2, InstantSource.system(), new SecureRandom()));
    }

    @Override
    public void await(BooleanSupplier condition) {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen within " + WAIT_MAX);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted before it happened");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
