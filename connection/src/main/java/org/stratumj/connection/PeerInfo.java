package org.stratumj.connection;

import java.net.InetSocketAddress;

/// Who is at the other end of an established connection.
///
/// @param remoteAddress the address bytes come from
/// @param setup         what SetupConnection settled
/// @param vendor        as the client sent it, made safe to print; empty on the client's side
/// @param deviceId      likewise
public record PeerInfo(
        ConnectionId id, InetSocketAddress remoteAddress, NegotiatedSetup setup, String vendor, String deviceId) {
    /// The most characters of a text of a peer that a line shows.
    public static final int SHOWN_MAX = 40;

    /// The vendor as lines show it: its first [#SHOWN_MAX] characters.
    public String shownVendor() {
        return shown(vendor);
    }

    /// Any text that a peer makes up, such as a user identity or an error code, as lines show it: its first
    /// [#SHOWN_MAX] characters.
    public static String shown(String text) {
        return OneLine.cut(text, SHOWN_MAX);
    }
}
