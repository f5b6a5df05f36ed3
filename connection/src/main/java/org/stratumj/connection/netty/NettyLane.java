package org.stratumj.connection.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.stratumj.connection.Lane;

/// An event loop as a lane. Tasks given to it after the network was closed are dropped.
final class NettyLane implements Lane {
    private final EventExecutor loop;
    private final InstantSource clock;
    private byte[] scratch = {};

    NettyLane(EventExecutor loop, InstantSource clock) {
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            requireShutdown(e);
        }
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        try {
            Future<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
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

    /// An array of at least `size` bytes that the lane may use during one call, shared by its connections.
    byte[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new byte[Math.max(size, 2 * scratch.length)];
        }
        return scratch;
    }

    @Override
    public String toString() {
        return "lane " + loop;
    }

    private void requireShutdown(RejectedExecutionException e) {
        if (!loop.isShuttingDown()) {
            throw e;
        }
    }
}
