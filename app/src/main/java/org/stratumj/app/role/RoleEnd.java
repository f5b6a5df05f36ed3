package org.stratumj.app.role;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits while a role stops.
public final class RoleEnd {
    private RoleEnd() {}

    /// Returns when `end` is done or `max` is over, which goes into the log. Not to be called on a lane.
    ///
    /// @param role as [Role#name]
    public static void await(String role, CompletionStage<?> end, Duration max) {
        try {
            end.toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.getLogger("org.stratumj.app." + role).log(System.Logger.Level.ERROR, "did not stop in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
