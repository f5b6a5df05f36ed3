package org.stratumj.examples;

import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.service.Effect;
import org.stratumj.service.adapter.MiningPeerAdapter;

/// A miner that may open extended channels, and whose shares are acknowledged, unchecked, with a difficulty of 0. How
/// channels are opened is left to the example.
abstract class UnpaidMiner extends MiningPeerAdapter {
    @Override
    protected Effect<MiningToClient> onOpenStandardMiningChannel(OpenStandardMiningChannel request) {
        var code = ErrorCode.STANDARD_CHANNELS_NOT_SUPPORTED.wire();
        return Effect.reply(new OpenMiningChannelError(request.requestId(), code));
    }

    @Override
    protected Effect<MiningToClient> onSubmitSharesStandard(SubmitSharesStandard share) {
        return acknowledged(share.channelId(), share.sequenceNumber());
    }

    @Override
    protected Effect<MiningToClient> onSubmitSharesExtended(SubmitSharesExtended share) {
        return acknowledged(share.channelId(), share.sequenceNumber());
    }

    @Override
    protected Effect<MiningToClient> onSetCustomMiningJob(SetCustomMiningJob request) {
        var code = ErrorCode.JD_NOT_SUPPORTED.wire();
        return Effect.reply(new SetCustomMiningJobError(request.channelId(), request.requestId(), code));
    }

    private static Effect<MiningToClient> acknowledged(long channelId, long sequenceNumber) {
        return Effect.reply(new SubmitSharesSuccess(channelId, sequenceNumber, 1, 0));
    }
}
