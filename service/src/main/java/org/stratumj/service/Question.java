package org.stratumj.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stratumj.connection.Lane;

/// A question under way: ends with an answer, a refusal, or the time, on the lane of the one who asks.
final class Question<A> implements ReplyTo<A> {
    private final Lane lane;
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private final Lane.Scheduled timer;

    Question(Lane lane, Duration timeout, String whom) {
        this.lane = lane;
        this.timer = lane.schedule(() -> fail(whom + " did not answer within " + timeout.toMillis() + " ms"), timeout);
    }

    CompletionStage<A> answer() {
        return answer;
    }

    @Override
    public void with(A given) {
        timer.cancel();
        onLane(() -> answer.complete(given));
    }

    @Override
    public void refuse(String why) {
        timer.cancel();
        onLane(() -> fail(why));
    }

    private void fail(String why) {
        answer.completeExceptionally(new AskException(why));
    }

    private void onLane(Runnable task) {
        if (lane.isCurrent()) {
            task.run();
        } else {
            lane.execute(task);
        }
    }
}
