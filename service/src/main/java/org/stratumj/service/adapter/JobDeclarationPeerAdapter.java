package org.stratumj.service.adapter;

import org.stratumj.protocol.jobdeclaration.AllocateMiningJobToken;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJob;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactionsSuccess;
import org.stratumj.protocol.jobdeclaration.PushSolution;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;

/// A [PeerHandler] of the Job Declaration Protocol with a method for each message. What a client waits for, or
/// must not be lost, has to be written; the rest does nothing unless it is. Spec: 06.
public abstract class JobDeclarationPeerAdapter implements PeerHandler<JobDeclarationToServer, JobDeclarationToClient> {
    /// For subclasses.
    protected JobDeclarationPeerAdapter() {}

    @Override
    public final Effect<JobDeclarationToClient> onMessage(JobDeclarationToServer message) {
        return switch (message) {
            case AllocateMiningJobToken it -> onAllocateMiningJobToken(it);
            case DeclareMiningJob it -> onDeclareMiningJob(it);
            case ProvideMissingTransactionsSuccess it -> onProvideMissingTransactionsSuccess(it);
            case PushSolution it -> onPushSolution(it);
        };
    }

    /// AllocateMiningJobToken came.
    protected abstract Effect<JobDeclarationToClient> onAllocateMiningJobToken(AllocateMiningJobToken message);

    /// DeclareMiningJob came.
    protected abstract Effect<JobDeclarationToClient> onDeclareMiningJob(DeclareMiningJob message);

    /// ProvideMissingTransactionsSuccess came.
    protected abstract Effect<JobDeclarationToClient> onProvideMissingTransactionsSuccess(
            ProvideMissingTransactionsSuccess message);

    /// PushSolution came.
    protected abstract Effect<JobDeclarationToClient> onPushSolution(PushSolution message);
}
