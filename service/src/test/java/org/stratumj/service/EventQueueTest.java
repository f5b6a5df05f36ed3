package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ConnectionId;
import org.stratumj.service.Sv2Outcome.Cause;
import org.stratumj.service.Sv2Outcome.Done;
import org.stratumj.service.Sv2Outcome.Many;
import org.stratumj.service.Sv2Outcome.Refused;

class EventQueueTest {
    private static final Sv2ServerEvent FIRST = event(1);
    private static final Sv2ServerEvent SECOND = event(2);

    private final CompletableFuture<Sv2Outcome> first = new CompletableFuture<>();

    /// Goal: an event whose outcome fails leaves the rest theirs. Method: it fails at once, and later.
    @Test
    void goesOnAfterAFailedOutcome() {
        CompletionStage<Sv2Outcome> later = EventQueue.handleAll(List.of(FIRST, SECOND), this::handle);
        assertThat(later.toCompletableFuture()).isNotDone();
        first.completeExceptionally(new IllegalStateException("no"));
        assertThat(later.toCompletableFuture()).isCompletedWithValueMatching(EventQueueTest::firstFailed);

        CompletionStage<Sv2Outcome> atOnce = EventQueue.handleAll(List.of(FIRST, SECOND), this::handle);
        assertThat(atOnce.toCompletableFuture()).isCompletedWithValueMatching(EventQueueTest::firstFailed);
    }

    private CompletionStage<Sv2Outcome> handle(Sv2ServerEvent event) {
        return event.equals(FIRST) ? first : CompletableFuture.completedFuture(Done.OK);
    }

    private static boolean firstFailed(Sv2Outcome outcome) {
        return outcome instanceof Many(var outcomes)
                && outcomes.getFirst() instanceof Refused(Cause cause, String text)
                && cause == Cause.HANDLER_FAILED
                && text.contains("no")
                && Done.OK.equals(outcomes.getLast());
    }

    private static Sv2ServerEvent event(long id) {
        return new Sv2ServerEvent.SendMessagesToClient(new ConnectionId(id), List.of());
    }
}
