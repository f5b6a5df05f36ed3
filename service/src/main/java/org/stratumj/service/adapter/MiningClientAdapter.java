package org.stratumj.service.adapter;

import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetCustomMiningJobSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetGroupChannel;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.service.Effect;
import org.stratumj.service.Sv2MiningClientHandler;

/// A client's handler of the Mining Protocol with a method for each message, which does nothing unless it is
/// overridden. Spec: 05.
public abstract class MiningClientAdapter implements Sv2MiningClientHandler {
    /// For subclasses.
    protected MiningClientAdapter() {}

    @Override
    public final Effect<MiningToServer> onMessage(MiningToClient message) {
        return switch (message) {
            case OpenStandardMiningChannelSuccess it -> onOpenStandardMiningChannelSuccess(it);
            case OpenExtendedMiningChannelSuccess it -> onOpenExtendedMiningChannelSuccess(it);
            case OpenMiningChannelError it -> onOpenMiningChannelError(it);
            case UpdateChannelError it -> onUpdateChannelError(it);
            case CloseChannel it -> onCloseChannel(it);
            case SetExtranoncePrefix it -> onSetExtranoncePrefix(it);
            case SubmitSharesSuccess it -> onSubmitSharesSuccess(it);
            case SubmitSharesError it -> onSubmitSharesError(it);
            case NewMiningJob it -> onNewMiningJob(it);
            case NewExtendedMiningJob it -> onNewExtendedMiningJob(it);
            case SetNewPrevHash it -> onSetNewPrevHash(it);
            case SetCustomMiningJobSuccess it -> onSetCustomMiningJobSuccess(it);
            case SetCustomMiningJobError it -> onSetCustomMiningJobError(it);
            case SetTarget it -> onSetTarget(it);
            case SetGroupChannel it -> onSetGroupChannel(it);
        };
    }

    /// OpenStandardMiningChannelSuccess came.
    protected Effect<MiningToServer> onOpenStandardMiningChannelSuccess(OpenStandardMiningChannelSuccess message) {
        return Effect.none();
    }

    /// OpenExtendedMiningChannelSuccess came.
    protected Effect<MiningToServer> onOpenExtendedMiningChannelSuccess(OpenExtendedMiningChannelSuccess message) {
        return Effect.none();
    }

    /// OpenMiningChannelError came.
    protected Effect<MiningToServer> onOpenMiningChannelError(OpenMiningChannelError message) {
        return Effect.none();
    }

    /// UpdateChannelError came.
    protected Effect<MiningToServer> onUpdateChannelError(UpdateChannelError message) {
        return Effect.none();
    }

    /// CloseChannel came.
    protected Effect<MiningToServer> onCloseChannel(CloseChannel message) {
        return Effect.none();
    }

    /// SetExtranoncePrefix came.
    protected Effect<MiningToServer> onSetExtranoncePrefix(SetExtranoncePrefix message) {
        return Effect.none();
    }

    /// SubmitSharesSuccess came.
    protected Effect<MiningToServer> onSubmitSharesSuccess(SubmitSharesSuccess message) {
        return Effect.none();
    }

    /// SubmitSharesError came.
    protected Effect<MiningToServer> onSubmitSharesError(SubmitSharesError message) {
        return Effect.none();
    }

    /// NewMiningJob came.
    protected Effect<MiningToServer> onNewMiningJob(NewMiningJob message) {
        return Effect.none();
    }

    /// NewExtendedMiningJob came.
    protected Effect<MiningToServer> onNewExtendedMiningJob(NewExtendedMiningJob message) {
        return Effect.none();
    }

    /// SetNewPrevHash came.
    protected Effect<MiningToServer> onSetNewPrevHash(SetNewPrevHash message) {
        return Effect.none();
    }

    /// SetCustomMiningJobSuccess came.
    protected Effect<MiningToServer> onSetCustomMiningJobSuccess(SetCustomMiningJobSuccess message) {
        return Effect.none();
    }

    /// SetCustomMiningJobError came.
    protected Effect<MiningToServer> onSetCustomMiningJobError(SetCustomMiningJobError message) {
        return Effect.none();
    }

    /// SetTarget came.
    protected Effect<MiningToServer> onSetTarget(SetTarget message) {
        return Effect.none();
    }

    /// SetGroupChannel came.
    protected Effect<MiningToServer> onSetGroupChannel(SetGroupChannel message) {
        return Effect.none();
    }
}
