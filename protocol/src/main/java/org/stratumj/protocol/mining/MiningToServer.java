package org.stratumj.protocol.mining;

import org.stratumj.protocol.ToServer;

/// What a client sends to a server: a message of the Mining Protocol. Spec: 05.
public sealed interface MiningToServer extends MiningMessage, ToServer
        permits OpenStandardMiningChannel,
                OpenExtendedMiningChannel,
                UpdateChannel,
                CloseChannel,
                SubmitSharesStandard,
                SubmitSharesExtended,
                SetCustomMiningJob {}
