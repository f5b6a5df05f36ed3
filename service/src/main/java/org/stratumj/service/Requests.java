package org.stratumj.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobToken;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobTokenSuccess;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJob;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobError;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobSuccess;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactions;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactionsSuccess;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetCustomMiningJobSuccess;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;

/// The requests of this side on one connection that wait for their answers, told apart by the id that both
/// carry: the `request_id`, or the `template_id` of a RequestTransactionData. Lane only, but for [#request].
final class Requests {
    private final Connection connection;
    private final ServiceMetrics metrics;
    private final Map<Long, Pending<?>> pending = new HashMap<>();
    private @Nullable CloseReason closed;

    Requests(Connection connection, ServiceMetrics metrics) {
        this.connection = connection;
        this.metrics = metrics;
    }

    /// Sends a request. Any thread; the stage completes on the lane.
    ///
    /// @throws IllegalArgumentException if the message is no request
    <R extends Sv2Message> CompletionStage<R> request(Sv2Message message, Class<R> reply, Duration timeout) {
        long id = requestId(message)
                .orElseThrow(() -> new IllegalArgumentException(
                        message.getClass().getSimpleName() + " is no request that is answered"));
        Pending<R> waiting = new Pending<>(message.getClass().getSimpleName(), reply);
        if (connection.lane().isCurrent()) {
            begin(id, message, waiting, timeout);
        } else {
            connection.lane().execute(() -> begin(id, message, waiting, timeout));
        }
        return waiting.answer;
    }

    /// Gives an answer to the request that waits for it.
    ///
    /// @return false if none does: the message is for the handler
    boolean take(Sv2Message message) {
        OptionalLong id = answerId(message);
        if (pending.isEmpty() || id.isEmpty()) {
            return false;
        }
        Pending<?> waiting = pending.remove(id.getAsLong());
        if (waiting == null) {
            return false;
        }
        metrics.took(Latency.REQUEST, connection.lane().nanoTime() - waiting.began);
        waiting.end(message);
        return true;
    }

    /// No answer will come any more.
    void closed(CloseReason reason) {
        closed = reason;
        List.copyOf(pending.values()).forEach(waiting -> waiting.fail(reason.text()));
        pending.clear();
    }

    private void begin(long id, Sv2Message message, Pending<?> waiting, Duration timeout) {
        CloseReason gone = closed;
        if (gone != null || !connection.isOpen()) {
            waiting.fail(gone != null ? gone.text() : "the connection is closing");
        } else if (pending.putIfAbsent(id, waiting) != null) {
            waiting.fail("a request with the id " + id + " is under way already");
        } else {
            waiting.began = connection.lane().nanoTime();
            waiting.timer = connection.lane().schedule(() -> expire(id, waiting, timeout), timeout);
            connection.send(message);
        }
    }

    private void expire(long id, Pending<?> waiting, Duration timeout) {
        if (pending.remove(id, waiting)) {
            waiting.fail("no answer within " + timeout.toMillis() + " ms");
        }
    }

    static OptionalLong requestId(Sv2Message message) {
        return switch (message) {
            case OpenStandardMiningChannel open -> OptionalLong.of(open.requestId());
            case OpenExtendedMiningChannel open -> OptionalLong.of(open.requestId());
            case SetCustomMiningJob job -> OptionalLong.of(job.requestId());
            case AllocateMiningJobToken allocate -> OptionalLong.of(allocate.requestId());
            case DeclareMiningJob declare -> OptionalLong.of(declare.requestId());
            case ProvideMissingTransactions provide -> OptionalLong.of(provide.requestId());
            case RequestTransactionData data -> OptionalLong.of(data.templateId());
            default -> OptionalLong.empty();
        };
    }

    static OptionalLong answerId(Sv2Message message) {
        return switch (message) {
            case OpenStandardMiningChannelSuccess success -> OptionalLong.of(success.requestId());
            case OpenExtendedMiningChannelSuccess success -> OptionalLong.of(success.requestId());
            case OpenMiningChannelError error -> OptionalLong.of(error.requestId());
            case SetCustomMiningJobSuccess success -> OptionalLong.of(success.requestId());
            case SetCustomMiningJobError error -> OptionalLong.of(error.requestId());
            case AllocateMiningJobTokenSuccess success -> OptionalLong.of(success.requestId());
            case DeclareMiningJobSuccess success -> OptionalLong.of(success.requestId());
            case DeclareMiningJobError error -> OptionalLong.of(error.requestId());
            case ProvideMissingTransactionsSuccess success -> OptionalLong.of(success.requestId());
            case RequestTransactionDataSuccess success -> OptionalLong.of(success.templateId());
            case RequestTransactionDataError error -> OptionalLong.of(error.templateId());
            default -> OptionalLong.empty();
        };
    }

    /// One request under way.
    private static final class Pending<R extends Sv2Message> {
        private final String request;
        private final Class<R> reply;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private Lane.@Nullable Scheduled timer;
        private long began;

        Pending(String request, Class<R> reply) {
            this.request = request;
            this.reply = reply;
        }

        void end(Sv2Message message) {
            cancelTimer();
            if (reply.isInstance(message)) {
                answer.complete(reply.cast(message));
            } else {
                answer.completeExceptionally(new RequestException(request + ": refused", message));
            }
        }

        void fail(String why) {
            cancelTimer();
            answer.completeExceptionally(new RequestException(request + ": " + why, null));
        }

        private void cancelTimer() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
