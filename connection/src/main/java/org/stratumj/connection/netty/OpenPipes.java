package org.stratumj.connection.netty;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The pipes of a network that have not ended. Any thread.
final class OpenPipes {
    private final Set<NettyPipe> open = ConcurrentHashMap.newKeySet();

    void add(NettyPipe pipe) {
        open.add(pipe);
    }

    void remove(NettyPipe pipe) {
        open.remove(pipe);
    }

    /// Closes them all, and waits until every handler knows, `max` at the longest.
    void closeAll(Duration max) {
        List<NettyPipe> last = List.copyOf(open);
        last.forEach(pipe -> pipe.close(false));
        CompletableFuture.allOf(last.stream().map(NettyPipe::ended).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, max.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
