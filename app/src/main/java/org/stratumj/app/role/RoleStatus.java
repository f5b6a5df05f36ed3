package org.stratumj.app.role;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A snapshot of one role for views and summaries. What a role does not know stays empty and is not shown.
///
/// @param role            as [Role#name]
/// @param address         where it listens, or what it is connected to; may be empty
/// @param url             what clients of a server are configured with, `stratum2+tcp://HOST:PORT/KEY`; may be empty
/// @param connections     peers that are set up, in both directions
/// @param channels        mining channels that clients have open
/// @param hashesPerSecond measured, or estimated from shares
/// @param sharesAccepted  since the start
/// @param sharesRejected  since the start, by error code
/// @param blocksFound     hashes that met the network's target, since the start
/// @param blocksAccepted  those that the node took into its chain
/// @param height          of the chain's tip
/// @param tip             hash of the chain's tip, display hex; may be empty
/// @param nodeSilence     seconds since the first call that the node has not answered, 0 while it answers
/// @param note            one line about a state worth showing, such as a lost upstream; may be empty
public record RoleStatus(
        String role,
        String address,
        String url,
        int connections,
        int channels,
        OptionalDouble hashesPerSecond,
        long sharesAccepted,
        SortedMap<String, Long> sharesRejected,
        long blocksFound,
        long blocksAccepted,
        OptionalLong height,
        String tip,
        OptionalDouble nodeSilence,
        String note) {

    public RoleStatus {
        sharesRejected = Collections.unmodifiableSortedMap(new TreeMap<>(sharesRejected));
    }

    /// The address, or nothing where the note already names it.
    public String addressShown() {
        return note.contains(address) ? "" : address;
    }

    /// Rejected shares of all reasons.
    public long sharesRejectedInAll() {
        return sharesRejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Begins the status of `role`.
    public static Builder of(String role) {
        return new Builder(role);
    }

    /// Collects what a role knows of itself. One thread.
    public static final class Builder {
        private final String role;
        private String address = "";
        private String url = "";
        private int connections;
        private int channels;
        private OptionalDouble hashesPerSecond = OptionalDouble.empty();
        private long sharesAccepted;
        private Map<String, Long> sharesRejected = Map.of();
        private long blocksFound;
        private long blocksAccepted;
        private OptionalLong height = OptionalLong.empty();
        private String tip = "";
        private OptionalDouble nodeSilence = OptionalDouble.empty();
        private String note = "";

        private Builder(String role) {
            this.role = role;
        }

        public Builder address(String value) {
            address = value;
            return this;
        }

        /// The address and the URL of a role that listens.
        public Builder server(ServerAddress server) {
            return address(server.text()).url(server.url());
        }

        public Builder url(String value) {
            url = value;
            return this;
        }

        public Builder connections(int value) {
            connections = value;
            return this;
        }

        public Builder channels(int value) {
            channels = value;
            return this;
        }

        public Builder hashesPerSecond(double value) {
            hashesPerSecond = OptionalDouble.of(value);
            return this;
        }

        public Builder shares(long accepted, Map<String, Long> rejected) {
            sharesAccepted = accepted;
            sharesRejected = rejected;
            return this;
        }

        public Builder blocks(long found, long accepted) {
            blocksFound = found;
            blocksAccepted = accepted;
            return this;
        }

        /// The chain's tip as this role knows it.
        public Builder tip(long tipHeight, String tipHash) {
            height = OptionalLong.of(tipHeight);
            tip = tipHash;
            return this;
        }

        public Builder nodeSilence(Duration value) {
            nodeSilence = OptionalDouble.of(value.toMillis() / 1e3);
            return this;
        }

        public Builder note(String value) {
            note = value;
            return this;
        }

        public RoleStatus build() {
            return new RoleStatus(
                    role,
                    address,
                    url,
                    connections,
                    channels,
                    hashesPerSecond,
                    sharesAccepted,
                    new TreeMap<>(sharesRejected),
                    blocksFound,
                    blocksAccepted,
                    height,
                    tip,
                    nodeSilence,
                    note);
        }
    }
}
