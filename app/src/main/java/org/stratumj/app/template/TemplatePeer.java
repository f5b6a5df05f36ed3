package org.stratumj.app.template;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateForms;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;

/// One client of the template provider: a pool or a job declarator client. Spec: 07.
///
/// ```
/// waiting ── CoinbaseOutputConstraints ──▶ served ── new tip ──▶ NewTemplate(future), SetNewPrevHash
///                                            ├── fees rose ──▶ NewTemplate
///                                            └── CoinbaseOutputConstraints ──▶ as on a new tip
/// ```
/// A client that does not take what is sent gets the newest state once it does, and nothing of what was in between.
final class TemplatePeer implements PeerHandler<TemplateToServer, TemplateToClient> {
    /// Most bytes of outputs that a client may ask room for: a coinbase with more does not fit SubmitSolution.
    static final long OUTPUT_BYTES_MAX = 65_535;

    /// Most times a client may change its mind about one edition.
    static final int REPEATS_MAX = 64;

    /// Most answers with all transactions that a client gets between two templates.
    static final int TRANSACTION_ANSWERS_MAX = 16;

    /// Refused solutions of one connection that are logged; a client that sends nothing else does not fill the
    /// log.
    static final int REFUSALS_LOGGED_MAX = 20;

    private final Downstream<TemplateToClient> peer;
    private final TemplateShelf shelf;
    private final Solutions solutions;
    private final RoleEvents events;
    private final boolean coinbaseWitness;
    private @Nullable CoinbaseReserve reserve;
    private long lastEdition;
    private long lastTip;
    /// Templates of [#lastEdition] that were sent before the last one.
    private int repeats;

    /// Answers with transactions since the last template.
    private int transactionAnswers;

    private int refusals;

    /// @param coinbaseWitness whether templates are sent in the form of [TemplateForms#draft]
    TemplatePeer(
            Downstream<TemplateToClient> peer,
            TemplateShelf shelf,
            Solutions solutions,
            RoleEvents events,
            boolean coinbaseWitness) {
        this.peer = peer;
        this.shelf = shelf;
        this.solutions = solutions;
        this.events = events;
        this.coinbaseWitness = coinbaseWitness;
    }

    @Override
    public Effect<TemplateToClient> onMessage(TemplateToServer message) {
        return switch (message) {
            case CoinbaseOutputConstraints constraints -> onConstraints(constraints);
            case RequestTransactionData request -> transactionData(request.templateId());
            case SubmitSolution solution -> {
                solutions.onSolution(solution).ifPresent(this::refused);
                yield Effect.none();
            }
        };
    }

    @Override
    public Effect<TemplateToClient> onWritable() {
        return newest();
    }

    /// There may be a newer edition on the shelf.
    Effect<TemplateToClient> newest() {
        CoinbaseReserve room = reserve;
        Optional<Edition> current = shelf.current();
        if (room == null || current.isEmpty() || current.get().number() <= lastEdition || !peer.isWritable()) {
            return Effect.none();
        }
        return update(current.get(), room);
    }

    private Effect<TemplateToClient> onConstraints(CoinbaseOutputConstraints constraints) {
        long size = constraints.coinbaseOutputMaxAdditionalSize();
        if (size > OUTPUT_BYTES_MAX) {
            return Effect.close(new CloseReason.ProtocolViolation("CoinbaseOutputConstraints asks for " + size
                    + " bytes of outputs; at most " + OUTPUT_BYTES_MAX + " fit a coinbase"));
        }
        CoinbaseReserve room = CoinbaseReserve.forOutputs(size, constraints.coinbaseOutputMaxAdditionalSigops());
        reserve = room;
        lastTip = 0;
        return shelf.current().map(edition -> update(edition, room)).orElseGet(Effect::none);
    }

    /// Brings this client from what it has to `edition`.
    private Effect<TemplateToClient> update(Edition edition, CoinbaseReserve room) {
        if (!edition.hasRoomFor(room)) {
            return Effect.close(
                    new CloseReason.ProtocolViolation("CoinbaseOutputConstraints leaves no room for a block: " + room));
        }
        repeats = edition.number() == lastEdition ? repeats + 1 : 0;
        if (repeats > REPEATS_MAX) {
            return Effect.close(new CloseReason.ProtocolViolation(
                    "CoinbaseOutputConstraints came more than " + REPEATS_MAX + " times for one template"));
        }
        ProvidedTemplate template = edition.withReserved(room, repeats);
        boolean newTip = edition.tipNumber() != lastTip;
        lastEdition = edition.number();
        lastTip = edition.tipNumber();
        transactionAnswers = 0;
        return newTip
                ? newTemplate(template, true).then(Effect.reply(template.setNewPrevHash()))
                : newTemplate(template, false);
    }

    private Effect<TemplateToClient> newTemplate(ProvidedTemplate template, boolean future) {
        NewTemplate today = template.newTemplate(future);
        return coinbaseWitness
                ? Effect.send(EncodedFrame.of(TemplateForms.draft(today, template.coinbaseWitness())))
                : Effect.reply(today);
    }

    private Effect<TemplateToClient> transactionData(long id) {
        return switch (shelf.find(id)) {
            case TemplateShelf.Live live -> transactionData(live.template());
            case TemplateShelf.Stale stale ->
                stale.template()
                        .map(this::transactionData)
                        .orElseGet(() ->
                                Effect.reply(new RequestTransactionDataError(id, ErrorCode.STALE_TEMPLATE_ID.wire())));
            case TemplateShelf.Unknown _ ->
                Effect.reply(new RequestTransactionDataError(id, ErrorCode.TEMPLATE_ID_NOT_FOUND.wire()));
        };
    }

    private Effect<TemplateToClient> transactionData(ProvidedTemplate template) {
        if (++transactionAnswers > TRANSACTION_ANSWERS_MAX) {
            return Effect.close(new CloseReason.ProtocolViolation("RequestTransactionData came more than "
                    + TRANSACTION_ANSWERS_MAX + " times between two templates"));
        }
        return Effect.reply(template.transactionData());
    }

    private void refused(String why) {
        if (refusals < REFUSALS_LOGGED_MAX) {
            refusals++;
            String last = refusals == REFUSALS_LOGGED_MAX ? " (no more of this connection are logged)" : "";
            events.on(new RoleEvent.PeerWarning(
                    TemplateProviderRole.NAME,
                    ServiceEvents.text(peer.info().remoteAddress()),
                    "solution from " + peer.info().id() + " refused: " + why + last));
        }
    }
}
