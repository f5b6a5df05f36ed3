package org.stratumj.service;

import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Str0255;

/// Messages told apart by a number.
final class Messages {
    private Messages() {}

    static SubmitSharesStandard share(long number) {
        return new SubmitSharesStandard(1, number, 1, 2, 3, 4);
    }

    static SubmitSharesSuccess credit(long number) {
        return new SubmitSharesSuccess(1, number, 1, 1);
    }

    static CloseChannel farewell(long channelId) {
        return new CloseChannel(channelId, Str0255.of("bye"));
    }
}
