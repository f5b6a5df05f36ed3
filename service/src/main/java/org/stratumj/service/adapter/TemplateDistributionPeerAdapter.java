package org.stratumj.service.adapter;

import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;

/// A [PeerHandler] of the Template Distribution Protocol with a method for each message. What a client waits
/// for, or must not be lost, has to be written; the rest does nothing unless it is. Spec: 07.
public abstract class TemplateDistributionPeerAdapter implements PeerHandler<TemplateToServer, TemplateToClient> {
    /// For subclasses.
    protected TemplateDistributionPeerAdapter() {}

    @Override
    public final Effect<TemplateToClient> onMessage(TemplateToServer message) {
        return switch (message) {
            case CoinbaseOutputConstraints it -> onCoinbaseOutputConstraints(it);
            case RequestTransactionData it -> onRequestTransactionData(it);
            case SubmitSolution it -> onSubmitSolution(it);
        };
    }

    /// CoinbaseOutputConstraints came.
    protected abstract Effect<TemplateToClient> onCoinbaseOutputConstraints(CoinbaseOutputConstraints message);

    /// RequestTransactionData came.
    protected abstract Effect<TemplateToClient> onRequestTransactionData(RequestTransactionData message);

    /// SubmitSolution came.
    protected abstract Effect<TemplateToClient> onSubmitSolution(SubmitSolution message);
}
