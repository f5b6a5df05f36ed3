package org.stratumj.app.role;

import org.stratumj.connection.PeerInfo;

/// Something that happened in a role and that its operator wants to see as it happens. [#text] is one line.
public sealed interface RoleEvent {

    /// Where it happened, as [Role#name].
    String role();

    /// One plain line without the role's name.
    String text();

    /// A share was refused, by us or by the server we sent it to.
    ///
    /// @param peer    the address of the other end, by which lines are limited
    /// @param channel the channel as the role names it, such as `channel 3 of #12`
    /// @param code    the error code of SubmitShares.Error
    /// @param detail  the numbers behind it (hash and target, nTime and window); may be empty
    record ShareRejected(String role, String peer, String channel, String code, String detail) implements RoleEvent {
        @Override
        public String text() {
            return "share rejected on " + channel + ": " + PeerInfo.shown(code)
                    + (detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    /// A share whose hash meets the network's target.
    record BlockFound(String role, String hash) implements RoleEvent {
        @Override
        public String text() {
            return "block found: " + hash;
        }
    }

    /// The node took a block of ours into its chain.
    record BlockAccepted(String role, String hash, long height) implements RoleEvent {
        @Override
        public String text() {
            return "block accepted at height " + height + ": " + hash;
        }
    }

    /// A block of ours did not make it.
    ///
    /// @param reason as the node put it (BIP22), or our own check
    record BlockRejected(String role, String hash, String reason) implements RoleEvent {
        @Override
        public String text() {
            return "block REJECTED: " + reason + ": " + hash;
        }
    }

    /// A block of ours that nothing is wrong with, but the chain went on with another one of its height.
    ///
    /// @param reason as the node put it (BIP22), or the block that won
    record BlockOvertaken(String role, String hash, String reason) implements RoleEvent {
        @Override
        public String text() {
            return "block overtaken by another: " + reason + ": " + hash;
        }
    }

    /// The chain has a new tip.
    record TipChanged(String role, long height, String hash) implements RoleEvent {
        @Override
        public String text() {
            return "new tip at height " + height + ": " + hash;
        }
    }

    /// A peer is set up.
    record ConnectionUp(String role, String peer) implements RoleEvent {
        @Override
        public String text() {
            return peer + " connected";
        }
    }

    /// A peer that was set up is gone.
    record ConnectionDown(String role, String peer, String reason) implements RoleEvent {
        @Override
        public String text() {
            return peer + " disconnected: " + reason;
        }
    }

    /// Something that goes wrong until somebody acts.
    ///
    /// @param text what happened and what to do
    record Warning(String role, String text) implements RoleEvent {}

    /// What a peer brought about, as often as it likes.
    ///
    /// @param peer its address, by which lines are limited
    /// @param text what happened, and to which peer
    record PeerWarning(String role, String peer, String text) implements RoleEvent {}

    /// A client was not set up.
    record ConnectionRefused(String role, String peer, String reason) implements RoleEvent {
        @Override
        public String text() {
            return peer + " was not set up: " + reason;
        }
    }

    /// A server that the role depends on could not be connected to: unreachable, another key, a refusal.
    record UpstreamFailed(String role, String server, String reason) implements RoleEvent {
        @Override
        public String text() {
            return server + " cannot be used: " + reason;
        }
    }

    /// Anything else worth a line.
    record Note(String role, String text) implements RoleEvent {}
}
