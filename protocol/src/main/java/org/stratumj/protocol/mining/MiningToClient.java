package org.stratumj.protocol.mining;

import org.stratumj.protocol.ToClient;

/// What a server sends to a client: a message of the Mining Protocol. Spec: 05.
public sealed interface MiningToClient extends MiningMessage, ToClient
        permits OpenStandardMiningChannelSuccess,
                OpenMiningChannelError,
                OpenExtendedMiningChannelSuccess,
                NewMiningJob,
                UpdateChannelError,
                CloseChannel,
                SetExtranoncePrefix,
                SubmitSharesSuccess,
                SubmitSharesError,
                NewExtendedMiningJob,
                SetNewPrevHash,
                SetTarget,
                SetCustomMiningJobSuccess,
                SetCustomMiningJobError,
                SetGroupChannel {}
