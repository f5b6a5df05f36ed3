package org.stratumj.service;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.stratumj.connection.Lane;

/// Makes a server service and a client service of one application siblings: each can have the other handle an event,
/// and gets its outcome. Give the same object to the builders of both.
///
/// This is for whoever composes services in general; a role whose halves say only a few things to each other is
/// better off with a [Link] for each direction, whose type is just that.
///
/// ```text
/// Sv2ServerService ── Sv2ClientEvent ──▶ Sv2ClientService
///                  ◀── Sv2ServerEvent ──
/// ```
public final class Siblings {
    /// The most events that wait for a sibling.
    public static final int EVENTS_MAX = 256;

    /// How long a sibling may take to an outcome.
    static final Duration OUTCOME_DEADLINE = Duration.ofSeconds(5);

    private final Link<Call<Sv2ServerEvent>> toServer;
    private final Link<Call<Sv2ClientEvent>> toClient;

    record Call<E extends Sv2Event>(E event, ReplyTo<? super Sv2Outcome> outcome) {}

    /// Makes a pair that nobody uses yet.
    ///
    /// @param name for logs
    public Siblings(String name) {
        toServer = new Link<>(name + ": events to the server", EVENTS_MAX);
        toClient = new Link<>(name + ": events to the client", EVENTS_MAX);
    }

    Link<Call<Sv2ServerEvent>> toServer() {
        return toServer;
    }

    Link<Call<Sv2ClientEvent>> toClient() {
        return toClient;
    }

    /// Has a sibling handle `event`.
    static <E extends Sv2Event> CompletionStage<Sv2Outcome> send(Link<Call<E>> sibling, E event, Lane lane) {
        return sibling.<Sv2Outcome>ask(reply -> new Call<>(event, reply), lane, OUTCOME_DEADLINE)
                .exceptionally(failure ->
                        new Sv2Outcome.Refused(Sv2Outcome.Cause.SIBLING_SILENT, String.valueOf(failure.getMessage())));
    }
}
