package org.stratumj.app.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the program measures, by the names under which Prometheus sees it. They are kept: dashboards and alarms name
/// them. `docs/metrics.md` is this list for people, and a test holds the two together.
public enum Metric {
    MESSAGES(
            Kind.COUNTER,
            "stratumj_messages_total",
            "messages",
            "service direction message",
            "frames received or sent, by the name that the specification gives the message"),
    MESSAGES_UNKNOWN(
            Kind.COUNTER,
            "stratumj_messages_unknown_total",
            "messages",
            "service direction",
            "frames whose extension and type have no name here"),
    TRAFFIC(
            Kind.COUNTER,
            "stratumj_traffic_bytes_total",
            "bytes",
            "service direction",
            "bytes of frames as they are on the network, with encryption, without handshakes"),
    CONNECTIONS_OPENED(
            Kind.COUNTER,
            "stratumj_connections_opened_total",
            "connections",
            "service protocol",
            "connections that were set up"),
    CONNECTIONS_CLOSED(
            Kind.COUNTER,
            "stratumj_connections_closed_total",
            "connections",
            "service protocol reason",
            "connections that were set up and have ended, by the kind of reason"),
    CONNECTIONS_REFUSED(
            Kind.COUNTER,
            "stratumj_connections_refused_total",
            "connections",
            "service reason",
            "connections that ended before they were set up"),
    UPSTREAM_FAILURES(
            Kind.COUNTER,
            "stratumj_upstream_failures_total",
            "attempts",
            "service protocol reason",
            "upstreams that were lost or could not be reached"),
    TURNS_SLOW(
            Kind.COUNTER,
            "stratumj_turns_slow_total",
            "turns",
            "service",
            "turns of handlers that took more than 20 ms of their lane"),
    TURNS_STUCK(
            Kind.COUNTER,
            "stratumj_turns_stuck_total",
            "turns",
            "service",
            "turns of handlers that had not ended after a second"),
    LANE_FAILURES(
            Kind.COUNTER,
            "stratumj_lane_failures_total",
            "tasks",
            "",
            "tasks that threw on a lane, which went on: faults of this program"),
    LOG_LINES_STALLED(
            Kind.COUNTER,
            "stratumj_log_lines_stalled_total",
            "lines",
            "",
            "lines dropped because the reader of standard output or standard error stalled"),
    LOG_LINES_LIMITED(
            Kind.COUNTER,
            "stratumj_log_lines_limited_total",
            "lines",
            "",
            "lines left out because there were too many of their kind or about one address"),
    CONNECTIONS(Kind.GAUGE, "stratumj_connections", "connections", "service", "connections that are open"),
    CONNECTIONS_HALF_OPEN(
            Kind.GAUGE,
            "stratumj_connections_half_open",
            "connections",
            "service",
            "those that are not set up yet, or already closing"),
    PEERS(
            Kind.GAUGE,
            "stratumj_peers",
            "connections",
            "service protocol",
            "connections that are set up; of a client 1 while its upstream is up, else 0"),
    OUTBOUND_QUEUED(
            Kind.GAUGE,
            "stratumj_outbound_queued_bytes",
            "bytes",
            "service",
            "bytes that wait to be sent, over all connections"),
    MAILBOX(
            Kind.GAUGE,
            "stratumj_mailbox_depth",
            "turns",
            "service",
            "turns that wait for a thread, of handlers that may block"),
    LINK_DEPTH(
            Kind.GAUGE,
            "stratumj_link_depth",
            "events",
            "service link urgency",
            "events that wait on a link for this service"),
    TURN(Kind.HISTOGRAM, "stratumj_turn_seconds", "seconds", "service", "a handler's turn"),
    HANDSHAKE(Kind.HISTOGRAM, "stratumj_handshake_seconds", "seconds", "service", "a Noise handshake that succeeded"),
    SETUP(
            Kind.HISTOGRAM,
            "stratumj_setup_seconds",
            "seconds",
            "service",
            "from the end of the handshake until SetupConnection was accepted"),
    REQUEST(Kind.HISTOGRAM, "stratumj_request_seconds", "seconds", "service", "a request of ours until its answer"),
    PERSIST(Kind.HISTOGRAM, "stratumj_persist_seconds", "seconds", "service", "a record until it was durable"),
    NEWS(
            Kind.HISTOGRAM,
            "stratumj_news_seconds",
            "seconds",
            "service",
            "news, as a job for a new tip, until the last peer was served"),
    ROLE_CONNECTIONS(
            Kind.GAUGE,
            "stratumj_role_connections",
            "connections",
            "role",
            "peers that are set up, in both directions"),
    ROLE_HASHRATE(
            Kind.GAUGE,
            "stratumj_role_hashrate",
            "hashes a second",
            "role",
            "measured, or estimated from shares; NaN while unknown"),
    ROLE_SHARES_ACCEPTED(Kind.COUNTER, "stratumj_role_shares_accepted_total", "shares", "role", "shares credited"),
    ROLE_SHARES_REJECTED(Kind.COUNTER, "stratumj_role_shares_rejected_total", "shares", "role", "shares refused"),
    ROLE_BLOCKS_FOUND(
            Kind.COUNTER, "stratumj_role_blocks_found_total", "blocks", "role", "hashes that met the network's target"),
    ROLE_BLOCKS_ACCEPTED(
            Kind.COUNTER,
            "stratumj_role_blocks_accepted_total",
            "blocks",
            "role",
            "those that the node took into its chain"),
    ROLE_TIP_HEIGHT(
            Kind.GAUGE, "stratumj_role_tip_height", "blocks", "role", "height of the chain's tip; NaN while unknown"),
    ROLE_NODE_SILENCE(
            Kind.GAUGE,
            "stratumj_role_node_silence_seconds",
            "seconds",
            "role",
            "since the first call that the node has not answered, 0 while it answers; NaN for roles without a node");

    private final Kind kind;
    private final String exposed;
    private final String unit;
    private final String tags;
    private final String text;

    /// What Prometheus makes of it.
    public enum Kind {
        /// Only grows.
        COUNTER,
        /// Goes up and down.
        GAUGE,
        /// How many took how long: `_bucket`, `_sum` and `_count`.
        HISTOGRAM
    }

    Metric(Kind kind, String exposed, String unit, String tags, String text) {
        this.kind = kind;
        this.exposed = exposed;
        this.unit = unit;
        this.tags = tags;
        this.text = text;
    }

    /// What Prometheus makes of it.
    public Kind kind() {
        return kind;
    }

    /// The name under which Prometheus sees it.
    public String exposed() {
        return exposed;
    }

    /// The names of its tags.
    public List<String> tags() {
        return tags.isEmpty() ? List.of() : List.of(tags.split(" ", -1));
    }

    /// What it counts or measures.
    public String text() {
        return text;
    }

    /// Its line in the table of `docs/metrics.md`.
    public String row() {
        return Stream.of("`" + exposed + "`", kind.name().toLowerCase(Locale.ROOT), unit, quotedTags(), text)
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /// The name before the exposition adds what it adds to every name of this kind.
    String meterName() {
        return switch (kind) {
            case COUNTER -> exposed.replaceFirst("_total$", "");
            case GAUGE -> exposed;
            case HISTOGRAM -> exposed.replaceFirst("_seconds$", "");
        };
    }

    private String quotedTags() {
        return tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
    }
}
