package org.stratumj.connection.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.stratumj.connection.Lane;
import org.stratumj.connection.LaneGuard;

/// An event loop as a lane. Tasks given to it after the network was closed are dropped.
final class NettyLane implements Lane {
    private final String name;
    private final EventExecutor loop;
    private final InstantSource clock;
    private final LaneGuard guard;
    private byte[] scratch = {};

    NettyLane(String name, EventExecutor loop, InstantSource clock, LaneGuard guard) {
        this.name = name;
        this.loop = loop;
        this.clock = clock;
        this.guard = guard;
    }

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(() -> guard.run(this, task));
        } catch (RejectedExecutionException e) {
            requireShutdown(e);
        }
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        try {
            Future<?> scheduled = loop.schedule(() -> guard.run(this, task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            requireShutdown(e);
            return () -> {};
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    LaneGuard guard() {
        return guard;
    }

    /// An array of at least `size` bytes that the lane may use during one call, shared by its connections.
    byte[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new byte[Math.max(size, 2 * scratch.length)];
        }
        return scratch;
    }

    @Override
    public String toString() {
        return name;
    }

    private void requireShutdown(RejectedExecutionException e) {
        if (!loop.isShuttingDown()) {
            throw e;
        }
    }
}
