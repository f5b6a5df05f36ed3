package org.stratumj.service.adapter;

import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;

/// A [PeerHandler] of the Mining Protocol with a method for each message. What a client waits for, or must not
/// be lost, has to be written; the rest does nothing unless it is. Spec: 05.
public abstract class MiningPeerAdapter implements PeerHandler<MiningToServer, MiningToClient> {
    /// For subclasses.
    protected MiningPeerAdapter() {}

    @Override
    public final Effect<MiningToClient> onMessage(MiningToServer message) {
        return switch (message) {
            case OpenStandardMiningChannel it -> onOpenStandardMiningChannel(it);
            case OpenExtendedMiningChannel it -> onOpenExtendedMiningChannel(it);
            case UpdateChannel it -> onUpdateChannel(it);
            case CloseChannel it -> onCloseChannel(it);
            case SubmitSharesStandard it -> onSubmitSharesStandard(it);
            case SubmitSharesExtended it -> onSubmitSharesExtended(it);
            case SetCustomMiningJob it -> onSetCustomMiningJob(it);
        };
    }

    /// OpenStandardMiningChannel came.
    protected abstract Effect<MiningToClient> onOpenStandardMiningChannel(OpenStandardMiningChannel message);

    /// OpenExtendedMiningChannel came.
    protected abstract Effect<MiningToClient> onOpenExtendedMiningChannel(OpenExtendedMiningChannel message);

    /// UpdateChannel came.
    protected Effect<MiningToClient> onUpdateChannel(UpdateChannel message) {
        return Effect.none();
    }

    /// CloseChannel came.
    protected Effect<MiningToClient> onCloseChannel(CloseChannel message) {
        return Effect.none();
    }

    /// SubmitSharesStandard came.
    protected abstract Effect<MiningToClient> onSubmitSharesStandard(SubmitSharesStandard message);

    /// SubmitSharesExtended came.
    protected abstract Effect<MiningToClient> onSubmitSharesExtended(SubmitSharesExtended message);

    /// SetCustomMiningJob came.
    protected abstract Effect<MiningToClient> onSetCustomMiningJob(SetCustomMiningJob message);
}
