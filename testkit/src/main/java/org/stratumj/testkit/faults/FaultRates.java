package org.stratumj.testkit.faults;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// How often things go wrong, on average, and for how long. Immutable.
///
/// @param perHour  of each kind on one pipe; kinds that are not named do not happen
/// @param delayMax the longest delay of a byte, 2 s unless said otherwise
/// @param spanMax  the longest time that bytes are delayed, split or stalled, that a drop lasts before the
///                 connection is cut, or that a half close is not noticed, 30 s unless said otherwise
public record FaultRates(Map<FaultKind, Double> perHour, Duration delayMax, Duration spanMax) {
    private static final Duration DELAY_MAX = Duration.ofSeconds(2);
    private static final Duration SPAN_MAX = Duration.ofSeconds(30);
    private static final Duration LEAST = Duration.ofMillis(1);

    /// @throws IllegalArgumentException if a rate is negative or no number, or a time shorter than a millisecond
    public FaultRates {
        perHour = Map.copyOf(perHour);
        perHour.forEach((kind, rate) -> {
            if (!(rate >= 0) || rate.isInfinite()) {
                throw new IllegalArgumentException("rate of " + kind + " must be finite and not negative, is " + rate);
            }
        });
        if (delayMax.compareTo(LEAST) < 0 || spanMax.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("times must be at least a millisecond: " + delayMax + ", " + spanMax);
        }
    }

    /// Nothing happens.
    public static FaultRates none() {
        return new FaultRates(Map.of(), DELAY_MAX, SPAN_MAX);
    }

    /// Each kind happens as often as the others.
    public static FaultRates each(double perHour) {
        FaultRates rates = none();
        for (FaultKind kind : FaultKind.values()) {
            rates = rates.with(kind, perHour);
        }
        return rates;
    }

    /// These with another rate for one kind.
    public FaultRates with(FaultKind kind, double perHour) {
        Map<FaultKind, Double> rates = new EnumMap<>(FaultKind.class);
        rates.putAll(this.perHour);
        rates.put(kind, perHour);
        return new FaultRates(rates, delayMax, spanMax);
    }

    /// These with another longest delay.
    public FaultRates withDelayMax(Duration delayMax) {
        return new FaultRates(perHour, delayMax, spanMax);
    }

    /// These with another longest span.
    public FaultRates withSpanMax(Duration spanMax) {
        return new FaultRates(perHour, delayMax, spanMax);
    }

    /// How often a kind happens.
    double of(FaultKind kind) {
        return perHour.getOrDefault(kind, 0.0);
    }
}
