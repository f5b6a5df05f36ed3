package org.stratumj.app.template;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.SubmitSolution;
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

    private final Downstream<TemplateToClient> peer;
    private final TemplateShelf shelf;
    private final Solutions solutions;
    private @Nullable CoinbaseReserve reserve;
    private long lastId;
    private long lastEdition;
    private long lastTip;

    TemplatePeer(Downstream<TemplateToClient> peer, TemplateShelf shelf, Solutions solutions) {
        this.peer = peer;
        this.shelf = shelf;
        this.solutions = solutions;
    }

    @Override
    public Effect<TemplateToClient> onMessage(TemplateToServer message) {
        return switch (message) {
            case CoinbaseOutputConstraints constraints -> onConstraints(constraints);
            case RequestTransactionData request -> Effect.reply(transactionData(request.templateId()));
            case SubmitSolution solution -> {
                solutions.onSolution(peer.info().id(), solution);
                yield Effect.none();
            }
        };
    }

    @Override
    public Effect<TemplateToClient> onWritable() {
        return newest();
    }

    /// The room this client asked for; empty before it did.
    Optional<CoinbaseReserve> reserve() {
        return Optional.ofNullable(reserve);
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
        lastEdition = 0;
        lastTip = 0;
        return shelf.current().map(edition -> update(edition, room)).orElseGet(Effect::none);
    }

    /// Brings this client from what it has to `edition`.
    private Effect<TemplateToClient> update(Edition edition, CoinbaseReserve room) {
        if (!edition.hasRoomFor(room)) {
            return Effect.close(
                    new CloseReason.ProtocolViolation("CoinbaseOutputConstraints leaves no room for a block: " + room));
        }
        ProvidedTemplate template = shelf.provide(edition, room, lastId);
        boolean newTip = edition.tipNumber() != lastTip;
        lastId = template.id();
        lastEdition = edition.number();
        lastTip = edition.tipNumber();
        return Effect.reply(
                newTip
                        ? List.of(template.newTemplate(true), template.setNewPrevHash())
                        : List.of(template.newTemplate(false)));
    }

    private TemplateToClient transactionData(long id) {
        return switch (shelf.find(id)) {
            case TemplateShelf.Live live -> live.template().transactionData();
            case TemplateShelf.Stale _ -> new RequestTransactionDataError(id, ErrorCode.STALE_TEMPLATE_ID.wire());
            case TemplateShelf.Unknown _ -> new RequestTransactionDataError(id, ErrorCode.TEMPLATE_ID_NOT_FOUND.wire());
        };
    }
}
