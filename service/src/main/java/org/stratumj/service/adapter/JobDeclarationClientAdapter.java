package org.stratumj.service.adapter;

import org.stratumj.protocol.jobdeclaration.AllocateMiningJobTokenSuccess;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobError;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJobSuccess;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactions;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2JobDeclarationClientHandler;

/// A client's handler of the Job Declaration Protocol with a method for each message, which does nothing unless
/// it is overridden. Spec: 06.
public abstract class JobDeclarationClientAdapter implements Sv2JobDeclarationClientHandler {
    /// For subclasses.
    protected JobDeclarationClientAdapter() {}

    @Override
    public final Effect<JobDeclarationToServer> onMessage(JobDeclarationToClient message) {
        return switch (message) {
            case AllocateMiningJobTokenSuccess it -> onAllocateMiningJobTokenSuccess(it);
            case DeclareMiningJobSuccess it -> onDeclareMiningJobSuccess(it);
            case DeclareMiningJobError it -> onDeclareMiningJobError(it);
            case ProvideMissingTransactions it -> onProvideMissingTransactions(it);
        };
    }

    /// AllocateMiningJobTokenSuccess came.
    protected Effect<JobDeclarationToServer> onAllocateMiningJobTokenSuccess(AllocateMiningJobTokenSuccess message) {
        return Effect.none();
    }

    /// DeclareMiningJobSuccess came.
    protected Effect<JobDeclarationToServer> onDeclareMiningJobSuccess(DeclareMiningJobSuccess message) {
        return Effect.none();
    }

    /// DeclareMiningJobError came.
    protected Effect<JobDeclarationToServer> onDeclareMiningJobError(DeclareMiningJobError message) {
        return Effect.none();
    }

    /// ProvideMissingTransactions came.
    protected Effect<JobDeclarationToServer> onProvideMissingTransactions(ProvideMissingTransactions message) {
        return Effect.none();
    }
}
