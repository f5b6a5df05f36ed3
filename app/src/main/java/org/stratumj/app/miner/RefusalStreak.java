package org.stratumj.app.miner;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stratumj.app.mining.Reasons;
import org.stratumj.protocol.ErrorCode;

/// The shares that a server refused since it last accepted one. For the lane of its connection only.
final class RefusalStreak {
    /// How long a server may refuse every share before it is left.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /// How many it has to have refused.
    static final int REFUSALS_MIN = 10;

    /// The most shares without an answer, as a part of the refused ones: a server may acknowledge in batches.
    private static final int REFUSED_PER_UNANSWERED = 10;

    private static final int REASONS_TOLD_MAX = 3;

    private final ChannelKind kind;
    private Reasons reasons = new Reasons();
    private long refused;
    private long since;

    /// @param kind of the channels, for advice
    RefusalStreak(ChannelKind kind) {
        this.kind = kind;
    }

    /// A share was accepted, or the server is left: the streak is over.
    void end() {
        refused = 0;
    }

    void refused(String code, long nanoTime) {
        if (refused == 0) {
            since = nanoTime;
            reasons = new Reasons();
        }
        refused++;
        reasons.add(code);
    }

    /// One line that says what happened and what to try, if it is time to leave.
    ///
    /// @param unanswered shares that the server did not answer yet
    Optional<String> verdict(long unanswered, long nanoTime) {
        boolean over = refused >= REFUSALS_MIN
                && nanoTime - since >= PATIENCE.toNanos()
                && unanswered * REFUSED_PER_UNANSWERED <= refused;
        return over ? Optional.of(text()) : Optional.empty();
    }

    private String text() {
        var commonest = reasons.counts().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(REASONS_TOLD_MAX)
                .toList();
        String told = commonest.stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", "));
        return "no share accepted for %d min, %d refused (%s): %s"
                .formatted(
                        PATIENCE.toMinutes(),
                        refused,
                        told,
                        advice(commonest.getFirst().getKey()));
    }

    private String advice(String code) {
        return Stream.of(ErrorCode.values())
                .filter(known -> known.code().equals(code))
                .findFirst()
                .map(this::advice)
                .orElseGet(() -> advice(ErrorCode.INTERNAL_ERROR));
    }

    private String advice(ErrorCode code) {
        return switch (code) {
            case STALE_SHARE, INVALID_JOB_ID ->
                "shares arrive after their job is replaced; check the network, or use a server closer by";
            case DIFFICULTY_TOO_LOW ->
                "the server computes other hashes, or judges by another target; try --channel " + otherKind()
                        + " or --version-rolling-mask 0";
            case DUPLICATE_SHARE -> "another miner hashes the same work; try --channel " + otherKind();
            case VERSION_ROLLING_NOT_ALLOWED, INVALID_NON_ROLLABLE_VERSION_BIT -> "try --version-rolling-mask 0";
            case BAD_EXTRANONCE_SIZE -> "try --channel standard";
            case INVALID_SHARE -> "check the clocks of this machine and of the server; try --version-rolling-mask 0";
            case UNKNOWN_USER, INVALID_USER_IDENTITY -> "check --user";
            default -> "try --channel " + otherKind() + " or --version-rolling-mask 0, and ask the server's operator";
        };
    }

    private String otherKind() {
        return kind == ChannelKind.STANDARD ? "extended" : "standard";
    }
}
