package org.stratumj.connection;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.stratumj.protocol.extension.negotiation.NegotiationMessage;

/// The part of one end in Extensions Negotiation, for the life of a connection. Lane only. Spec: extension 0x0001.
interface Negotiation {

    /// What it wants of the connection.
    interface Owner {
        void send(NegotiationMessage message);

        /// It is clear which extensions are agreed on. More than once, if it is negotiated again.
        void onSettled();

        void close(CloseReason reason);
    }

    /// SetupConnection succeeded. [Owner#onSettled] follows, at once or after the peer's answer.
    ///
    /// @param policy the extensions of this end
    /// @param wait   how long to wait for each answer, if there is anything to ask
    void begin(ExtensionPolicy policy, Duration wait);

    /// The extensions that both ends agreed on.
    Set<Integer> agreed();

    /// The extensions that the peer has to ask for before it sends anything else.
    Set<Integer> owed();

    /// A message that travels towards this end.
    void onMessage(NegotiationMessage message);

    /// What was agreed on is void, and is negotiated again: another endpoint stands behind a channel. Spec: 03 §3.6.4.
    void reset();

    /// The connection ends.
    void stop();

    /// Extension numbers for people: `0x0002, 0x4001`.
    static String text(Set<Integer> extensions) {
        return extensions.stream().sorted().map("0x%04x"::formatted).collect(Collectors.joining(", "));
    }
}
