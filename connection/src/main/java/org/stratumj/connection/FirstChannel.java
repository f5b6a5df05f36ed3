package org.stratumj.connection;

import java.time.Duration;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;

/// The time a miner has to open a channel, seen from the server. Lane only.
///
/// It stands still while a request waits for its answer, and after a refusal goes on with what was left: requests that
/// cannot be granted prolong nothing, and a server without work blames nobody.
final class FirstChannel {
    private static final int STANDARD_SUCCESS = type(OpenStandardMiningChannelSuccess.class);
    private static final int EXTENDED_SUCCESS = type(OpenExtendedMiningChannelSuccess.class);
    private static final int ERROR = type(OpenMiningChannelError.class);

    private final Countdown countdown;
    private long unanswered;
    private boolean held;

    /// Begins at once.
    FirstChannel(Lane lane, Duration limit, Runnable missed) {
        countdown = new Countdown(lane);
        countdown.begin(limit, missed);
    }

    void received(Sv2Message message) {
        if (message instanceof OpenStandardMiningChannel || message instanceof OpenExtendedMiningChannel) {
            unanswered++;
            goOrHold();
        }
    }

    /// A message was queued.
    ///
    /// @return whether it is over: there is a channel
    boolean sent(FrameHeader header) {
        if (header.extensionType() != 0) {
            return false;
        }
        int type = header.messageType();
        if (type == STANDARD_SUCCESS || type == EXTENDED_SUCCESS) {
            countdown.end();
            return true;
        }
        if (type == ERROR) {
            unanswered = Math.max(0, unanswered - 1);
            goOrHold();
        }
        return false;
    }

    /// Stands still until [#go], whatever is received or sent.
    void hold() {
        held = true;
        goOrHold();
    }

    void go() {
        held = false;
        goOrHold();
    }

    void end() {
        countdown.end();
    }

    private void goOrHold() {
        if (held || unanswered > 0) {
            countdown.hold();
        } else {
            countdown.go();
        }
    }

    private static int type(Class<? extends Sv2Message> message) {
        return MessageRegistry.core().layouts().stream()
                .filter(layout -> layout.javaName().equals(message.getName()))
                .mapToInt(Layout::messageType)
                .findFirst()
                .orElseThrow();
    }
}
