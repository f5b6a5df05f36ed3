package org.stratumj.service.adapter;

import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2TemplateDistributionClientHandler;

/// A client's handler of the Template Distribution Protocol with a method for each message, which does nothing
/// unless it is overridden. Spec: 07.
public abstract class TemplateDistributionClientAdapter implements Sv2TemplateDistributionClientHandler {
    /// For subclasses.
    protected TemplateDistributionClientAdapter() {}

    @Override
    public final Effect<TemplateToServer> onMessage(TemplateToClient message) {
        return switch (message) {
            case NewTemplate it -> onNewTemplate(it);
            case SetNewPrevHash it -> onSetNewPrevHash(it);
            case RequestTransactionDataSuccess it -> onRequestTransactionDataSuccess(it);
            case RequestTransactionDataError it -> onRequestTransactionDataError(it);
        };
    }

    /// NewTemplate came.
    protected Effect<TemplateToServer> onNewTemplate(NewTemplate message) {
        return Effect.none();
    }

    /// SetNewPrevHash came.
    protected Effect<TemplateToServer> onSetNewPrevHash(SetNewPrevHash message) {
        return Effect.none();
    }

    /// RequestTransactionDataSuccess came.
    protected Effect<TemplateToServer> onRequestTransactionDataSuccess(RequestTransactionDataSuccess message) {
        return Effect.none();
    }

    /// RequestTransactionDataError came.
    protected Effect<TemplateToServer> onRequestTransactionDataError(RequestTransactionDataError message) {
        return Effect.none();
    }
}
