package org.stratumj.channels.vardiff;

/// Tails of the Poisson distribution.
final class Poisson {
    /// Above this many expected events the distribution is as good as normal, and the sum would take long.
    private static final double EXPECTED_SUMMED_MAX = 500;

    private Poisson() {}

    /// Whether as many events as observed, or more, or fewer, whichever is rarer, come up with at most this
    /// probability.
    static boolean isUnlikely(double observed, double expected, double probability) {
        double tail = probability / 2;
        return observed >= expected
                ? 1 - atMost(Math.ceil(observed) - 1, expected) <= tail
                : atMost(Math.floor(observed), expected) <= tail;
    }

    /// The probability of at most `count` events where `expected` are expected.
    static double atMost(double count, double expected) {
        if (count < 0) {
            return 0;
        }
        if (expected > EXPECTED_SUMMED_MAX) {
            return normalAtMost((count + 0.5 - expected) / Math.sqrt(expected));
        }
        double term = Math.exp(-expected);
        double sum = term;
        for (int i = 1; i <= count && term > 0; i++) {
            term *= expected / i;
            sum += term;
        }
        return Math.min(sum, 1);
    }

    /// The standard normal distribution function (Abramowitz and Stegun 26.2.17, error below 7.5e-8).
    private static double normalAtMost(double z) {
        if (z < 0) {
            return 1 - normalAtMost(-z);
        }
        double t = 1 / (1 + 0.2316419 * z);
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return 1 - density * series;
    }
}
